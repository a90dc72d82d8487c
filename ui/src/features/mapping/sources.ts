import type { Source, SourceField } from "../../generated/api";

/** The kinds of sources that are put together here instead of being one Lever field. */
export type MadeKind = Exclude<Source["kind"], "lever">;

/** Their names, in the order of the dropdown. */
export const sourceNames: Record<MadeKind, string> = {
  first_of: "First of several…",
  join: "Join…",
  template: "Template…",
  sum: "Sum…",
  constant: "Fixed value…",
};

export const madeKinds: MadeKind[] = ["first_of", "join", "template", "sum", "constant"];

/** A source of this kind, with the fields of the one that it takes the place of. */
export function newSource(kind: MadeKind, before: Source | null): Source {
  if (before?.kind === kind) return before;
  const fields = before === null ? [] : sourceFields(before);
  switch (kind) {
    case "first_of":
    case "sum":
      return { kind, fields };
    case "join":
      return { kind, fields, separator: " " };
    case "template":
      return { kind, text: fields.map(pill).join(" ") };
    case "constant":
      return { kind, value: "" };
  }
}

/** A field as it stands in a template. */
export function pill(field: string): string {
  return `{{${field}}}`;
}

/** The ids of the fields that a source reads, in order. */
export function sourceFields(source: Source): string[] {
  switch (source.kind) {
    case "lever":
      return [source.field];
    case "constant":
      return [];
    case "template":
      return [...source.text.matchAll(/\\[{}\\]|\{\{\s*(.+?)\s*\}\}/g)].flatMap(([, field]) => field ?? []);
    case "first_of":
    case "join":
    case "sum":
      return source.fields;
  }
}

/** What the closed dropdown shows. */
export function sourceLabel(source: Source | null, fields: readonly SourceField[]): string {
  if (source === null) return "Not mapped";
  if (source.kind !== "lever") return sourceNames[source.kind].replace("…", "");
  return fieldLabel(source.field, fields);
}

/** The label of a field; its id if Lever does not have it. */
export function fieldLabel(id: string, fields: readonly SourceField[]): string {
  return fields.find((field) => field.id === id)?.label ?? id;
}
