import { useSyncExternalStore } from "react";
import { useAction, useHost } from "../../commands";
import type { ErrorCode, Mapping, Subject } from "../../generated/api";
import { shownSampleOf } from "./shown-sample";

const AWAY: readonly ErrorCode[] = ["lever_unreachable", "reconnect_lever"];

/** The candidate on whom the draft is tried. Reading them takes a moment; what is shown stays until it is done. */
export function useSample(mapping: Mapping = "people") {
  const store = shownSampleOf(useHost(), mapping);
  const shown = useSyncExternalStore(store.subscribe, store.get);
  const read = useAction("mappings.sample");
  const go = (subject: Subject) => {
    read.mutate(
      { mapping, subject },
      {
        onSuccess: (answer) => answer.kind === "found" && store.set(answer.sample),
        onError: ({ code }) => AWAY.includes(code) || store.set(null),
      },
    );
  };
  const away = read.error !== null && AWAY.includes(read.error.code);
  return {
    mapping,
    go,
    retry: () => read.variables !== undefined && go(read.variables.subject),
    busy: read.isPending,
    error: read.error,
    choices: read.data?.kind === "choose" ? read.data.candidates : [],
    /** Whose values are shown; none before the first *Go*. */
    shown,
    /** Whether Lever could not be read again for it. */
    stale: shown !== null && (shown.not_fresh !== null || away),
  };
}

export type ChosenSample = ReturnType<typeof useSample>;
