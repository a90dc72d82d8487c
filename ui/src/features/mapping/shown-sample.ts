import type { KeptSample, Mapping } from "../../generated/api";
import type { Host } from "../../host";
import { perMapping } from "./per-mapping";

/** Whose values the table of a mapping shows; kept over tabs and pages. */
interface ShownSample {
  get: () => KeptSample | null;
  set: (next: KeptSample | null) => void;
  subscribe: (listener: () => void) => () => void;
}

function createShownSample(): ShownSample {
  let shown: KeptSample | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => shown,
    set: (next) => {
      shown = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const sampleOf = perMapping<ShownSample>();

/** The shown sample of a mapping, one for each host. */
export function shownSampleOf(host: Host, mapping: Mapping): ShownSample {
  return sampleOf(host, mapping, createShownSample);
}
