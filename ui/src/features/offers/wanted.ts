import type { LetterOrder, LetterSource, LetterStatus, ListLetters } from "../../generated/api";
import type { Host } from "../../host";

/** Which letters the reader wants to see, and in which order. */
export interface Wanted {
  search: string;
  status: LetterStatus | null;
  source: LetterSource | null;
  attention: boolean;
  order: LetterOrder;
  turned: boolean;
}

export const everything: Wanted = { search: "", status: null, source: null, attention: false, order: "updated", turned: false };

/** The same as the engine is asked for it. */
export function asked({ search, ...rest }: Wanted): Omit<ListLetters, "from" | "most"> {
  return { ...rest, search: search.trim() || null };
}

/** Whether something is left out. */
export const isNarrowed = (wanted: Wanted) =>
  wanted.search.trim() !== "" || wanted.status !== null || wanted.source !== null || wanted.attention;

/** What was on screen when a letter was opened. */
interface KeptList {
  wanted: Wanted;
  /** The letter that was opened, and its place. */
  opened: { id: string; index: number } | null;
}

const kept = new WeakMap<Host, KeptList>();

/** The list as it was left, so that whoever comes back from a letter finds it again. */
export const listBefore = (host: Host): KeptList => kept.get(host) ?? { wanted: everything, opened: null };

export const keepList = (host: Host, list: KeptList) => kept.set(host, list);
