import { Table } from "@mantine/core";
import type { NotSupported } from "../../generated/api";
import { RowHead } from "../../shared/RowHead";
import { Section } from "../../shared/Section";

/** What a letter has and Lever cannot fill: named, so that nobody looks for it. */
export function NotSupportedSection({ items }: { items: NotSupported[] }) {
  return (
    <Section title="Not supported" description="Fields of a letter that cannot come from Lever." testId="not-supported">
      <Table>
        <caption className="visually-hidden">Fields of a letter that cannot come from Lever</caption>
        <Table.Tbody>
          {items.map(({ label, why }) => (
            <Table.Tr key={label}>
              <RowHead>{label}</RowHead>
              <Table.Td>{why}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
