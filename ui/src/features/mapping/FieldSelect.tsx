import { Combobox, InputBase, useCombobox } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Source, SourceField, TargetField } from "../../generated/api";
import { FieldOptions, FIXED_VALUE, NOT_MAPPED } from "./FieldOptions";
import classes from "./FieldSelect.module.css";

interface FieldSelectProps {
  target: TargetField;
  source: Source | null;
  fields: SourceField[];
  /** Whether Lever no longer has the chosen field. */
  vanished: boolean;
  onChange: (source: Source | null) => void;
}

/** The dropdown that chooses the Lever field of one person field. */
export function FieldSelect({ target, source, fields, vanished, onChange }: FieldSelectProps) {
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
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
  const chosen = source?.kind === "lever" ? fields.find(({ id }) => id === source.field) : undefined;
  const label = sourceLabel(source, chosen);
  const submit = (value: string) => {
    combobox.closeDropdown();
    if (value === NOT_MAPPED) onChange(null);
    else if (value !== FIXED_VALUE) onChange({ kind: "lever", field: value });
    else if (source?.kind !== "constant") onChange({ kind: "constant", value: "" });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={380} position="bottom-start">
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
            {label}
          </span>
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Search by label or id"
          aria-label={`Search Lever fields for ${target.label}`}
        />
        {combobox.dropdownOpened && (
          <FieldOptions key={search} fields={fields} search={search} chosen={source?.kind === "lever" ? source.field : null} />
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function sourceLabel(source: Source | null, chosen: SourceField | undefined): string {
  if (source === null) return "Not mapped";
  if (source.kind === "constant") return "Fixed value";
  return chosen?.label ?? source.field;
}
