import { useIntersection } from "@mantine/hooks";
import { useEffect, type RefObject } from "react";

/** Whether this mark has been scrolled out of view. */
export function useScrolledAway(mark: RefObject<HTMLElement | null>): boolean {
  const { ref, entry } = useIntersection();
  useEffect(() => ref(mark.current), [mark, ref]);
  return entry !== null && !entry.isIntersecting;
}
