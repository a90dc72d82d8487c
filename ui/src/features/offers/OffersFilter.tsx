import { Button, CloseButton, Group, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconSearch } from "@tabler/icons-react";
import type { LetterSource, LettersPage } from "../../generated/api";
import { sourceWords, statuses, statusWord } from "./letter-words";
import type { Wanted } from "./wanted";

interface OffersFilterProps {
  wanted: Wanted;
  page: LettersPage;
  onWant: (wanted: Wanted) => void;
}

const sources: LetterSource[] = ["lever", "hand"];

/** Narrows the letters by text, by how far they are and where they are from, and to those that need a person. */
export function OffersFilter({ wanted, page: { counts, attention }, onWant }: OffersFilterProps) {
  const there = statuses.filter((status) => (counts[status] ?? 0) > 0 || status === wanted.status);
  const number = (of: number) => of.toLocaleString("en");
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        w={200}
        aria-label="Search offers"
        placeholder="Name or job"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          wanted.search !== "" && <CloseButton size="sm" aria-label="Clear the search" onClick={() => onWant({ ...wanted, search: "" })} />
        }
        value={wanted.search}
        onChange={(event) => onWant({ ...wanted, search: event.currentTarget.value })}
      />
      <Select
        w={180}
        clearable
        aria-label="Status"
        placeholder="Every status"
        data={there.map((value) => ({ value, label: `${statusWord(value)} (${number(counts[value] ?? 0)})` }))}
        value={wanted.status}
        onChange={(chosen) => onWant({ ...wanted, status: statuses.find((status) => status === chosen) ?? null })}
      />
      <Select
        w={144}
        clearable
        aria-label="Source"
        placeholder="Every source"
        data={sources.map((value) => ({ value, label: sourceWords[value] }))}
        value={wanted.source}
        onChange={(chosen) => onWant({ ...wanted, source: sources.find((source) => source === chosen) ?? null })}
      />
      <Button
        variant={wanted.attention ? "light" : "default"}
        aria-pressed={wanted.attention}
        leftSection={<IconAlertTriangle size={16} aria-hidden color={attention > 0 ? "var(--tone-wait)" : undefined} />}
        onClick={() => onWant({ ...wanted, attention: !wanted.attention })}
      >
        Needs attention ({number(attention)})
      </Button>
    </Group>
  );
}
