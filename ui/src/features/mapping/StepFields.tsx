import { Autocomplete, Stack, Text, TextInput } from "@mantine/core";
import type { CountryForm, LetterCase, NamePart, Transform } from "../../generated/api";
import { Choice } from "./Choice";
import { NumberFields } from "./NumberFields";
import { PhoneFields } from "./PhoneFields";
import { SplitFields } from "./SplitFields";
import { ValueMapFields } from "./ValueMapFields";

const cases: { value: LetterCase; label: string }[] = [
  { value: "title", label: "Title Case" },
  { value: "upper", label: "UPPER CASE" },
  { value: "lower", label: "lower case" },
];

const parts: { value: NamePart; label: string }[] = [
  { value: "first_word", label: "First word" },
  { value: "rest", label: "Rest of the name" },
  { value: "last_word", label: "Last word" },
  { value: "all_but_last", label: "All but the last word" },
  { value: "initials", label: "Initials" },
];

const countryForms: { value: CountryForm; label: string }[] = [
  { value: "alpha2", label: "Two letters, as DE" },
  { value: "alpha3", label: "Three letters, as DEU" },
  { value: "name", label: "Name, as Germany" },
];

/** What a step without settings does. */
const explanations = {
  trim: "Cuts spaces at both ends and folds those inside to one.",
  email: "Leaves the address alone: no “mailto:”, no display name, the domain in lower case.",
  currency: "Writes the ISO 4217 code, as EUR for “Euro” or “€”. A sign of several currencies, as “$”, needs a value map first.",
  user_email: "Exchanges the name or the id of a Lever user for their e-mail address.",
};

const datePatterns = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y"];

interface StepFieldsProps<T extends Transform = Transform> {
  step: T;
  onChange: (step: Transform) => void;
}

/** The settings of a step. `options` is what the field takes, if that is a choice. */
export function StepFields({ step, options, onChange }: StepFieldsProps & { options: string[] }) {
  switch (step.kind) {
    case "trim":
    case "email":
    case "currency":
    case "user_email":
      return (
        <Text size="sm" c="dimmed">
          {explanations[step.kind]}
        </Text>
      );
    case "case":
      return <Choice label="Letters" options={cases} value={step.to} onChange={(to) => onChange({ ...step, to })} />;
    case "name_part":
      return <Choice label="Part" options={parts} value={step.part} onChange={(part) => onChange({ ...step, part })} />;
    case "split":
      return <SplitFields step={step} onChange={onChange} />;
    case "date_format":
      return <DateFields step={step} onChange={onChange} />;
    case "number_format":
      return <NumberFields step={step} onChange={onChange} />;
    case "phone":
      return <PhoneFields step={step} onChange={onChange} />;
    case "country":
      return <Choice label="Write as" options={countryForms} value={step.to} onChange={(to) => onChange({ ...step, to })} />;
    case "default_if_empty":
      return (
        <TextInput
          label="Use instead of an empty value"
          value={step.value}
          onChange={(event) => onChange({ ...step, value: event.currentTarget.value })}
        />
      );
    case "value_map":
      return <ValueMapFields step={step} options={options} onChange={onChange} />;
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
