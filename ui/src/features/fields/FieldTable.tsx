import { Table } from "@mantine/core";
import type { PersonField } from "../../generated/api";
import { Card } from "../../shared/Card";
import { FieldRow } from "./FieldRow";
import classes from "./FieldTable.module.css";

interface FieldTableProps {
  fields: PersonField[];
  onEdit: (field: PersonField) => void;
  onRemove: (field: PersonField) => void;
}

/** One row per field, under its group. */
export function FieldTable({ fields, onEdit, onRemove }: FieldTableProps) {
  const groups = [...new Set(fields.map(({ field }) => field.group))];
  return (
    <Card>
      <Table className={classes.table} verticalSpacing="xs" data-testid="person-fields">
        <caption className="visually-hidden">The fields of a person</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Import</Table.Th>
            <Table.Th className={classes.wide}>People with a value</Table.Th>
            <Table.Th className={classes.actions}>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        {groups.map((group) => (
          <Table.Tbody key={group}>
            <Table.Tr className={classes.group}>
              <Table.Th colSpan={5} scope="rowgroup">
                <bdi>{group}</bdi>
              </Table.Th>
            </Table.Tr>
            {fields
              .filter(({ field }) => field.group === group)
              .map((field, index, members) => (
                <FieldRow
                  key={field.field.id}
                  field={field}
                  first={index === 0}
                  last={index === members.length - 1}
                  onEdit={() => onEdit(field)}
                  onRemove={() => onRemove(field)}
                />
              ))}
          </Table.Tbody>
        ))}
      </Table>
    </Card>
  );
}
