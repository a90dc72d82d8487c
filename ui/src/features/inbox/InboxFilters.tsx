import { Group, Select } from "@mantine/core";
import type { InboxPage } from "../../generated/api";
import type { InboxFilter } from "./useInbox";
import { verdicts, verdictWords } from "./verdict-words";

interface InboxFiltersProps {
  filter: InboxFilter;
  page: InboxPage;
  onChange: (filter: InboxFilter) => void;
}

/** Narrows the inbox by verdict, with how many there are of each, and by listener. */
export function InboxFilters({ filter, page: { counts, listeners }, onChange }: InboxFiltersProps) {
  const count = (verdict: string) => counts.find((one) => one.verdict === verdict)?.count ?? 0;
  const data = verdicts.map((value) => ({ value, label: `${verdictWords[value].word} (${count(value)})` }));
  return (
    <Group gap="sm">
      <Select
        w={220}
        clearable
        aria-label="Verdict"
        placeholder="Every verdict"
        data={data}
        value={filter.verdict}
        onChange={(value) => onChange({ ...filter, verdict: verdicts.find((verdict) => verdict === value) ?? null })}
      />
      <Select
        w={300}
        clearable
        aria-label="Listener"
        placeholder="Every listener"
        data={listeners.map(({ id, label }) => ({ value: id, label }))}
        value={filter.listener}
        onChange={(listener) => onChange({ ...filter, listener })}
      />
    </Group>
  );
}
