import { Table, Text } from "@mantine/core";
import type { PersonRow } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { cell, LongRow, RowName } from "../../shared/LongTable";
import { Time } from "../../shared/Time";

interface PeopleRowProps {
  person: PersonRow;
  rowIndex: number;
  onOpen: () => void;
}

/** A person in the list. */
export function PeopleRow({ person, rowIndex, onOpen }: PeopleRowProps) {
  return (
    <LongRow rowIndex={rowIndex} onOpen={onOpen} testId="person-row">
      <Table.Td>
        <RowName>{person.name}</RowName>
        <Text size="xs" c="dimmed" truncate>
          {person.email ?? "No e-mail"}
        </Text>
      </Table.Td>
      <Table.Td>
        <bdi>{person.job_title ?? "–"}</bdi>
      </Table.Td>
      <Table.Td className={cell.short}>{person.start_date === null ? "–" : formatDay(person.start_date)}</Table.Td>
      <Table.Td className={cell.wide}>{person.workflows.join(", ") || "–"}</Table.Td>
      <Table.Td className={cell.short}>
        <Time at={person.imported_at} ageOnly />
      </Table.Td>
    </LongRow>
  );
}
