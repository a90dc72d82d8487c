import { Table, Text, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { PersonRow } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { Time } from "../../shared/Time";
import classes from "./PeopleTable.module.css";

const ROW_HEIGHT = 56;

interface PeopleTableProps {
  people: PersonRow[];
  onOpen: (id: string) => void;
}

/** The list; only the rows in view exist, so ten thousand people scroll like ten. */
export function PeopleTable({ people, onOpen }: PeopleTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
  });
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className={classes.scroller} tabIndex={-1}>
      <Table stickyHeader highlightOnHover aria-label="People" aria-rowcount={people.length + 1} data-testid="people-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Job title</Table.Th>
            <Table.Th>Start date</Table.Th>
            <Table.Th className={classes.wide}>Workflows</Table.Th>
            <Table.Th>Imported</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={above} />
          {shown.map(({ index }) => {
            const person = people[index];
            return person && <Row key={person.id} person={person} rowIndex={index + 2} onOpen={() => onOpen(person.id)} />;
          })}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ person, rowIndex, onOpen }: { person: PersonRow; rowIndex: number; onOpen: () => void }) {
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
      <Table.Td dir="auto">{person.job_title ?? "–"}</Table.Td>
      <Table.Td className={classes.short}>{person.start_date === null ? "–" : formatDay(person.start_date)}</Table.Td>
      <Table.Td className={classes.wide}>{person.workflows.join(", ") || "–"}</Table.Td>
      <Table.Td className={classes.short}>
        <Time at={person.imported_at} ageOnly />
      </Table.Td>
    </Table.Tr>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
