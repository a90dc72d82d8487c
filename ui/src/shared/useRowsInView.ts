import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

const ROW_HEIGHT = 56;
const SHORT_LIST = 100;

interface RowsInView {
  /** The first row that exists. */
  first: number;
  /** One past the last row that exists. */
  end: number;
  /** Pixels that stand for the rows before and after. */
  above: number;
  below: number;
}

/** Which rows of a list must exist: all of a short one, and of a long one those around the view. */
export function useRowsInView(count: number, scroller: RefObject<HTMLElement | null>, startAt = 0): RowsInView {
  const long = count > SHORT_LIST;
  const rows = useVirtualizer({
    count,
    enabled: long,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: startAt * ROW_HEIGHT,
  });
  if (!long) return { first: 0, end: count, above: 0, below: 0 };
  const shown = rows.getVirtualItems();
  const [top, bottom] = [shown[0], shown.at(-1)];
  if (top === undefined || bottom === undefined) return { first: 0, end: 0, above: 0, below: rows.getTotalSize() };
  return { first: top.index, end: bottom.index + 1, above: top.start, below: rows.getTotalSize() - bottom.end };
}
