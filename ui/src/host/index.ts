import { isTauri } from "@tauri-apps/api/core";
import { createBrowserHost } from "./browser";
import type { Host } from "./host";
import { createTauriHost } from "./tauri";
import { takeToken } from "./token";

export { CommandError } from "./command-error";
export type { CommandName, Host, Request, Response } from "./host";

/** The host that this page runs in. */
export function currentHost(): Host {
  return isTauri() ? createTauriHost() : createBrowserHost(takeToken(window), window.fetch.bind(window));
}
