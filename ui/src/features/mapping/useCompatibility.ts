import { useDebouncedValue } from "@mantine/hooks";
import { useCommand } from "../../commands";
import type { Mapping, Rule, SourceField, TargetCompatibility } from "../../generated/api";

const TYPING_PAUSE_MS = 150;

/** What can fill each row of the draft; an older answer stands until the next one is there. */
export function useCompatibility(rules: Rule[], mapping: Mapping = "people"): (target: string) => TargetCompatibility | undefined {
  const [settled] = useDebouncedValue(rules, TYPING_PAUSE_MS);
  const { data } = useCommand("mappings.compatibility", { mapping, rules: { rules: settled } }, { keepPrevious: true });
  return (target) => data?.find((one) => one.target === target);
}

/** Why a Lever field cannot fill a row, as a sentence; none if it can or nothing is known yet. */
export function refusal(row: TargetCompatibility | undefined, field: SourceField): string | null {
  const found = row?.types.find(({ type }) => type === field.type)?.compatibility;
  return found?.kind === "impossible" ? found.why : null;
}
