import { Badge, Button, Group, Stack, Table, Text, Tooltip } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Drift, OfferRow, Rule, Sample, Source, SourceField, TargetCompatibility, TargetField } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { CompatibilityNote } from "./CompatibilityNote";
import { FieldSelect } from "./FieldSelect";
import { FieldName, ShapeButton } from "./MappingRow";
import { kindMeanings, kindNames, readFields } from "./offer-rules";
import classes from "./OfferTable.module.css";
import { SampleCell } from "./SampleCell";
import { SourceFields } from "./SourceFields";
import { sourceFields } from "./sources";
import { refusal } from "./useCompatibility";

interface OfferRowViewProps {
  row: OfferRow;
  target: TargetField;
  rule: Rule | undefined;
  /** Whether its rule can be edited. */
  overridden: boolean;
  /** Whether its rule is another than the standard one. */
  differs: boolean;
  leverFields: SourceField[];
  /** What became of the Lever fields that the saved rule reads. */
  drift: Drift[];
  sample: Sample | undefined;
  stale: boolean;
  compatibility: TargetCompatibility | undefined;
  onOverride: () => void;
  onRestore: () => void;
  onSource: (source: Source | null) => void;
  onLoss: (accepted: boolean) => void;
  onShape: () => void;
}

/** A field of the letter with its rule, and what that gives for the sample. */
export function OfferRowView(props: OfferRowViewProps) {
  const { row, target, rule, overridden, drift, sample, stale } = props;
  const changed = rule === undefined ? [] : drift.filter(({ field }) => sourceFields(rule.source).includes(field));
  return (
    <Table.Tr data-testid={`offer-${row.target}`}>
      <Table.Td>
        <FieldName target={target} />
      </Table.Td>
      <Table.Td>
        <Stack gap="xs">
          {overridden ? <OwnRule {...props} vanished={changed.length > 0} /> : <StandardRule {...props} />}
          {changed.map(({ field, words }) => (
            <StateMark key={field} tone="bad" word={words} />
          ))}
        </Stack>
      </Table.Td>
      <Table.Td>
        <Stack gap={4}>
          {rule && sample && <SampleCell target={target} sample={sample} stale={stale} />}
          {rule === undefined && (
            <Text size="sm" c="dimmed">
              Not filled
            </Text>
          )}
          {sample?.note && <StateMark tone="wait" word={sample.note} />}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

/** The rule that nobody changed, in words and with the identifiers that it reads. */
function StandardRule({ row, target, leverFields, onOverride }: OfferRowViewProps) {
  const fields = readFields(row.standard, leverFields);
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Stack gap={4} flex={1} miw={0}>
        <Kind row={row} />
        <Text size="sm">{row.words}</Text>
        {fields.length > 0 && (
          <ul className={classes.fields} aria-label={`Lever fields for ${target.label}`}>
            {fields.map(({ id, label }) => (
              <li key={id}>
                {label} <code>{id}</code>
              </li>
            ))}
          </ul>
        )}
        {row.lacking.length > 0 && (
          <StateMark
            tone="info"
            word={`Your offer form in Lever has no field ${new Intl.ListFormat("en", { type: "disjunction" }).format(row.lacking)}. Add it there, or override the row.`}
          />
        )}
      </Stack>
      <Button size="xs" variant="default" aria-label={`Override ${target.label}`} onClick={onOverride}>
        Override
      </Button>
    </Group>
  );
}

/** The rule as the user draws it. */
function OwnRule(props: OfferRowViewProps & { vanished: boolean }) {
  const { row, target, rule, differs, leverFields, compatibility, vanished, onRestore, onSource, onLoss, onShape } = props;
  const source = rule?.source ?? null;
  const field = useRef<HTMLDivElement>(null);
  const wasStandard = useRef(!differs);
  // The button that was pressed is gone: the focus goes on with the field that it opened.
  useEffect(() => {
    if (wasStandard.current) field.current?.querySelector<HTMLElement>("[role=combobox]")?.focus();
  }, []);
  return (
    <div ref={field}>
      <Group gap="xs" justify="space-between" mb={8}>
        <Group gap="xs">
          <Kind row={row} />
          <Text size="xs" c="dimmed">
            {differs ? "Overridden by you" : "Choose another source"}
          </Text>
        </Group>
        <Button size="compact-xs" variant="subtle" aria-label={`Use the standard rule for ${target.label}`} onClick={onRestore}>
          Use the standard rule
        </Button>
      </Group>
      <FieldSelect
        target={target}
        source={source}
        fields={leverFields}
        vanished={vanished}
        refusal={(one) => refusal(compatibility, one)}
        onChange={onSource}
      />
      {source !== null && <SourceFields target={target} source={source} fields={leverFields} onChange={onSource} />}
      {rule && compatibility?.rule && (
        <CompatibilityNote target={target} compatibility={compatibility.rule} accepted={rule.accepts_loss === true} onAccept={onLoss} />
      )}
      {rule && (
        <div className={classes.shape}>
          <ShapeButton target={target} rule={rule} onShape={onShape} />
        </div>
      )}
    </div>
  );
}

function Kind({ row: { kind } }: { row: OfferRow }) {
  return (
    <Tooltip label={kindMeanings[kind]} events={{ hover: true, focus: true, touch: true }}>
      <Badge variant="default" size="sm" radius="sm" className={classes.kind} tabIndex={0}>
        {kindNames[kind]}
      </Badge>
    </Tooltip>
  );
}
