import { useCallback, useRef, type ReactNode } from "react";
import { Router, type AroundNavHandler, type BaseLocationHook } from "wouter";
import { HoldContext, type Hold } from "./leaving";

interface LeavableProps {
  hook: BaseLocationHook;
  children: ReactNode;
}

/** The router, which asks the page before it is left. */
export function Leavable({ hook, children }: LeavableProps) {
  const held = useRef<Hold | null>(null);
  const aroundNav = useCallback<AroundNavHandler>((navigate, to, options) => {
    const hold = held.current;
    if (hold === null || hold.stays(to)) navigate(to, options);
    else hold.ask(() => navigate(to, options));
  }, []);
  return (
    <HoldContext value={held}>
      <Router hook={hook} aroundNav={aroundNav}>
        {children}
      </Router>
    </HoldContext>
  );
}
