import { Table } from "@mantine/core";
import type { InboxRow } from "../../generated/api";
import { cell, LongRow, LongTable, RowName } from "../../shared/LongTable";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import classes from "./InboxList.module.css";
import { verdictWords } from "./verdict-words";

interface InboxListProps {
  events: InboxRow[];
  onOpen: (id: number) => void;
}

const head = (
  <>
    <Table.Th>Event</Table.Th>
    <Table.Th>Verdict</Table.Th>
    <Table.Th className={cell.wide}>Why</Table.Th>
    <Table.Th>Received</Table.Th>
  </>
);

/** The events, newest first. */
export function InboxList({ events, onOpen }: InboxListProps) {
  return (
    <LongTable
      label="Inbox"
      head={head}
      items={events}
      row={(event, rowIndex) => <Row key={event.id} event={event} rowIndex={rowIndex} onOpen={() => onOpen(event.id)} />}
      testId="inbox"
    />
  );
}

function Row({ event, rowIndex, onOpen }: { event: InboxRow; rowIndex: number; onOpen: () => void }) {
  const { id, event_label, verdict, reason, received_at } = event;
  return (
    <LongRow rowIndex={rowIndex} onOpen={onOpen} testId="inbox-row">
      <Table.Td>
        <RowName>
          #{id} {event_label ?? "Unknown"}
        </RowName>
      </Table.Td>
      <Table.Td className={cell.short}>
        <StateMark {...verdictWords[verdict]} />
      </Table.Td>
      <Table.Td className={cell.wide}>
        <span className={classes.why} title={reason ?? undefined}>
          {reason ?? "–"}
        </span>
      </Table.Td>
      <Table.Td className={cell.short}>
        <Time at={received_at} />
      </Table.Td>
    </LongRow>
  );
}
