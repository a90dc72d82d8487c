import { Table } from "@mantine/core";
import { useState } from "react";
import type { Drift, Fields, OfferRow, Rule, Source, TargetCompatibility } from "../../generated/api";
import { Card } from "../../shared/Card";
import { ruleFor } from "./draft";
import classes from "./MappingTable.module.css";
import { isStandard } from "./offer-rules";
import { OfferRowView } from "./OfferRowView";
import type { MappingPreview } from "./usePreview";
import { EDITS_MAPPING } from "./useUndoKeys";

interface OfferTableProps {
  fields: Fields;
  rows: OfferRow[];
  rules: Rule[];
  drift: Drift[];
  preview: MappingPreview;
  compatibilityOf: (target: string) => TargetCompatibility | undefined;
  onSource: (target: string, source: Source | null) => void;
  onStandard: (row: OfferRow) => void;
  onLoss: (target: string, accepted: boolean) => void;
  onShape: (target: string) => void;
}

/** One row for each field of a letter, read-only where its standard rule fills it. */
export function OfferTable(props: OfferTableProps) {
  const { fields, rows, rules, drift, preview, compatibilityOf, onSource, onStandard, onLoss, onShape } = props;
  // A row that is being overridden stays open before it differs from its standard rule.
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const override = (target: string) => setOpen(new Set([...open, target]));
  const restore = (row: OfferRow) => {
    setOpen(new Set([...open].filter((target) => target !== row.target)));
    onStandard(row);
  };
  return (
    <Card>
      <Table {...EDITS_MAPPING} className={classes.table} verticalSpacing="sm" data-testid="offer-table">
        <caption className="visually-hidden">Which rule fills which field of an offer letter</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.person}>In the letter</Table.Th>
            <Table.Th className={classes.rule}>Rule</Table.Th>
            <Table.Th>Sample value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const target = fields.target.find(({ id }) => id === row.target);
            if (target === undefined) return null;
            const standard = isStandard(rules, row);
            return (
              <OfferRowView
                key={row.target}
                row={row}
                target={target}
                rule={ruleFor(rules, row.target)}
                overridden={!standard || open.has(row.target)}
                differs={!standard}
                leverFields={fields.lever}
                drift={drift.filter((one) => one.target === row.target)}
                sample={preview.sampleOf(row.target)}
                stale={preview.stale}
                compatibility={compatibilityOf(row.target)}
                onOverride={() => override(row.target)}
                onRestore={() => restore(row)}
                onSource={(source) => onSource(row.target, source)}
                onLoss={(accepted) => onLoss(row.target, accepted)}
                onShape={() => onShape(row.target)}
              />
            );
          })}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
