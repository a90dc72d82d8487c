import { Group, NumberInput, Stack, TextInput } from "@mantine/core";
import type { End, Transform } from "../../generated/api";
import { Choice } from "./Choice";

type Split = Extract<Transform, { kind: "split" }>;

const ends: { value: End; label: string }[] = [
  { value: "start", label: "from the start" },
  { value: "end", label: "from the end" },
];

/** At what a text is cut, and which part is taken. */
export function SplitFields({ step, onChange }: { step: Split; onChange: (step: Split) => void }) {
  return (
    <Stack gap="xs">
      <TextInput
        label="Split at"
        description="Of a list, one of its items is taken."
        value={step.separator}
        onChange={(event) => onChange({ ...step, separator: event.currentTarget.value })}
      />
      <Group gap="xs" grow align="flex-end">
        <NumberInput
          label="Take part"
          min={1}
          max={1_000}
          allowDecimal={false}
          value={step.nth}
          onChange={(nth) => typeof nth === "number" && onChange({ ...step, nth })}
        />
        <Choice label="Counted" options={ends} value={step.from} onChange={(from) => onChange({ ...step, from })} />
      </Group>
    </Stack>
  );
}
