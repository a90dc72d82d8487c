import type { Rule, Source, TargetField } from "../../generated/api";
import { ruleFor, unknownTargets } from "./draft";
import { sourceFields } from "./sources";

/** Why *Save* waits, in words; empty if nothing stands in its way. */
export function saveBlockers(rules: readonly Rule[], fields: readonly TargetField[], changed: boolean): string[] {
  const unmapped = fields.filter(({ id, required }) => required && ruleFor(rules, id) === undefined);
  const unfinished = fields.filter(({ id }) => isUnfinished(ruleFor(rules, id)));
  const unknown = unknownTargets(rules, fields);
  return [
    ...(unmapped.length > 0 ? [`Choose a Lever field for ${names(unmapped)}: every import needs ${unmapped.length === 1 ? "it" : "them"}.`] : []),
    ...(unfinished.length > 0 ? [`Finish ${names(unfinished)}: a value is missing.`] : []),
    ...(unknown.length > 0 ? [`Remove the rule for ${new Intl.ListFormat("en").format(unknown)}, which does not exist here.`] : []),
    ...(changed ? [] : ["Nothing has changed since the last save."]),
  ];
}

/** Whether a rule lacks a text that it cannot do without. */
export function isUnfinished(rule: Rule | undefined): boolean {
  if (rule === undefined) return false;
  if (isSourceUnfinished(rule.source)) return true;
  return rule.transforms.some(
    (step) =>
      (step.kind === "default_if_empty" && step.value === "") ||
      (step.kind === "split" && step.separator === "") ||
      (step.kind === "phone" && step.country === "") ||
      (step.kind === "value_map" && (step.pairs.length === 0 || step.pairs.some(({ from }) => from.trim() === ""))),
  );
}

function isSourceUnfinished(source: Source): boolean {
  switch (source.kind) {
    case "lever":
      return source.field === "";
    case "constant":
      return source.value.trim() === "";
    case "template":
      return sourceFields(source).length === 0;
    case "first_of":
    case "join":
    case "sum":
      return source.fields.length === 0;
  }
}

function names(fields: readonly TargetField[]): string {
  return new Intl.ListFormat("en").format(fields.map(({ label }) => label));
}
