import { useEffect, useRef } from "react";
import { useAnnounce } from "./announce";

/** Says a sentence when it changes, but not when it is first there. */
export function useAnnounceChange(sentence: string | undefined): void {
  const announce = useAnnounce();
  const last = useRef(sentence);
  useEffect(() => {
    if (sentence !== undefined && last.current !== undefined && last.current !== sentence) announce(sentence);
    last.current = sentence;
  }, [announce, sentence]);
}
