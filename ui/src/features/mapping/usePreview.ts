import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { Preview, Rule, Sample, Subject } from "../../generated/api";

const TYPING_PAUSE_MS = 400;

type Samples = Extract<Preview, { kind: "samples" }>;

/** Sample values of the draft for one candidate; they follow the draft once a candidate is chosen. */
export function usePreview(rules: Rule[]) {
  const [subject, setSubject] = useState<Subject | null>(null);
  const [settled] = useDebouncedValue(rules, TYPING_PAUSE_MS);
  const [last, setLast] = useState<Samples | null>(null);
  const preview = useCommand(
    "mappings.preview",
    { subject: subject ?? { kind: "recent_hire" }, rules: { rules: settled } },
    { enabled: subject !== null, keepPrevious: true },
  );
  const answer = subject === null ? undefined : preview.data;
  const samples = answer?.kind === "samples" ? answer : null;
  if (samples !== null && samples !== last) setLast(samples);

  // While Lever is away, the older values are better than none, as long as they are marked as old.
  const stale = preview.error?.code === "lever_unreachable" && samples === null && last !== null;
  const shown = samples ?? (stale ? last : null);
  return {
    subject,
    /** Asks for this candidate, also if it is the same as before. */
    go: (next: Subject) => {
      if (JSON.stringify(next) === JSON.stringify(subject)) void preview.refetch();
      else {
        setSubject(next);
        if (next.kind !== "opportunity") setLast(null);
      }
    },
    busy: preview.isFetching,
    error: subject === null ? null : preview.error,
    retry: () => void preview.refetch(),
    choices: answer?.kind === "choose" ? answer.candidates : [],
    samples: shown,
    stale,
    sampleOf: (target: string): Sample | undefined => shown?.samples.find((sample) => sample.target === target),
  };
}

export type MappingPreview = ReturnType<typeof usePreview>;
