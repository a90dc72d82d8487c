import type { Mapping, Rule, Source, TargetCompatibility, TargetField } from "../../generated/api";
import { ruleFor, unknownTargets } from "./draft";
import { sourceFields } from "./sources";

/**
 * Why *Save* waits, in words; empty if nothing stands in its way. Of a row whose compatibility is not known yet
 * nothing is said: the engine refuses what cannot be.
 */
export function saveBlockers(
  rules: readonly Rule[],
  fields: readonly TargetField[],
  changed: boolean,
  which: Mapping,
  compatibilityOf: (target: string) => TargetCompatibility | undefined,
): string[] {
  const unmapped = fields.filter(({ id, required }) => required && ruleFor(rules, id) === undefined);
  const unfinished = fields.filter(({ id }) => isUnfinished(ruleFor(rules, id)));
  const unknown = unknownTargets(rules, fields);
  const ofKind = (kind: "impossible" | "lossy") => (rule: Rule) => compatibilityOf(rule.target)?.rule?.kind === kind;
  const labelled = (some: readonly Rule[]) => fields.filter(({ id }) => ruleFor(some, id) !== undefined);
  const impossible = labelled(rules.filter(ofKind("impossible")));
  const unaccepted = labelled(rules.filter(ofKind("lossy")).filter((rule) => rule.accepts_loss !== true));
  return [
    ...(unmapped.length > 0 ? [`Choose a Lever field for ${names(unmapped)}: every ${which === "people" ? "import" : "letter"} needs ${unmapped.length === 1 ? "it" : "them"}.`] : []),
    ...(unfinished.length > 0 ? [`Finish ${names(unfinished)}: a value is missing.`] : []),
    ...(impossible.length > 0 ? [`Choose another Lever field for ${names(impossible)}: its type cannot be used there.`] : []),
    ...(unaccepted.length > 0 ? [`Accept what is lost in ${names(unaccepted)}, or choose another Lever field.`] : []),
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
