import { createContext, useContext } from "react";
import type { Host } from "../host";

export const HostContext = createContext<Host | null>(null);

/** The host around this component. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error("there is no HostProvider around this component");
  return host;
}
