import { Table, UnstyledButton } from "@mantine/core";
import { useRef } from "react";
import type { InboxRow } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { useRowsInView } from "../../shared/useRowsInView";
import classes from "./InboxList.module.css";
import { verdictWords } from "./verdict-words";

interface InboxListProps {
  events: InboxRow[];
  onOpen: (id: number) => void;
}

/** The events, newest first; of a long list only the rows in view exist. */
export function InboxList({ events, onOpen }: InboxListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end, above, below } = useRowsInView(events.length, scroller);
  return (
    <div ref={scroller} className={classes.scroller}>
      <Table stickyHeader highlightOnHover aria-label="Inbox" aria-rowcount={events.length + 1} data-testid="inbox">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Event</Table.Th>
            <Table.Th>Verdict</Table.Th>
            <Table.Th className={classes.wide}>Why</Table.Th>
            <Table.Th>Received</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={above} />
          {events.slice(first, end).map((event, index) => (
            // The heading is row one.
            <Row key={event.id} event={event} rowIndex={first + index + 2} onOpen={() => onOpen(event.id)} />
          ))}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ event, rowIndex, onOpen }: { event: InboxRow; rowIndex: number; onOpen: () => void }) {
  const { id, event_label, verdict, reason, received_at } = event;
  return (
    <Table.Tr className={classes.row} aria-rowindex={rowIndex} onClick={onOpen} data-testid="inbox-row">
      <Table.Td>
        <UnstyledButton className={classes.name}>
          #{id} {event_label ?? "Unknown"}
        </UnstyledButton>
      </Table.Td>
      <Table.Td className={classes.short}>
        <StateMark {...verdictWords[verdict]} />
      </Table.Td>
      <Table.Td className={classes.wide}>
        <span className={classes.why} title={reason ?? undefined}>
          {reason ?? "–"}
        </span>
      </Table.Td>
      <Table.Td className={classes.short}>
        <Time at={received_at} />
      </Table.Td>
    </Table.Tr>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
