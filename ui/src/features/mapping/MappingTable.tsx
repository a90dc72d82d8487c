import { Table } from "@mantine/core";
import type { Fields, PersonField, Rule, Source } from "../../generated/api";
import { Card } from "../../shared/Card";
import { ruleFor } from "./draft";
import { MappingRow } from "./MappingRow";
import classes from "./MappingTable.module.css";
import type { MappingPreview } from "./usePreview";

interface MappingTableProps {
  fields: Fields;
  rules: Rule[];
  vanished: string[];
  preview: MappingPreview;
  onSource: (target: string, source: Source | null) => void;
  onShape: (target: string) => void;
}

/** One row per person field, under its group. */
export function MappingTable({ fields, rules, vanished, preview, onSource, onShape }: MappingTableProps) {
  const groups = [...new Set(fields.person.map(({ group }) => group))];
  return (
    <Card>
      <Table className={classes.table} verticalSpacing="sm" data-testid="mapping-table">
        <caption className="visually-hidden">Which Lever field sets which person field</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.person}>Person field</Table.Th>
            <Table.Th className={classes.source}>Lever field</Table.Th>
            <Table.Th className={classes.transforms}>Transforms</Table.Th>
            <Table.Th>Sample value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {groups.map((group) => (
          <Table.Tbody key={group}>
            <Table.Tr className={classes.group}>
              <Table.Th colSpan={4} scope="rowgroup">
                {group}
              </Table.Th>
            </Table.Tr>
            {membersOf(group, fields.person).map((person) => (
              <MappingRow
                key={person.id}
                person={person}
                rule={ruleFor(rules, person.id)}
                leverFields={fields.lever}
                vanished={vanished}
                sample={preview.sampleOf(person.id)}
                stale={preview.stale}
                onSource={(source) => onSource(person.id, source)}
                onShape={() => onShape(person.id)}
              />
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Card>
  );
}

function membersOf(group: string, fields: PersonField[]): PersonField[] {
  return fields.filter((field) => field.group === group);
}
