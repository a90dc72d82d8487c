import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { ActivityLine } from "../../generated/api";
import { countNewer, merge } from "./lines";

const PAGE = 100;

/**
 * The log as it is read: the newest page follows by itself, older pages are asked for. While `reading`, new lines
 * are counted instead of shown, so that nothing jumps.
 */
export function useActivity(reading: boolean) {
  const head = useCommand("activity.list", { before: null, person_id: null, limit: PAGE });
  const older = useAction("activity.list");
  const [kept, setKept] = useState<ActivityLine[]>([]);
  const [newestShown, setNewestShown] = useState<number | null>(null);
  const [reachedEnd, setReachedEnd] = useState(false);

  const all = merge(kept, head.data ?? []);
  const newest = all[0]?.id ?? null;
  // What has once been shown stays, though the newest page has moved on.
  if (all.length > kept.length) setKept(all);
  if (!reading && newestShown !== newest) setNewestShown(newest);

  const oldest = all.at(-1)?.id ?? null;
  const loadOlder = () =>
    older.mutate(
      { before: oldest, person_id: null, limit: PAGE },
      {
        onSuccess: (page) => {
          setKept((lines) => merge(lines, page));
          setReachedEnd(page.length < PAGE);
        },
      },
    );
  return {
    head,
    lines: all.filter(({ id }) => newestShown === null || id <= newestShown),
    waiting: countNewer(all, newestShown),
    showNewest: () => setNewestShown(newest),
    older: { load: loadOlder, busy: older.isPending, error: older.error, more: all.length >= PAGE && !reachedEnd },
  };
}
