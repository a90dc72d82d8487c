import type { Mapping } from "../../generated/api";
import type { Host } from "../../host";

/** Keeps one thing for each mapping of each host; it is made when it is first asked for. */
export function perMapping<T>() {
  const kept = new WeakMap<Host, Map<Mapping, T>>();
  return (host: Host, mapping: Mapping, make: () => T): T => {
    const ofHost = kept.get(host) ?? new Map<Mapping, T>();
    kept.set(host, ofHost);
    const one = ofHost.get(mapping) ?? make();
    ofHost.set(mapping, one);
    return one;
  };
}
