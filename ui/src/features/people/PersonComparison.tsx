import { Table, Text } from "@mantine/core";
import type { PersonMatch } from "../../generated/api";
import { LongText } from "../../shared/LongText";
import { Masked } from "../../shared/Masked";
import { RowHead } from "../../shared/RowHead";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import { PersonLink } from "./PersonLink";
import classes from "./SamePerson.module.css";

/** A person beside the hire: what differs, field by field. */
export function PersonComparison({ person }: { person: PersonMatch }) {
  const { name, imported_at, differences, same } = person;
  return (
    <>
      <Text size="sm" c="dimmed">
        <PersonLink person={person} /> came <Time at={imported_at} />. {count(same, "field")} {same === 1 ? "is" : "are"} the same
        {differences.length === 0 ? ", and nothing would change." : "; an update changes the others:"}
      </Text>
      {differences.length > 0 && (
        <Table className={classes.table} withRowBorders verticalSpacing="xs" layout="fixed">
          <caption className="visually-hidden">What an update of {name} changes</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="28%">Field</Table.Th>
              <Table.Th>In People now</Table.Th>
              <Table.Th>From this hire</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ label, person: now, hire, masked }) => (
              <Table.Tr key={label}>
                <RowHead>{label}</RowHead>
                <Table.Td>
                  <Side value={now} label={`${label} in People now`} masked={masked} />
                </Table.Td>
                <Table.Td>
                  <Side value={hire} label={`${label} from this hire`} masked={masked} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

function Side({ value, label, masked }: { value: string | null; label: string; masked: boolean }) {
  if (value === null) return <em className={classes.empty}>empty</em>;
  return masked ? <Masked value={value} label={label} /> : <LongText text={value} label={label} />;
}
