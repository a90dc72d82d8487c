import { Autocomplete, Button, Group, Select, Stack, Switch, Text, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import type { FieldType, PersonField } from "../../generated/api";
import type { CommandError } from "../../host";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { fieldTypes } from "../../shared/field-types";
import { count } from "../../shared/words";
import type { FieldDraft } from "./field-edit";

interface FieldFormProps {
  initial: FieldDraft;
  /** The field that is changed; none for a new one. */
  known: PersonField | null;
  groups: string[];
  busy: boolean;
  error: CommandError | null;
  onSave: (draft: FieldDraft) => void;
  onClose: () => void;
}

const INPUTS = ["label", "group", "options", "required"];
const types = Object.entries(fieldTypes).map(([value, { word }]) => ({ value, label: word }));

/** What a field is. Of a field that comes with Fulcrum, type and group stay. */
export function FieldForm({ initial, known, groups, busy, error, onSave, onClose }: FieldFormProps) {
  const [draft, setDraft] = useState(initial);
  const edit = (change: Partial<FieldDraft>) => setDraft({ ...draft, ...change });
  const refused = (input: string) => (error?.field === input ? error.message : undefined);
  const ours = known !== null && !known.field.custom;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(draft);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          data-autofocus
          value={draft.label}
          error={refused("label")}
          onChange={(event) => edit({ label: event.currentTarget.value })}
        />
        <Autocomplete
          label="Group"
          description={ours ? "It comes with Fulcrum, so group and type stay." : "The heading it stands under; type a new one to make it."}
          data={groups}
          disabled={ours}
          value={draft.group}
          error={refused("group")}
          onChange={(group) => edit({ group })}
        />
        <Select
          label="Type"
          data={types}
          disabled={ours}
          allowDeselect={false}
          value={draft.type}
          onChange={(type) => isType(type) && edit({ type })}
        />
        {draft.type === "choice" && (
          <Textarea
            label="Options"
            description="One on each line, in the order in which they are offered."
            autosize
            minRows={4}
            maxRows={12}
            value={draft.options}
            error={refused("options")}
            onChange={(event) => edit({ options: event.currentTarget.value })}
          />
        )}
        {draft.type === "person" && (
          <Text size="sm" c="dimmed">
            The value is a colleague’s e-mail address. Where it belongs to somebody in People, the person’s page leads there.
          </Text>
        )}
        <Switch
          label="Required"
          description={
            known?.always_required === true
              ? "Every import needs it: it names the person."
              : "A hire without a value waits under People until somebody fills it in."
          }
          disabled={known?.always_required === true}
          checked={draft.required}
          error={refused("required")}
          onChange={(event) => edit({ required: event.currentTarget.checked })}
        />
        <Switch
          label="Masked"
          description="Shown as dots until somebody reveals it, as pay should be."
          checked={draft.masked}
          onChange={(event) => edit({ masked: event.currentTarget.checked })}
        />
        <Consequence draft={draft} known={known} />
        {error && !INPUTS.includes(error.field ?? "") && <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={draft.label.trim() === ""}>
            Save field
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a change means for imports and for people who have a value already. */
function Consequence({ draft, known }: { draft: FieldDraft; known: PersonField | null }) {
  if (draft.required && known?.mapped !== true) {
    return <Notice tone="wait">No Lever field is mapped to it. Map it before the next hire, or hires wait under People.</Notice>;
  }
  if (known !== null && known.people > 0 && known.field.type !== draft.type) {
    return <Notice tone="info">{count(known.people, "person has", "people have")} a value, which stays as it is until the next import.</Notice>;
  }
  return null;
}

function isType(type: string | null): type is FieldType {
  return type !== null && type in fieldTypes;
}
