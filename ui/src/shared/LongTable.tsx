import { Table, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import classes from "./LongTable.module.css";
import { useRowsInView } from "./useRowsInView";

/** How a cell behaves: `short` stays on one line, `wide` is left out of a narrow window, `cut` ends in an ellipsis. */
export const cell = { short: classes.short, wide: classes.wide, cut: classes.cut };

interface LongTableProps<T> {
  label: string;
  /** The heading cells. */
  head: ReactNode;
  items: readonly T[];
  /** Draws the item at a row, which counts the heading as one. */
  row: (item: T, rowIndex: number) => ReactNode;
  testId: string;
  /** Whether the heading cells say how wide the columns are, so that none moves while other rows come into view. */
  fixed?: boolean;
  /** The item that is in view at first. */
  startAt?: number;
  /** What the items are a part of; of something else the table begins at its top. */
  about?: string;
  /** Told which items are in view, where not all of them are read yet. */
  onView?: (view: { first: number; end: number }) => void;
}

/** A list of rows that can be opened; of a long one only the rows in view exist, so ten thousand scroll like ten. */
export function LongTable<T>({ label, head, items, row, testId, fixed = false, startAt = 0, about, onView }: LongTableProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end, above, below } = useRowsInView(items.length, scroller, startAt);
  useEffect(() => onView?.({ first, end }), [onView, first, end]);
  const shown = useRef(about);
  useEffect(() => {
    if (shown.current !== about && scroller.current) scroller.current.scrollTop = 0;
    shown.current = about;
  }, [about]);
  return (
    <div ref={scroller} className={classes.scroller} data-fixed={fixed || undefined}>
      <Table
        stickyHeader
        highlightOnHover
        layout={fixed ? "fixed" : undefined}
        aria-label={label}
        aria-rowcount={items.length + 1}
        data-testid={testId}
        onKeyDown={goToNextRow}
      >
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
  /** Called once its name has the focus again, where the reader comes back from this row. */
  onReturned?: () => void;
  children: ReactNode;
}

/** A row that can be opened: all of it by a click, its name by the keyboard. */
export function LongRow({ rowIndex, onOpen, testId, onReturned, children }: LongRowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (onReturned === undefined) return;
    nameOf(row.current)?.focus();
    onReturned();
  }, [onReturned]);
  return (
    <Table.Tr ref={row} className={classes.row} aria-rowindex={rowIndex} data-testid={testId} onClick={onOpen}>
      {children}
    </Table.Tr>
  );
}

/** The name of a row; the row itself takes the click. */
export function RowName({ children }: { children: ReactNode }) {
  return (
    <UnstyledButton className={classes.name} dir="auto" data-row-name>
      {children}
    </UnstyledButton>
  );
}

/** Up and down go from name to name; there are always rows beyond those in view. */
function goToNextRow(event: KeyboardEvent<HTMLElement>): void {
  const down = event.key === "ArrowDown";
  if ((!down && event.key !== "ArrowUp") || !(event.target instanceof Element)) return;
  const row = event.target.closest("tbody tr");
  const next = nameOf(down ? row?.nextElementSibling : row?.previousElementSibling);
  if (next === null) return;
  event.preventDefault();
  next.focus();
}

function nameOf(row: Element | null | undefined): HTMLElement | null {
  return row?.querySelector<HTMLElement>("[data-row-name]") ?? null;
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
