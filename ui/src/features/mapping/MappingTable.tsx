import { Table } from "@mantine/core";
import type { Drift, Fields, Rule, Source, TargetCompatibility, TargetField } from "../../generated/api";
import { Card } from "../../shared/Card";
import { ruleFor } from "./draft";
import { MappingRow } from "./MappingRow";
import classes from "./MappingTable.module.css";
import type { MappingPreview } from "./usePreview";
import type { MappingSuggestions } from "./useSuggestions";
import { EDITS_MAPPING } from "./useUndoKeys";

interface MappingTableProps {
  fields: Fields;
  rules: Rule[];
  drift: Drift[];
  preview: MappingPreview;
  suggestions: MappingSuggestions;
  /** What can fill each row; none until that is known. */
  compatibilityOf: (target: string) => TargetCompatibility | undefined;
  onSource: (target: string, source: Source | null) => void;
  onLoss: (target: string, accepted: boolean) => void;
  onShape: (target: string) => void;
}

/** One row per person field, under its group. */
export function MappingTable(props: MappingTableProps) {
  const { fields, rules, drift, preview, suggestions, compatibilityOf, onSource, onLoss, onShape } = props;
  const groups = [...new Set(fields.target.map(({ group }) => group))];
  return (
    <Card>
      <Table {...EDITS_MAPPING} className={classes.table} verticalSpacing="sm" data-testid="mapping-table">
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
            {membersOf(group, fields.target).map((target) => (
              <MappingRow
                key={target.id}
                target={target}
                rule={ruleFor(rules, target.id)}
                leverFields={fields.lever}
                drift={drift.filter((one) => one.target === target.id)}
                sample={preview.sampleOf(target.id)}
                stale={preview.stale}
                suggestion={suggestions.of(target.id)}
                onAccept={suggestions.accept}
                onDismiss={suggestions.dismiss}
                onSource={(source) => onSource(target.id, source)}
                compatibility={compatibilityOf(target.id)}
                onLoss={(accepted) => onLoss(target.id, accepted)}
                onShape={() => onShape(target.id)}
              />
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Card>
  );
}

function membersOf(group: string, fields: TargetField[]): TargetField[] {
  return fields.filter((field) => field.group === group);
}
