import type { Commands, Tag } from "../generated/api";

export type CommandName = keyof Commands;
export type Request<K extends CommandName> = Commands[K]["request"];
export type Response<K extends CommandName> = Commands[K]["response"];

/** What the screens need from whatever runs them: the desktop shell, a browser, or a test. */
export interface Host {
  /** Runs one command. Rejects with a `CommandError`, never with anything else. */
  call<K extends CommandName>(name: K, request: Request<K>): Promise<Response<K>>;
  /** Saves a text file for the user. Returns where it lies, in words; rejects with a `CommandError`. */
  saveFile(name: string, text: string): Promise<string>;
  /** Asks before the window closes, which `close` then does; returns how to stop asking. A browser asks by itself. */
  onClosing(ask: (close: () => void) => void): () => void;
  /** Tells which tags became stale in the engine; returns how to stop listening. */
  onChanged(listener: (tags: readonly Tag[]) => void): () => void;
}
