import type { Tag } from "../generated/api";
import type { CommandName, Host, Request, Response } from "../host";

export type Answers = {
  [K in CommandName]?: (request: Request<K>) => Response<K> | Promise<Response<K>>;
};

/** A host with invented answers, for tests and for looking at screens without an engine. */
export interface FakeHost extends Host {
  /** What was called, in order. */
  readonly calls: { name: CommandName; request: unknown }[];
  /** What was saved as a file, by name. */
  readonly files: Map<string, string>;
  /** Replaces answers; a command without one stays loading. */
  answer: (more: Answers) => void;
  /** Closes the window; tells whether it closed without a question. */
  close: () => boolean;
  /** Whether the window was closed. */
  readonly closed: boolean;
  /** Tells the screens that something changed. */
  push: (...tags: Tag[]) => void;
}

export function createFakeHost(given: Answers): FakeHost {
  let answers = given;
  const listeners = new Set<(tags: readonly Tag[]) => void>();
  const calls: FakeHost["calls"] = [];
  const files = new Map<string, string>();
  let asked: ((close: () => void) => void) | null = null;
  let closed = false;
  const closeNow = () => {
    closed = true;
  };
  return {
    close: () => {
      if (asked === null) closeNow();
      else asked(closeNow);
      return closed;
    },
    get closed() {
      return closed;
    },
    onClosing(ask) {
      asked = ask;
      return () => {
        asked = null;
      };
    },
    calls,
    files,
    answer: (more) => {
      answers = { ...answers, ...more };
    },
    push: (...tags) => {
      for (const listener of listeners) listener(tags);
    },
    async call<K extends CommandName>(name: K, request: Request<K>): Promise<Response<K>> {
      calls.push({ name, request });
      const answer = answers[name];
      return answer === undefined ? new Promise<never>(() => undefined) : answer(request);
    },
    saveFile(name, text) {
      files.set(name, text);
      return Promise.resolve(`Downloads/${name}`);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
