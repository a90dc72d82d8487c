import { ActionIcon, Group, Stack, Table, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconEyeOff, IconPencil, IconTrash, type Icon } from "@tabler/icons-react";
import { useAction } from "../../commands";
import type { Direction, PersonField } from "../../generated/api";
import { RowHead } from "../../shared/RowHead";
import { StateMark } from "../../shared/StateMark";
import { useAnnounce } from "../../shared/announce";
import { fieldTypes } from "../../shared/field-types";
import classes from "./FieldTable.module.css";

interface FieldRowProps {
  field: PersonField;
  /** Whether it is the first or the last of its group. */
  first: boolean;
  last: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

/** A field: what it is, whether an import needs and fills it, and what can be done with it. */
export function FieldRow({ field: { field, mapped, people }, first, last, onEdit, onRemove }: FieldRowProps) {
  const { id, label, type, required, masked, custom, options } = field;
  const announce = useAnnounce();
  const move = useAction("person_fields.move");
  const moveTo = (to: Direction) => move.mutate({ id, to }, { onSuccess: () => announce(`${label} moved ${to}`) });
  const { word, icon: TypeIcon } = fieldTypes[type];
  return (
    <Table.Tr data-testid={`field-${id}`}>
      <RowHead>
        <Group gap={6} wrap="nowrap">
          <bdi>{label}</bdi>
          {masked && <IconEyeOff size={16} role="img" aria-label="Masked until revealed" />}
        </Group>
      </RowHead>
      <Table.Td>
        <Stack gap={0}>
          <Group gap={6} wrap="nowrap">
            <TypeIcon size={16} aria-hidden style={{ flex: "none" }} />
            {word}
          </Group>
          {options.length > 0 && (
            <Text size="xs" c="dimmed" lineClamp={1}>
              {options.join(", ")}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>
        <ImportState required={required} mapped={mapped} />
      </Table.Td>
      <Table.Td className={classes.wide}>{people.toLocaleString("en")}</Table.Td>
      <Table.Td className={classes.actions}>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Act icon={IconArrowUp} label={`Move ${label} up`} disabled={first} onClick={() => moveTo("up")} />
          <Act icon={IconArrowDown} label={`Move ${label} down`} disabled={last} onClick={() => moveTo("down")} />
          <Act icon={IconPencil} label={`Edit ${label}`} onClick={onEdit} />
          <Act icon={IconTrash} label={`Remove ${label}`} disabled={!custom} why="It comes with Fulcrum" onClick={onRemove} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function ImportState({ required, mapped }: { required: boolean; mapped: boolean }) {
  if (required) return mapped ? <StateMark tone="good" word="Required, mapped" /> : <StateMark tone="wait" word="Required, not mapped" />;
  return <StateMark tone="none" word={mapped ? "Optional, mapped" : "Optional"} />;
}

interface ActProps {
  icon: Icon;
  label: string;
  disabled?: boolean;
  /** Why it is disabled, where that is not plain to see. */
  why?: string;
  onClick: () => void;
}

/** A button of a row. One that is of no use stays in the order of the keyboard, so that the focus is not lost under it. */
function Act({ icon: Mark, label, disabled = false, why, onClick }: ActProps) {
  return (
    <ActionIcon
      className={classes.act}
      variant="subtle"
      color="gray"
      aria-label={disabled && why !== undefined ? `${label}: ${why}` : label}
      title={disabled && why !== undefined ? why : label}
      aria-disabled={disabled}
      data-disabled={disabled || undefined}
      onClick={() => !disabled && onClick()}
    >
      <Mark size={16} aria-hidden />
    </ActionIcon>
  );
}
