import { Autocomplete, Select, TextInput } from "@mantine/core";
import type { FieldType, TargetField } from "../generated/api";

interface FieldInputProps {
  field: Pick<TargetField, "type" | "options" | "masked">;
  /** Its name above it, or only for a screen reader where that is said beside it. */
  name: { label: string } | { "aria-label": string };
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

/** How the browser helps with a type; the engine decides what the field takes. */
const kinds: Partial<Record<FieldType, { type?: string; inputMode?: "decimal" | "email" | "tel"; placeholder?: string }>> = {
  email: { inputMode: "email", placeholder: "name@example.com" },
  person: { inputMode: "email", placeholder: "colleague@example.com" },
  phone: { inputMode: "tel", placeholder: "+1 415 555 0100" },
  number: { inputMode: "decimal", placeholder: "64000.50" },
  date: { type: "date" },
  instant: { placeholder: "2026-11-21T09:00:00Z" },
};

const zones = Intl.supportedValuesOf("timeZone");
const flags = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** Where somebody types a value for a field, as fits its type. */
export function FieldInput({ field: { type, options, masked }, name, value, error, onChange }: FieldInputProps) {
  const common = { ...name, error };
  if (type === "choice" || type === "flag") {
    return (
      <Select
        {...common}
        data={type === "flag" ? flags : options}
        placeholder="Choose"
        value={value === "" ? null : value}
        clearable
        searchable={options.length > 8}
        onChange={(chosen) => onChange(chosen ?? "")}
      />
    );
  }
  if (type === "time_zone") {
    return <Autocomplete {...common} data={zones} limit={20} placeholder="Europe/Lisbon" value={value} onChange={onChange} />;
  }
  return (
    <TextInput
      {...common}
      {...kinds[type]}
      autoComplete="off"
      // What is masked elsewhere is typed unseen by others.
      type={masked ? "password" : kinds[type]?.type}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
