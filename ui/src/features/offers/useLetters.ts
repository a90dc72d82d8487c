import { useState } from "react";
import { useCommand, useCommands } from "../../commands";
import type { LetterLine } from "../../generated/api";
import { asked, type Wanted } from "./wanted";

export const PAGE = 200;

/** The letters as they are read: the first page at once, the others when their rows come into view. */
export function useLetters(wanted: Wanted) {
  const request = { ...asked(wanted), most: PAGE };
  const [view, setView] = useState({ first: 0, end: 0 });
  const head = useCommand("letters.list", { ...request, from: 0 }, { keepPrevious: true });
  const total = head.data?.total ?? 0;
  const others = pagesAfterFirst(view, total);
  const pages = useCommands("letters.list", others.map((from) => ({ ...request, from })));

  const rows = new Array<LetterLine | undefined>(total).fill(undefined);
  const put = (from: number, lines: LetterLine[] = []) => lines.forEach((line, at) => (rows[from + at] = line));
  put(0, head.data?.rows);
  others.forEach((from, at) => put(from, pages[at]?.data?.rows));
  rows.length = total;

  return { head, rows, show: setView, failed: pages.find(({ error }) => error !== null) };
}

/** Where the pages begin that hold the rows in view, but for the first page, which is always read. */
export function pagesAfterFirst({ first, end }: { first: number; end: number }, total: number): number[] {
  const last = Math.min(end, total) - 1;
  const starts = [];
  for (let from = Math.floor(first / PAGE) * PAGE; from <= last; from += PAGE) if (from > 0) starts.push(from);
  return starts;
}
