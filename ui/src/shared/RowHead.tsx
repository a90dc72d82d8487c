import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/** The cell that names its row; as large as the others, unlike the head of a column. */
export function RowHead({ children }: { children: ReactNode }) {
  return (
    <Table.Th scope="row" style={{ color: "inherit", fontSize: "inherit" }}>
      {children}
    </Table.Th>
  );
}
