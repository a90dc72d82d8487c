import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import type { LetterOrder } from "../../generated/api";
import { cell } from "../../shared/LongTable";
import { ariaSort, columns } from "./columns";
import classes from "./OffersTable.module.css";

interface OffersHeadProps {
  order: LetterOrder;
  turned: boolean;
  onSort: (order: LetterOrder, turned: boolean) => void;
}

const marks = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort };

/** The headings; one that can sort does so, and turns the order when it is chosen again. */
export function OffersHead({ order, turned, onSort }: OffersHeadProps) {
  return columns.map((column) => {
    const sorted = ariaSort(column, order, turned);
    const Mark = marks[sorted ?? "none"];
    const by = column.order;
    return (
      <Table.Th key={column.label} w={column.width} aria-sort={sorted} className={column.wide ? cell.wide : undefined}>
        {by === null ? (
          column.label
        ) : (
          <UnstyledButton className={classes.sort} onClick={() => onSort(by, by === order && !turned)}>
            {column.label}
            <Mark size={14} aria-hidden data-off={sorted === "none" || undefined} />
          </UnstyledButton>
        )}
      </Table.Th>
    );
  });
}
