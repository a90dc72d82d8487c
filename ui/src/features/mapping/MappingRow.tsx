import { Button, Stack, Table, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { PersonField, Rule, Sample, Source, SourceField } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { FieldSelect } from "./FieldSelect";
import { fieldTypes } from "./field-types";
import classes from "./MappingTable.module.css";
import { SampleCell } from "./SampleCell";
import { describeTransform } from "./transforms";

interface MappingRowProps {
  person: PersonField;
  rule: Rule | undefined;
  leverFields: SourceField[];
  vanished: string[];
  sample: Sample | undefined;
  stale: boolean;
  onSource: (source: Source | null) => void;
  onShape: () => void;
}

/** A person field, where it comes from, what is done to it, and what that gives. */
export function MappingRow({ person, rule, leverFields, vanished, sample, stale, onSource, onShape }: MappingRowProps) {
  const source = rule?.source ?? null;
  const gone = source?.kind === "lever" && vanished.includes(source.field);
  return (
    <Table.Tr data-testid={`mapping-${person.id}`}>
      <Table.Td>
        <FieldName person={person} />
      </Table.Td>
      <Table.Td>
        <FieldSelect person={person} source={source} fields={leverFields} vanished={gone} onChange={onSource} />
        {source?.kind === "lever" && <code className={classes.id}>{source.field}</code>}
        {source?.kind === "constant" && (
          <TextInput
            mt={8}
            aria-label={`Fixed value for ${person.label}`}
            placeholder="The same for everyone"
            value={source.value}
            onChange={(event) => onSource({ kind: "constant", value: event.currentTarget.value })}
          />
        )}
        {gone && <StateMark tone="bad" word="No longer in Lever" />}
      </Table.Td>
      <Table.Td>{rule && <ShapeButton person={person} rule={rule} onShape={onShape} />}</Table.Td>
      <Table.Td>
        <Stack gap={4}>
          {rule === undefined && person.required && <StateMark tone="bad" word="Required, not mapped" />}
          {rule && sample && <SampleCell person={person} sample={sample} stale={stale} />}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

function FieldName({ person }: { person: PersonField }) {
  const { word, icon: Icon } = fieldTypes[person.type];
  return (
    <>
      <div className={classes.name}>
        {person.label}
        {person.required && (
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

function ShapeButton({ person, rule, onShape }: { person: PersonField; rule: Rule; onShape: () => void }) {
  const words = rule.transforms.map(describeTransform).join(", ");
  return (
    <Button
      size="xs"
      variant={words === "" ? "subtle" : "default"}
      color="gray"
      className={classes.shape}
      leftSection={words === "" && <IconPlus size={14} aria-hidden />}
      aria-label={`Transforms for ${person.label}: ${words === "" ? "none" : words}`}
      onClick={onShape}
    >
      {words === "" ? "Transform" : words}
    </Button>
  );
}
