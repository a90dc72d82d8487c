import type { OfferRow, Rule, SourceField } from "../../generated/api";
import { ruleFor, sameRules } from "./draft";
import { fieldLabel, sourceFields } from "./sources";

export const kindNames: Record<OfferRow["kind"], string> = {
  direct: "Direct",
  derived: "Derived",
  constant: "Constant",
  custom: "Custom",
};

/** What a kind of row means, for whoever asks. */
export const kindMeanings: Record<OfferRow["kind"], string> = {
  direct: "One of Lever’s own fields",
  derived: "Worked out from what Lever says",
  constant: "The same for every letter",
  custom: "A field that you add to the offer form in Lever",
};

/** Whether a row is filled by its standard rule. */
export function isStandard(rules: readonly Rule[], row: OfferRow): boolean {
  const rule = ruleFor(rules, row.target);
  return sameRules(rule === undefined ? [] : [rule], row.standard === null ? [] : [row.standard]);
}

/** The rules with a row back at its standard rule. */
export function withStandard(rules: readonly Rule[], { target, standard }: OfferRow): Rule[] {
  const others = rules.filter((rule) => rule.target !== target);
  return standard === null ? others : [...others, standard];
}

/** The Lever fields that a rule reads, by label and id; none for a fixed value. */
export function readFields(rule: Rule | null, fields: readonly SourceField[]): { id: string; label: string }[] {
  return rule === null ? [] : sourceFields(rule.source).map((id) => ({ id, label: fieldLabel(id, fields) }));
}
