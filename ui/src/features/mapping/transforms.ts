import type { Transform } from "../../generated/api";

export type TransformKind = Transform["kind"];

/** Every kind of step, in the order of the menu. */
export const transformNames: Record<TransformKind, string> = {
  trim: "Trim",
  case: "Case",
  name_part: "Part of a name",
  date_format: "Date format",
  default_if_empty: "Default if empty",
  value_map: "Value map",
};

export const transformKinds: TransformKind[] = [
  "trim", "case", "name_part", "date_format", "default_if_empty", "value_map",
];

/** A step as it is first added. */
export function newTransform(kind: TransformKind): Transform {
  switch (kind) {
    case "trim":
      return { kind };
    case "case":
      return { kind, to: "title" };
    case "name_part":
      return { kind, part: "first_word" };
    case "date_format":
      return { kind, from: null, to: null };
    case "default_if_empty":
      return { kind, value: "" };
    case "value_map":
      return { kind, pairs: [{ from: "", to: "" }], if_no_match: { kind: "keep" } };
  }
}

/** A step in two or three words, for the table. */
export function describeTransform(step: Transform): string {
  switch (step.kind) {
    case "trim":
      return "Trim";
    case "case":
      return { upper: "UPPER CASE", lower: "lower case", title: "Title Case" }[step.to];
    case "name_part":
      return { first_word: "First word", rest: "Rest of the name" }[step.part];
    case "date_format":
      return step.to === null ? "Date" : `Date as ${step.to}`;
    case "default_if_empty":
      return `If empty: ${step.value}`;
    case "value_map":
      return step.pairs.length === 1 ? "Value map, 1 pair" : `Value map, ${step.pairs.length} pairs`;
  }
}
