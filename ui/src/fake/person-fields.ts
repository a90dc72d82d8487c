import type { FieldEdit, PersonFields, TargetField } from "../generated/api";
import { fields, rules } from "./mapping";
import { minutesAgo } from "./time";

const more = (id: string, label: string, group: string, rest: Partial<TargetField>): TargetField => ({
  id, label, group, type: "text", options: [], required: false, masked: false, custom: false, ...rest,
});

const all: TargetField[] = [
  ...fields.target,
  more("manager", "Manager", "Relationships", { type: "person" }),
  more("buddy", "Buddy", "Relationships", { type: "person" }),
  more("own_shirt_size", "Shirt size", "Equipment", { type: "choice", options: ["Small", "Medium", "Large"], custom: true, required: true }),
  more("own_laptop", "Laptop", "Equipment", { custom: true }),
];

export const personFields: PersonFields = {
  fields: all.map((field, index) => ({
    field,
    mapped: rules.some(({ target }) => target === field.id),
    people: (index * 5) % 8,
    always_required: field.id === "first_name",
  })),
  removed: [{ id: "own_badge", label: "Badge colour", mapped: true, people: 3, removed_at: minutesAgo(300) }],
};

/** As after a field was added. */
export function added(edit: FieldEdit): PersonFields {
  const field = more("own_new", edit.label, edit.group, { ...edit, custom: true });
  return { ...personFields, fields: [...personFields.fields, { field, mapped: false, people: 0, always_required: false }] };
}
