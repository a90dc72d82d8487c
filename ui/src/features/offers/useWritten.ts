import { useState } from "react";
import { useCommand, useCommands } from "../../commands";
import type { WriteView } from "../../generated/api";
import type { OlderPages } from "../../shared/LoadOlder";

const PAGE = 200;

/** What was written to Lever, newest first, as far as it was asked for. */
export function useWritten() {
  const [more, setMore] = useState(0);
  const head = useCommand("letters.writes", { from: 0 });
  const others = useCommands("letters.writes", Array.from({ length: more }, (_, page) => ({ from: (page + 1) * PAGE })));
  const pages = [head, ...others];
  const last = pages.at(-1);
  const writes = new Map<string, WriteView>();
  for (const { data } of pages) for (const write of data?.writes ?? []) writes.set(`${write.letter_id} ${write.kind}`, write);
  const older: OlderPages = {
    load: () => (last?.error ? void last.refetch() : setMore(more + 1)),
    busy: more > 0 && last?.isFetching === true,
    error: more > 0 ? (last?.error ?? null) : null,
    more: last?.data?.more ?? more > 0,
  };
  return { head, writes: [...writes.values()], older };
}
