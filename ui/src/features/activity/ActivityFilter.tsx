import { Group, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { Kind, Outcome } from "../../generated/api";
import { kinds, outcomes } from "../../shared/activity";
import type { Filter } from "./lines";

const kindNames: Kind[] = ["connection", "mapping", "listener", "event", "import", "workflow", "letter", "relay", "settings"];
const outcomeNames: Outcome[] = ["done", "skipped", "waiting", "refused"];

/** Narrows the lines by text, kind and outcome. */
export function ActivityFilter({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        w={280}
        aria-label="Search activity"
        placeholder="Search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        w={160}
        clearable
        aria-label="Kind"
        placeholder="Every kind"
        data={kindNames.map((value) => ({ value, label: kinds[value].label }))}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <Select
        w={160}
        clearable
        aria-label="Outcome"
        placeholder="Every outcome"
        data={outcomeNames.map((value) => ({ value, label: outcomes[value].word }))}
        value={filter.outcome}
        onChange={(outcome) => onChange({ ...filter, outcome })}
      />
    </Group>
  );
}
