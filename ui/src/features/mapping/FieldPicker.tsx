import { Button, Combobox, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { SourceField } from "../../generated/api";
import { takesFocus } from "../../shared/focus";
import { FieldOptions } from "./FieldOptions";

interface FieldPickerProps {
  /** What the button says. */
  children: string;
  /** What a screen reader hears, with the row it belongs to. */
  label: string;
  fields: SourceField[];
  onPick: (field: string) => void;
}

/** A button that offers Lever fields and forgets what was taken, so that the next one can follow. */
export function FieldPicker({ children, label, fields, onPick }: FieldPickerProps) {
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch("");
    },
  });
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (search !== "") selectFirstOption();
  }, [search, selectFirstOption]);
  const pick = (field: string) => {
    combobox.closeDropdown();
    onPick(field);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} width={380} position="bottom-start" keepMounted={false}>
      <Combobox.Target targetType="button" withExpandedAttribute>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: "flex-start" }}
          aria-label={label}
          onClick={() => combobox.toggleDropdown()}
        >
          {children}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          ref={takesFocus}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && combobox.focusTarget()}
          placeholder="Search by label or id"
          aria-label={`Search: ${label}`}
        />
        {combobox.dropdownOpened && <FieldOptions key={search} fields={fields} search={search} chosen={null} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}
