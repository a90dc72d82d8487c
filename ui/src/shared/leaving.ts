import { createContext, useContext, useEffect, type RefObject } from "react";

/** Something that would be left: who is asked first, and which addresses are still a part of it. */
export interface Hold {
  /** Called instead of leaving; it calls `leave` once it may happen. */
  ask: (leave: () => void) => void;
  /** Whether going to this address leaves nothing. */
  stays: (to: string) => boolean;
}

export const HoldContext = createContext<RefObject<Hold | null>>({ current: null });

/** Asks before the page is left for another one, as long as there is something to lose. */
export function useHold(hold: Hold | null): void {
  const heldRef = useContext(HoldContext);
  useEffect(() => {
    heldRef.current = hold;
    return () => {
      heldRef.current = null;
    };
  }, [heldRef, hold]);
}
