import { MultiSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { Admission, AdmissionChoices, Choice } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { withChosen } from "./admission";

interface AdmissionFieldsProps {
  value: Admission;
  onChange: (admission: Admission) => void;
}

const nothing: AdmissionChoices = { stages: [], departments: [], locations: [], postings: [], origins: [], problems: [] };

const option = ({ id, name }: Choice) => ({ value: id, label: name });

const named = (name: string): Choice => ({ id: name, name });

/** Whom a listener lets in: filters with the values that Lever lists. */
export function AdmissionFields({ value, onChange }: AdmissionFieldsProps) {
  const choices = useCommand("listeners.choices", {});
  const { departments, locations, postings, origins, problems } = choices.data ?? nothing;
  const pick = (from: Choice[], ids: string[]) => from.filter(({ id }) => ids.includes(id));
  const postingOptions = withChosen(postings, value.postings);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Let in only candidates of these. What is left empty lets all in; Lever is read again before it is judged.
      </Text>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        <Values
          label="Department"
          options={withChosen(departments.map(named), value.departments.map(named))}
          chosen={value.departments}
          onChange={(ids) => onChange({ ...value, departments: ids })}
        />
        <Values
          label="Location"
          options={withChosen(locations.map(named), value.locations.map(named))}
          chosen={value.locations}
          onChange={(ids) => onChange({ ...value, locations: ids })}
        />
        <Values
          label="Posting"
          options={postingOptions}
          chosen={value.postings.map(({ id }) => id)}
          onChange={(ids) => onChange({ ...value, postings: pick(postingOptions, ids) })}
        />
        <Values
          label="Origin"
          options={withChosen(origins, value.origins.map(named))}
          chosen={value.origins}
          onChange={(ids) => onChange({ ...value, origins: ids })}
        />
      </SimpleGrid>
      {choices.error && <Problem error={choices.error} onRetry={() => void choices.refetch()} />}
      {problems.map((problem) => (
        <Notice key={problem} tone="wait">
          {problem}
        </Notice>
      ))}
    </Stack>
  );
}

interface ValuesProps {
  label: string;
  options: Choice[];
  chosen: string[];
  onChange: (ids: string[]) => void;
}

function Values({ label, options, chosen, onChange }: ValuesProps) {
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length === 0 ? "Any" : undefined}
      searchable
      clearable
      data={options.map(option)}
      value={chosen}
      onChange={onChange}
    />
  );
}
