import type { SourceField, SourceGroup } from "../../generated/api";

/** Fields under one heading of the dropdown. */
export interface FieldSection {
  group: SourceGroup;
  fields: SourceField[];
}

/** The fields whose label or id holds every word of the search, in their own order. */
export function findFields(fields: readonly SourceField[], search: string): SourceField[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return fields.filter(({ label, id }) => {
    const text = `${label} ${id}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The first `limit` fields, by heading. */
export function sections(fields: readonly SourceField[], limit: number): FieldSection[] {
  const found: FieldSection[] = [];
  for (const field of fields.slice(0, limit)) {
    const section = found.find(({ group }) => group === field.group);
    if (section) section.fields.push(field);
    else found.push({ group: field.group, fields: [field] });
  }
  return found;
}

/** A value seen for the field. Numbers of an offer are pay, which is not shown unasked. */
export function shownExample({ example, group, type }: SourceField): string | null {
  return group === "offer" && type === "number" ? null : example;
}
