import { ActionIcon, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import type { SourceField } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { moved } from "./draft";
import { FieldPicker } from "./FieldPicker";
import classes from "./SourceFields.module.css";
import { fieldLabel } from "./sources";

interface SeveralFieldsProps {
  /** The label of the person field, for a screen reader. */
  target: string;
  chosen: string[];
  fields: SourceField[];
  onChange: (chosen: string[]) => void;
}

/** Lever fields in an order, one under the other. */
export function SeveralFields({ target, chosen, fields, onChange }: SeveralFieldsProps) {
  const announce = useAnnounce();
  const move = (from: number, to: number) => {
    onChange(moved(chosen, from, to));
    announce(`Moved to place ${to + 1} of ${chosen.length}`);
  };
  const left = fields.filter(({ id }) => !chosen.includes(id));
  return (
    <>
      {chosen.length > 0 && (
        <ol className={classes.list} aria-label={`Lever fields for ${target}`}>
          {chosen.map((id, place) => {
            const label = fieldLabel(id, fields);
            return (
              <li key={id}>
                <span className={classes.label}>
                  {label}
                  {label !== id && <code className={classes.id}>{id}</code>}
                </span>
                <Group gap={2} wrap="nowrap">
                  <ActionIcon size="sm" aria-label={`Move ${label} up`} disabled={place === 0} onClick={() => move(place, place - 1)}>
                    <IconArrowUp size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon size="sm" aria-label={`Move ${label} down`} disabled={place === chosen.length - 1} onClick={() => move(place, place + 1)}>
                    <IconArrowDown size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon size="sm" aria-label={`Remove ${label}`} onClick={() => onChange(chosen.toSpliced(place, 1))}>
                    <IconX size={14} aria-hidden />
                  </ActionIcon>
                </Group>
              </li>
            );
          })}
        </ol>
      )}
      <FieldPicker label={`Add a Lever field for ${target}`} fields={left} onPick={(field) => onChange([...chosen, field])}>
        Add field
      </FieldPicker>
    </>
  );
}
