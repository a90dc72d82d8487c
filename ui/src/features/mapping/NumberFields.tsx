import { Checkbox, Group, NumberInput, Stack } from "@mantine/core";
import type { DecimalMark, Grouping, Transform } from "../../generated/api";
import { Choice } from "./Choice";
import { newNumberStyle } from "./transforms";

type NumberFormat = Extract<Transform, { kind: "number_format" }>;

const readings: { value: DecimalMark; label: string }[] = [
  { value: "point", label: "64,000.50" },
  { value: "comma", label: "64.000,50" },
];

const groupings: { value: Grouping; label: string }[] = [
  { value: "none", label: "64000" },
  { value: "comma", label: "64,000" },
  { value: "point", label: "64.000" },
  { value: "space", label: "64 000" },
  { value: "apostrophe", label: "64'000" },
];

const marks: { value: DecimalMark; label: string }[] = [
  { value: "point", label: "Point" },
  { value: "comma", label: "Comma" },
];

/** How a number is read, and how it is written if it becomes a text. */
export function NumberFields({ step, onChange }: { step: NumberFormat; onChange: (step: NumberFormat) => void }) {
  const { write } = step;
  return (
    <Stack gap="xs">
      <Choice label="Read as" options={readings} value={step.read} onChange={(read) => onChange({ ...step, read })} />
      <Checkbox
        label="Write it as a text"
        checked={write !== null}
        onChange={(event) => onChange({ ...step, write: event.currentTarget.checked ? newNumberStyle : null })}
      />
      {write !== null && (
        <Group gap="xs" grow align="flex-end">
          <NumberInput
            label="Decimals"
            placeholder="All"
            min={0}
            max={10}
            allowDecimal={false}
            value={write.decimals ?? ""}
            onChange={(decimals) => onChange({ ...step, write: { ...write, decimals: typeof decimals === "number" ? decimals : null } })}
          />
          <Choice
            label="Thousands"
            options={groupings}
            value={write.grouping}
            onChange={(grouping) => onChange({ ...step, write: { ...write, grouping } })}
          />
          <Choice
            label="Decimal mark"
            options={marks}
            value={write.mark}
            onChange={(mark) => onChange({ ...step, write: { ...write, mark } })}
          />
        </Group>
      )}
    </Stack>
  );
}
