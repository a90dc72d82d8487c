import { ActionIcon, Autocomplete, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconArrowRight, IconPlus, IconX } from "@tabler/icons-react";
import type { IfNoMatch, Pair, Transform } from "../../generated/api";
import { Choice } from "./Choice";

type ValueMap = Extract<Transform, { kind: "value_map" }>;

const answers: { value: IfNoMatch["kind"]; label: string }[] = [
  { value: "keep", label: "Keep the value" },
  { value: "default", label: "Use another value" },
  { value: "stop", label: "Stop and ask" },
];

interface ValueMapFieldsProps {
  step: ValueMap;
  /** What the field takes, if that is a choice. */
  options: string[];
  onChange: (step: ValueMap) => void;
}

/** The pairs of a value map, and what happens to a value in none of them. */
export function ValueMapFields({ step, options, onChange }: ValueMapFieldsProps) {
  const { pairs, if_no_match: ifNoMatch } = step;
  const setPair = (index: number, pair: Pair) => onChange({ ...step, pairs: pairs.with(index, pair) });
  return (
    <Stack gap="xs">
      {pairs.map((pair, index) => (
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={`Value in Lever, pair ${index + 1}`}
            placeholder="CA"
            value={pair.from}
            onChange={(event) => setPair(index, { ...pair, from: event.currentTarget.value })}
          />
          <IconArrowRight size={16} role="img" aria-label="becomes" style={{ flex: "none" }} />
          <Autocomplete
            flex={1}
            aria-label={`Value to use, pair ${index + 1}`}
            placeholder={options[0] ?? "California"}
            data={options}
            value={pair.to}
            onChange={(to) => setPair(index, { ...pair, to })}
          />
          <ActionIcon
            aria-label={`Remove pair ${index + 1}`}
            disabled={pairs.length === 1}
            onClick={() => onChange({ ...step, pairs: pairs.toSpliced(index, 1) })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => onChange({ ...step, pairs: [...pairs, { from: "", to: "" }] })}
      >
        Add pair
      </Button>
      <Choice
        label="If no match"
        options={answers}
        value={ifNoMatch.kind}
        onChange={(kind) => onChange({ ...step, if_no_match: newAnswer(kind) })}
      />
      {ifNoMatch.kind === "default" && (
        <TextInput
          label="Value to use"
          value={ifNoMatch.value}
          onChange={(event) => onChange({ ...step, if_no_match: { kind: "default", value: event.currentTarget.value } })}
        />
      )}
    </Stack>
  );
}

function newAnswer(kind: IfNoMatch["kind"]): IfNoMatch {
  return kind === "default" ? { kind, value: "" } : { kind };
}
