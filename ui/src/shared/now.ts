import { useSyncExternalStore } from "react";

/** The current time; everything on screen that shows an age ticks together. */
export const useNow = clock(10_000);

/** The current time to the second, for the one line of a page that counts them. */
export const useSeconds = clock(1_000);

function clock(tickMs: number): () => number {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();

  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    if (listeners.size === 0) {
      now = Date.now();
      timer = setInterval(tick, tickMs);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) clearInterval(timer);
    };
  };
  return function useClock() {
    return useSyncExternalStore(subscribe, () => now);
  };
}
