import { createContext, useContext } from "react";

/** Says a sentence to screen readers without moving the focus. */
export type Announce = (sentence: string) => void;

export const AnnounceContext = createContext<Announce>(() => undefined);

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
