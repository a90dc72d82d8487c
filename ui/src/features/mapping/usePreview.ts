import { useDeferredValue } from "react";
import { useCommand } from "../../commands";
import type { Rule, Sample } from "../../generated/api";
import type { ChosenSample } from "./useSample";

/** What the draft gives for the sample. It is worked out on this machine, so it follows every key. */
export function usePreview(rules: Rule[], { mapping, shown, stale }: ChosenSample) {
  const settled = useDeferredValue(rules);
  const preview = useCommand(
    "mappings.preview",
    { mapping, opportunity_id: shown?.candidate.opportunity_id ?? "", rules: { rules: settled } },
    { enabled: shown !== null, keepPrevious: true },
  );
  const given = shown === null ? undefined : preview.data;
  return {
    stale,
    error: shown === null ? null : preview.error,
    blockers: given?.blockers ?? [],
    sampleOf: (target: string): Sample | undefined => given?.samples.find((sample) => sample.target === target),
  };
}

export type MappingPreview = ReturnType<typeof usePreview>;
