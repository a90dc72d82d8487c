import { Autocomplete, Stack, Text, TextInput } from "@mantine/core";
import type { LetterCase, NamePart, Transform } from "../../generated/api";
import { Choice } from "./Choice";
import { ValueMapFields } from "./ValueMapFields";

const cases: { value: LetterCase; label: string }[] = [
  { value: "title", label: "Title Case" },
  { value: "upper", label: "UPPER CASE" },
  { value: "lower", label: "lower case" },
];

const parts: { value: NamePart; label: string }[] = [
  { value: "first_word", label: "First word" },
  { value: "rest", label: "Rest of the name" },
];

const datePatterns = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y"];

interface StepFieldsProps<T extends Transform = Transform> {
  step: T;
  onChange: (step: Transform) => void;
}

/** The settings of a step. */
export function StepFields({ step, onChange }: StepFieldsProps) {
  switch (step.kind) {
    case "trim":
      return (
        <Text size="sm" c="dimmed">
          Cuts spaces at both ends and folds those inside to one.
        </Text>
      );
    case "case":
      return <Choice label="Letters" options={cases} value={step.to} onChange={(to) => onChange({ ...step, to })} />;
    case "name_part":
      return <Choice label="Part" options={parts} value={step.part} onChange={(part) => onChange({ ...step, part })} />;
    case "date_format":
      return <DateFields step={step} onChange={onChange} />;
    case "default_if_empty":
      return (
        <TextInput
          label="Use instead of an empty value"
          value={step.value}
          onChange={(event) => onChange({ ...step, value: event.currentTarget.value })}
        />
      );
    case "value_map":
      return <ValueMapFields step={step} onChange={onChange} />;
  }
}

function DateFields({ step, onChange }: StepFieldsProps<Extract<Transform, { kind: "date_format" }>>) {
  return (
    <Stack gap="xs">
      <Autocomplete
        label="Read as"
        description="Leave it empty where Lever says that it is a date."
        data={datePatterns}
        value={step.from ?? ""}
        onChange={(pattern) => onChange({ ...step, from: pattern || null })}
      />
      <Autocomplete
        label="Write as"
        description="Leave it empty to keep a date. %d is the day, %m the month, %Y the year."
        data={datePatterns}
        value={step.to ?? ""}
        onChange={(pattern) => onChange({ ...step, to: pattern || null })}
      />
    </Stack>
  );
}
