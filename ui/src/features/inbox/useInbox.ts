import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { EventVerdict, InboxRow } from "../../generated/api";

const PAGE = 200;

/** What the reader wants to see. */
export interface InboxFilter {
  verdict: EventVerdict | null;
  listener: string | null;
}

/** The inbox as it is read: the newest page follows by itself, older pages are asked for. */
export function useInbox({ verdict, listener }: InboxFilter) {
  const request = { verdict, listener_id: listener, limit: PAGE };
  const head = useCommand("inbox.list", { ...request, before: null }, { keepPrevious: true });
  const older = useAction("inbox.list");
  const about = `${verdict ?? ""}/${listener ?? ""}`;
  const [kept, setKept] = useState({ about, events: [] as InboxRow[], end: false });
  const newest = head.data?.events ?? [];
  const oldestOfHead = newest.at(-1)?.id ?? 0;
  // Where more than a page is new, what lies between is not known: the older pages are asked for again.
  const joined = kept.about === about && kept.events.some(({ id }) => id >= oldestOfHead);
  const more = joined ? kept : { about, events: [], end: false };
  const events = [...newest, ...more.events.filter(({ id }) => id < oldestOfHead)];
  const load = () =>
    older.mutate(
      { ...request, before: events.at(-1)?.id ?? null },
      {
        // What is shown is kept too: the newest page moves on, and what it leaves behind belongs between.
        onSuccess: (page) => setKept({ about, events: [...events, ...page.events], end: page.events.length < PAGE }),
      },
    );
  return {
    head,
    events,
    older: { load, busy: older.isPending, error: older.error, more: newest.length >= PAGE && !more.end },
  };
}
