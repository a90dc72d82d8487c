import { Table, UnstyledButton } from "@mantine/core";
import { useRef, type ReactNode } from "react";
import classes from "./LongTable.module.css";
import { useRowsInView } from "./useRowsInView";

/** How a cell behaves: `short` stays on one line, `wide` is left out of a narrow window. */
export const cell = { short: classes.short, wide: classes.wide };

interface LongTableProps<T> {
  label: string;
  /** The heading cells. */
  head: ReactNode;
  items: readonly T[];
  /** Draws the item at a row, which counts the heading as one. */
  row: (item: T, rowIndex: number) => ReactNode;
  testId: string;
}

/** A list of rows that can be opened; of a long one only the rows in view exist, so ten thousand scroll like ten. */
export function LongTable<T>({ label, head, items, row, testId }: LongTableProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end, above, below } = useRowsInView(items.length, scroller);
  return (
    <div ref={scroller} className={classes.scroller}>
      <Table stickyHeader highlightOnHover aria-label={label} aria-rowcount={items.length + 1} data-testid={testId}>
        <Table.Thead>
          <Table.Tr>{head}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={above} />
          {items.slice(first, end).map((item, index) => row(item, first + index + 2))}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface LongRowProps {
  rowIndex: number;
  onOpen: () => void;
  testId: string;
  children: ReactNode;
}

/** A row that can be opened: all of it by a click, its name by the keyboard. */
export function LongRow({ rowIndex, onOpen, testId, children }: LongRowProps) {
  return (
    <Table.Tr className={classes.row} aria-rowindex={rowIndex} data-testid={testId} onClick={onOpen}>
      {children}
    </Table.Tr>
  );
}

/** The name of a row; the row itself takes the click. */
export function RowName({ children }: { children: ReactNode }) {
  return (
    <UnstyledButton className={classes.name} dir="auto">
      {children}
    </UnstyledButton>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
