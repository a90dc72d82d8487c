import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Tag } from "../generated/api";
import { CommandError } from "./command-error";
import type { Host, Request, Response, CommandName } from "./host";

/** The desktop shell: one command for everything and one event for what changed. */
export function createTauriHost(): Host {
  document.addEventListener("click", openOutside);
  return {
    async call<K extends CommandName>(name: K, request: Request<K>) {
      try {
        return await invoke<Response<K>>("rpc", { name, payload: request });
      } catch (thrown) {
        throw CommandError.from(thrown);
      }
    },
    async saveFile(name, text) {
      try {
        return await invoke<string>("save_file", { name, text });
      } catch (thrown) {
        throw CommandError.from(thrown);
      }
    },
    onClosing(ask) {
      const window = getCurrentWindow();
      const asking = window.onCloseRequested((event) => {
        event.preventDefault();
        ask(() => void window.destroy());
      });
      return () => void asking.then((stop) => stop());
    },
    onChanged(listener) {
      const unlisten = listen<Tag[]>("changed", ({ payload }) => listener(payload));
      return () => void unlisten.then((stop) => stop());
    },
  };
}

/** A web view has no other tab, so links that leave the app go to the system browser. */
function openOutside(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a[target=_blank]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  void invoke("open_external", { url: link.href });
}
