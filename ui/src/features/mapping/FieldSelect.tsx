import { Combobox, InputBase, useCombobox } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Source, SourceField, TargetField } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { takesFocus } from "../../shared/focus";
import { FieldOptions } from "./FieldOptions";
import classes from "./FieldSelect.module.css";
import { madeKinds, newSource, sourceLabel, sourceNames } from "./sources";

/** Before the values of options that are no fields; no id of Lever has it. */
const NO_FIELD = "\u0000";
const NOT_MAPPED = `${NO_FIELD}not_mapped`;

const firstOptions = [
  { value: NOT_MAPPED, label: "Not mapped" },
  ...madeKinds.map((kind) => ({ value: NO_FIELD + kind, label: sourceNames[kind] })),
];

interface FieldSelectProps {
  target: TargetField;
  source: Source | null;
  fields: SourceField[];
  /** Whether Lever no longer has the chosen field. */
  vanished: boolean;
  /** Why a field cannot be chosen, as a sentence; none if it can. */
  refusal?: (field: SourceField) => string | null;
  onChange: (source: Source | null) => void;
}

/** The dropdown that chooses the Lever field of one person field. */
export function FieldSelect({ target, source, fields, vanished, refusal, onChange }: FieldSelectProps) {
  const announce = useAnnounce();
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch("");
    },
  });
  const { selectFirstOption } = combobox;
  // The first hit can only be marked once it is drawn.
  useEffect(() => {
    if (search !== "") selectFirstOption();
  }, [search, selectFirstOption]);
  const submit = (value: string) => {
    const field = fields.find(({ id }) => id === value);
    const refused = field && refusal?.(field);
    if (refused) {
      announce(refused);
      return;
    }
    combobox.closeDropdown();
    const kind = madeKinds.find((made) => value === NO_FIELD + made);
    if (value === NOT_MAPPED) onChange(null);
    else onChange(kind === undefined ? { kind: "lever", field: value } : newSource(kind, source));
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={380} position="bottom-start" keepMounted={false}>
      <Combobox.Target targetType="button" withExpandedAttribute>
        <InputBase
          component="button"
          type="button"
          pointer
          error={vanished}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          aria-label={`Lever field for ${target.label}`}
          onClick={() => combobox.toggleDropdown()}
          data-testid={`source-${target.id}`}
        >
          <span className={classes.value} data-none={source === null || undefined}>
            {sourceLabel(source, fields)}
          </span>
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          ref={takesFocus}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Search by label or id"
          aria-label={`Search Lever fields for ${target.label}`}
        />
        {combobox.dropdownOpened && (
          <FieldOptions
            key={search}
            fields={fields}
            search={search}
            chosen={source?.kind === "lever" ? source.field : null}
            first={firstOptions}
            refusal={refusal}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
