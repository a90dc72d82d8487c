import { reads, type AppError, type Tag } from "../generated/api";
import { CommandError } from "./command-error";
import { dataLines } from "./event-stream";
import type { CommandName, Host, Request, Response } from "./host";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Every tag there is; after a gap in the stream anything may have changed. */
const everything: readonly Tag[] = [...new Set(Object.values(reads).flat())];

type Answer<K extends CommandName> = { ok: Response<K> } | { error: AppError };

/** `fulcrum-cli serve`: commands by POST, changes by a streamed answer, both with the bearer token. */
export function createBrowserHost(token: string | null, fetch: typeof globalThis.fetch): Host {
  const headers = { Authorization: `Bearer ${token ?? ""}` };

  async function call<K extends CommandName>(name: K, request: Request<K>): Promise<Response<K>> {
    if (token === null) throw withoutToken();
    let answer: Answer<K>;
    try {
      const response = await fetch("/rpc", {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ name, payload: request }),
      });
      answer = (await response.json()) as Answer<K>;
    } catch (thrown) {
      throw CommandError.from(thrown, "Fulcrum does not answer. Start it again, then try again.");
    }
    if ("error" in answer) throw new CommandError(answer.error);
    return answer.ok;
  }

  async function follow(signal: AbortSignal, listener: (tags: readonly Tag[]) => void): Promise<void> {
    const response = await fetch("/changes", { headers, signal });
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    listener(everything);
    for await (const line of dataLines(response.body)) listener(JSON.parse(line) as Tag[]);
  }

  function onChanged(listener: (tags: readonly Tag[]) => void): () => void {
    const stop = new AbortController();
    const run = async () => {
      let pause = FIRST_PAUSE_MS;
      while (!stop.signal.aborted) {
        const hear = (tags: readonly Tag[]) => {
          pause = FIRST_PAUSE_MS;
          listener(tags);
        };
        await follow(stop.signal, hear).catch(() => undefined);
        await wait(pause, stop.signal);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    };
    if (token !== null) void run();
    return () => stop.abort();
  }

  return { call, saveFile, onClosing, onChanged };
}

/** The browser asks in its own words, and only whether to stay. */
function onClosing(): () => void {
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", stay);
  return () => window.removeEventListener("beforeunload", stay);
}

/** The browser asks where to put it, or takes its own folder. */
function saveFile(name: string, text: string): Promise<string> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return Promise.resolve(`${name} among the browser's downloads`);
}

function withoutToken(): CommandError {
  return new CommandError({
    code: "internal",
    message: "This page needs its key. Open the address that fulcrum-cli printed when it started.",
    field: null,
    detail: "The address carries no #token=…",
  });
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
