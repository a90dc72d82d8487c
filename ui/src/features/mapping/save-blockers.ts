import type { Rule, TargetField } from "../../generated/api";
import { ruleFor } from "./draft";

/** Why *Save* waits, in words; empty if nothing stands in its way. */
export function saveBlockers(rules: readonly Rule[], fields: readonly TargetField[], changed: boolean): string[] {
  const unmapped = fields.filter(({ id, required }) => required && ruleFor(rules, id) === undefined);
  const unfinished = fields.filter(({ id }) => isUnfinished(ruleFor(rules, id)));
  return [
    ...(unmapped.length > 0 ? [`Choose a Lever field for ${names(unmapped)}: every import needs ${unmapped.length === 1 ? "it" : "them"}.`] : []),
    ...(unfinished.length > 0 ? [`Finish ${names(unfinished)}: a value is missing.`] : []),
    ...(changed ? [] : ["Nothing has changed since the last save."]),
  ];
}

/** Whether a rule lacks a text that it cannot do without. */
export function isUnfinished(rule: Rule | undefined): boolean {
  if (rule === undefined) return false;
  if (rule.source.kind === "constant" && rule.source.value.trim() === "") return true;
  return rule.transforms.some(
    (step) =>
      (step.kind === "default_if_empty" && step.value === "") ||
      (step.kind === "value_map" && (step.pairs.length === 0 || step.pairs.some(({ from }) => from.trim() === ""))),
  );
}

function names(fields: readonly TargetField[]): string {
  return new Intl.ListFormat("en").format(fields.map(({ label }) => label));
}
