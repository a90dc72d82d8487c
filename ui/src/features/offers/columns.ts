import type { LetterOrder } from "../../generated/api";

interface Column {
  label: string;
  /** The order that its heading asks for; none where there is none. */
  order: LetterOrder | null;
  /** In pixels or a part of all; one without takes the rest. */
  width?: number | string;
  /** Left out of a narrow window. */
  wide?: boolean;
}

/** The columns of the offers, in their order. */
export const columns: Column[] = [
  { label: "Candidate", order: "candidate", width: "21%" },
  { label: "Job", order: "job" },
  { label: "Start date", order: "start_date", width: 108 },
  { label: "Pay", order: null, width: 136 },
  { label: "Status", order: "status", width: 130 },
  { label: "Source", order: null, width: 78, wide: true },
  { label: "Updated", order: "updated", width: 100, wide: true },
  { label: "Checked", order: "checked", width: 94 },
];

/** Whether the order begins with what is latest. */
const latestFirst = (order: LetterOrder) => order === "updated";

/** How a column is sorted, as a screen reader hears it. */
export function ariaSort(column: Column, order: LetterOrder, turned: boolean): "ascending" | "descending" | "none" | undefined {
  if (column.order === null) return undefined;
  if (column.order !== order) return "none";
  return latestFirst(order) === turned ? "ascending" : "descending";
}
