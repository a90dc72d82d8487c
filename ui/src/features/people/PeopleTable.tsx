import { Table } from "@mantine/core";
import type { PersonRow } from "../../generated/api";
import { cell, LongTable } from "../../shared/LongTable";
import { PeopleRow } from "./PeopleRow";

interface PeopleTableProps {
  people: PersonRow[];
  onOpen: (id: string) => void;
}

const head = (
  <>
    <Table.Th>Name</Table.Th>
    <Table.Th>Job title</Table.Th>
    <Table.Th>Start date</Table.Th>
    <Table.Th className={cell.wide}>Workflows</Table.Th>
    <Table.Th>Imported</Table.Th>
  </>
);

/** The people, as far as the search leaves them. */
export function PeopleTable({ people, onOpen }: PeopleTableProps) {
  return (
    <LongTable
      label="People"
      head={head}
      items={people}
      row={(person, rowIndex) => (
        <PeopleRow key={person.id} person={person} rowIndex={rowIndex} onOpen={() => onOpen(person.id)} />
      )}
      testId="people-table"
    />
  );
}
