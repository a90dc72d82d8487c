import type { FieldEdit, TargetField } from "../../generated/api";

/** A field as it is typed: the options stand under each other. */
export interface FieldDraft extends Omit<FieldEdit, "options"> {
  options: string;
}

export const newField: FieldDraft = { label: "", group: "", type: "text", options: "", required: false, masked: false };

/** The field as it can be edited. */
export function draftOf({ label, group, type, options, required, masked }: TargetField): FieldDraft {
  return { label, group, type, options: options.join("\n"), required, masked };
}

/** What is sent; the engine drops blank options and says what else is wrong. */
export function editOf(draft: FieldDraft): FieldEdit {
  return { ...draft, options: draft.type === "choice" ? draft.options.split("\n") : [] };
}
