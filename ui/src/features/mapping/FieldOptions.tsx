import { Badge, Combobox } from "@mantine/core";
import { useState, type UIEvent } from "react";
import type { SourceField } from "../../generated/api";
import { findFields, sections, shownExample } from "./field-search";
import { fieldTypes, groupNames } from "./field-types";
import classes from "./FieldOptions.module.css";

/** An option that stands above the fields. */
export interface FirstOption {
  value: string;
  label: string;
}

/** As many options as fit a few screens; more follow as the list is scrolled, by wheel or by arrow keys. */
const BATCH = 30;
const NEAR_END_PX = 320;

interface FieldOptionsProps {
  fields: SourceField[];
  search: string;
  /** The id of the field in use. */
  chosen: string | null;
  /** What stands above the fields, and below those that a search found. */
  first?: FirstOption[];
  /** Why a field cannot be chosen, as a sentence; none if it can. */
  refusal?: (field: SourceField) => string | null;
}

/** The options of the dropdown, by heading. In a search what is no field comes last, so that Enter takes a field. */
export function FieldOptions({ fields, search, chosen, first = [], refusal }: FieldOptionsProps) {
  const found = findFields(fields, search);
  const [limit, setLimit] = useState(() => Math.max(BATCH, found.findIndex(({ id }) => id === chosen) + 10));
  const grow = ({ currentTarget: list }: UIEvent<HTMLElement>) => {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (left < NEAR_END_PX && limit < found.length) setLimit(limit + BATCH);
  };
  const named = first
    .filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()))
    .map(({ value, label }) => (
      <Combobox.Option key={value} value={value}>
        {label}
      </Combobox.Option>
    ));
  return (
    <Combobox.Options mah={320} className={classes.list} onScroll={grow} aria-label="Lever fields">
      {search === "" && named}
      {sections(found, limit).map(({ group, fields: members }) => (
        <Combobox.Group key={group} label={groupNames[group]}>
          {members.map((field) => (
            <Option key={field.id} field={field} active={field.id === chosen} refused={refusal?.(field) ?? null} />
          ))}
        </Combobox.Group>
      ))}
      {search !== "" && named}
      {found.length === 0 && named.length === 0 && <Combobox.Empty>No field has “{search}” in its label or id</Combobox.Empty>}
    </Combobox.Options>
  );
}

function Option({ field, active, refused }: { field: SourceField; active: boolean; refused: string | null }) {
  const { word, icon: Icon } = fieldTypes[field.type];
  const example = shownExample(field);
  return (
    // Only marked as disabled, so that the arrow keys reach it and a screen reader says why.
    <Combobox.Option value={field.id} active={active} aria-selected={active} aria-disabled={refused !== null} data-refused={refused !== null || undefined}>
      <span className={classes.option}>
        <Icon size={16} stroke={1.6} role="img" aria-label={word} />
        <span className={classes.words}>
          <span className={classes.label}>
            {field.label}
            {field.custom && (
              <Badge size="xs" ml={6}>
                Custom
              </Badge>
            )}
          </span>
          <code className={classes.note}>{field.id}</code>
          {example !== null && (
            <span className={classes.note} dir="auto">
              {example}
            </span>
          )}
          {refused !== null && <span className={classes.reason}>{refused}</span>}
        </span>
      </span>
    </Combobox.Option>
  );
}
