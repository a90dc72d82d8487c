import { Table, Text, UnstyledButton } from "@mantine/core";
import type { PersonRow } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { Time } from "../../shared/Time";
import classes from "./PeopleTable.module.css";

interface PeopleRowProps {
  person: PersonRow;
  rowIndex: number;
  onOpen: () => void;
}

/** A person in the list. The whole row can be clicked; the keyboard finds the name. */
export function PeopleRow({ person, rowIndex, onOpen }: PeopleRowProps) {
  return (
    <Table.Tr className={classes.row} aria-rowindex={rowIndex} data-testid="person-row" onClick={onOpen}>
      <Table.Td>
        <UnstyledButton className={classes.name} dir="auto">
          {person.name}
        </UnstyledButton>
        <Text size="xs" c="dimmed" truncate>
          {person.email ?? "No e-mail"}
        </Text>
      </Table.Td>
      <Table.Td>
        <bdi>{person.job_title ?? "–"}</bdi>
      </Table.Td>
      <Table.Td className={classes.short}>{person.start_date === null ? "–" : formatDay(person.start_date)}</Table.Td>
      <Table.Td className={classes.wide}>{person.workflows.join(", ") || "–"}</Table.Td>
      <Table.Td className={classes.short}>
        <Time at={person.imported_at} ageOnly />
      </Table.Td>
    </Table.Tr>
  );
}
