import { Table } from "@mantine/core";
import { useRef } from "react";
import type { PersonRow } from "../../generated/api";
import classes from "./PeopleTable.module.css";
import { PeopleRow } from "./PeopleRow";
import { useRowsInView } from "../../shared/useRowsInView";

interface PeopleTableProps {
  people: PersonRow[];
  onOpen: (id: string) => void;
}

/** The list; of a long one only the rows in view exist, so ten thousand people scroll like ten. */
export function PeopleTable({ people, onOpen }: PeopleTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end, above, below } = useRowsInView(people.length, scroller);
  return (
    <div ref={scroller} className={classes.scroller}>
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
          {people.slice(first, end).map((person, index) => (
            <PeopleRow
              key={person.id}
              person={person}
              // The heading is row one.
              rowIndex={first + index + 2}
              onOpen={() => onOpen(person.id)}
            />
          ))}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
