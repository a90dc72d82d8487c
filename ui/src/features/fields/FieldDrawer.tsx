import { Drawer } from "@mantine/core";
import { useAction } from "../../commands";
import type { PersonField } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { FieldForm } from "./FieldForm";
import { draftOf, editOf, newField, type FieldDraft } from "./field-edit";

interface FieldDrawerProps {
  editing: PersonField | "new" | null;
  groups: string[];
  onClose: () => void;
}

/** A field being added or changed, beside the list. */
export function FieldDrawer({ editing, groups, onClose }: FieldDrawerProps) {
  const announce = useAnnounce();
  const add = useAction("person_fields.add");
  const change = useAction("person_fields.change");
  const known = editing === "new" || editing === null ? null : editing;
  const saved = (label: string) => () => {
    announce(`${label} saved`);
    onClose();
  };
  const save = (draft: FieldDraft) => {
    const edit = editOf(draft);
    if (known === null) add.mutate(edit, { onSuccess: saved(edit.label) });
    else change.mutate({ id: known.field.id, edit }, { onSuccess: saved(edit.label) });
  };
  return (
    <Drawer opened={editing !== null} onClose={onClose} size={480} title={known === null ? "Add a person field" : `Edit ${known.field.label}`}>
      <FieldForm
        initial={known === null ? newField : draftOf(known.field)}
        known={known}
        groups={groups}
        busy={add.isPending || change.isPending}
        error={add.error ?? change.error}
        onSave={save}
        onClose={onClose}
      />
    </Drawer>
  );
}
