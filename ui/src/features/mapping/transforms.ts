import type { NumberStyle, Transform } from "../../generated/api";

export type TransformKind = Transform["kind"];

/** Every kind of step, in the order of the menu. */
export const transformNames: Record<TransformKind, string> = {
  trim: "Trim",
  case: "Case",
  name_part: "Part of a name",
  split: "Split",
  date_format: "Date format",
  number_format: "Number format",
  phone: "Phone number",
  email: "E-mail address",
  currency: "Currency code",
  country: "Country",
  user_email: "Lever user’s e-mail",
  default_if_empty: "Default if empty",
  value_map: "Value map",
};

export const transformKinds: TransformKind[] = [
  "trim", "case", "name_part", "split", "date_format", "number_format",
  "phone", "email", "currency", "country", "user_email", "default_if_empty", "value_map",
];

/** How money is written where English is spoken. */
export const newNumberStyle: NumberStyle = { decimals: 2, grouping: "comma", mark: "point" };

/** A step as it is first added. */
export function newTransform(kind: TransformKind): Transform {
  switch (kind) {
    case "trim":
    case "email":
    case "currency":
    case "user_email":
      return { kind };
    case "case":
      return { kind, to: "title" };
    case "name_part":
      return { kind, part: "first_word" };
    case "split":
      return { kind, separator: ",", nth: 1, from: "start" };
    case "date_format":
      return { kind, from: null, to: null };
    case "number_format":
      return { kind, read: "point", write: null };
    case "phone":
      return { kind, country: "US" };
    case "country":
      return { kind, to: "alpha2" };
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
    case "phone":
    case "email":
    case "currency":
    case "user_email":
      return transformNames[step.kind];
    case "case":
      return { upper: "UPPER CASE", lower: "lower case", title: "Title Case" }[step.to];
    case "name_part":
      return {
        first_word: "First word",
        rest: "Rest of the name",
        last_word: "Last word",
        all_but_last: "All but the last word",
        initials: "Initials",
      }[step.part];
    case "split":
      return `Part ${step.nth}${step.from === "end" ? " from the end" : ""} at “${step.separator}”`;
    case "date_format":
      return step.to === null ? "Date" : `Date as ${step.to}`;
    case "number_format":
      return step.write === null ? "Number" : "Number, written";
    case "country":
      return { name: "Country name", alpha2: "Country, two letters", alpha3: "Country, three letters" }[step.to];
    case "default_if_empty":
      return `If empty: ${step.value}`;
    case "value_map":
      return step.pairs.length === 1 ? "Value map, 1 pair" : `Value map, ${step.pairs.length} pairs`;
  }
}
