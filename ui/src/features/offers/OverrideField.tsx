import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { LetterFieldView, TargetField } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { FieldInput } from "../../shared/FieldInput";
import { Problem } from "../../shared/Problem";

interface OverrideFieldProps {
  letterId: string;
  field: LetterFieldView;
  onClose: () => void;
}

const INPUTS = ["value", "reason"];

/** Sets a value in place of Lever's, and why. */
export function OverrideField({ letterId, field: { id, label, value, masked, kept }, onClose }: OverrideFieldProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [reason, setReason] = useState(kept?.reason ?? "");
  const announce = useAnnounce();
  const type = useFieldType(id, masked);
  const keep = useAction("letters.keep");
  const refused = (input: string) => (keep.error?.field === input ? keep.error.message : undefined);
  const set = () => {
    announce(`${label} is set here`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Override ${label}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate({ id: letterId, field: id, value: typed.trim() || null, reason }, { onSuccess: set });
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            The letter says this in place of Lever’s value, until you take Lever’s again. The offer in Lever stays as it is.
          </Text>
          <FieldInput field={type} name={{ label: "Value in the letter" }} value={typed} error={refused("value")} onChange={setTyped} />
          {typed.trim() === "" && (
            <Text size="sm" c="dimmed">
              The field stays empty in the letter.
            </Text>
          )}
          <TextInput
            label="Reason"
            description="Shown beside the value and in the activity log."
            value={reason}
            error={refused("reason")}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {keep.error && !INPUTS.includes(keep.error.field ?? "") && <Problem error={keep.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={keep.isPending}>
              Set here
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What a field takes; a text while that is not known. */
function useFieldType(id: string, masked: boolean): Pick<TargetField, "type" | "options" | "masked"> {
  const fields = useCommand("mappings.fields", { mapping: "offers" });
  return fields.data?.target.find((target) => target.id === id) ?? { type: "text", options: [], masked };
}
