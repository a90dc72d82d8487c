import { Button, Stack, Table } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { Drift, Rule, Sample, Source, SourceField, Suggestion, TargetCompatibility, TargetField } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { CompatibilityNote } from "./CompatibilityNote";
import { FieldSelect } from "./FieldSelect";
import { fieldTypes } from "./field-types";
import classes from "./MappingTable.module.css";
import { SampleCell } from "./SampleCell";
import { SourceFields } from "./SourceFields";
import { sourceFields } from "./sources";
import { SuggestedSource } from "./SuggestedSource";
import { SuggestedValue } from "./SuggestedValue";
import { describeTransform } from "./transforms";
import { refusal } from "./useCompatibility";

interface MappingRowProps {
  target: TargetField;
  rule: Rule | undefined;
  leverFields: SourceField[];
  /** What became of the Lever fields that the saved rule reads. */
  drift: Drift[];
  sample: Sample | undefined;
  stale: boolean;
  onSource: (source: Source | null) => void;
  /** What can fill the row; none until that is known. */
  compatibility: TargetCompatibility | undefined;
  onLoss: (accepted: boolean) => void;
  onShape: () => void;
  /** What could fill the row; none if it has a rule or nothing fits. */
  suggestion: Suggestion | undefined;
  onAccept: (suggestion: Suggestion) => void;
  onDismiss: (suggestion: Suggestion) => void;
}

/** A person field, where it comes from, what is done to it, and what that gives. */
export function MappingRow(props: MappingRowProps) {
  const { target, rule, leverFields, drift, sample, stale, compatibility, onSource, onLoss, onShape } = props;
  const { suggestion, onAccept, onDismiss } = props;
  const source = rule?.source ?? null;
  const unknown = source === null ? [] : sourceFields(source).filter((id) => isUnknown(id, leverFields, drift));
  const changed = source === null ? [] : drift.filter(({ field }) => sourceFields(source).includes(field));
  return (
    <Table.Tr data-testid={`mapping-${target.id}`}>
      <Table.Td>
        <FieldName target={target} />
      </Table.Td>
      <Table.Td>
        <FieldSelect
          target={target}
          source={source}
          fields={leverFields}
          vanished={changed.length > 0}
          refusal={(field) => refusal(compatibility, field)}
          onChange={onSource}
        />
        {suggestion && (
          <SuggestedSource
            target={target}
            suggestion={suggestion}
            fields={leverFields}
            onAccept={() => onAccept(suggestion)}
            onDismiss={() => onDismiss(suggestion)}
          />
        )}
        {source !== null && <SourceFields target={target} source={source} fields={leverFields} onChange={onSource} />}
        {rule && compatibility?.rule && (
          <CompatibilityNote target={target} compatibility={compatibility.rule} accepted={rule.accepts_loss === true} onAccept={onLoss} />
        )}
        {unknown.map((id) => (
          <StateMark key={id} tone="wait" word={`Lever has no field ${id} here`} />
        ))}
        {changed.map(({ field, words }) => (
          <StateMark key={field} tone="bad" word={words} />
        ))}
      </Table.Td>
      <Table.Td>{rule && <ShapeButton target={target} rule={rule} onShape={onShape} />}</Table.Td>
      <Table.Td>
        <Stack gap={4}>
          {rule === undefined && target.required && <StateMark tone="bad" word="Required, not mapped" />}
          {suggestion && <SuggestedValue target={target} suggestion={suggestion} />}
          {rule && sample && <SampleCell target={target} sample={sample} stale={stale} />}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

/** Whether a field is not among those that were read; of one that vanished its drift tells. */
function isUnknown(id: string, known: readonly SourceField[], drift: readonly Drift[]): boolean {
  return id !== "" && !known.some((field) => field.id === id) && !drift.some(({ field }) => field === id);
}

export function FieldName({ target }: { target: TargetField }) {
  const { word, icon: Icon } = fieldTypes[target.type];
  return (
    <>
      <div className={classes.name}>
        {target.label}
        {target.required && (
          <span className={classes.required}>
            <span aria-hidden> *</span>
            <span className="visually-hidden">, required</span>
          </span>
        )}
      </div>
      <div className={classes.type}>
        <Icon size={14} stroke={1.6} aria-hidden />
        {word}
      </div>
    </>
  );
}

export function ShapeButton({ target, rule, onShape }: { target: TargetField; rule: Rule; onShape: () => void }) {
  const words = rule.transforms.map(describeTransform).join(", ");
  return (
    <Button
      size="xs"
      variant={words === "" ? "subtle" : "default"}
      color="gray"
      className={classes.shape}
      leftSection={words === "" && <IconPlus size={14} aria-hidden />}
      aria-label={`Transforms for ${target.label}: ${words === "" ? "none" : words}`}
      onClick={onShape}
    >
      {words === "" ? "Transform" : words}
    </Button>
  );
}
