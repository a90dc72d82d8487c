import { Button, Group, Stack, Text } from "@mantine/core";
import type { CandidateChoice, KeptSample } from "../../generated/api";
import type { CommandError } from "../../host";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import type { ChosenSample } from "./useSample";

interface SampleAnswerProps {
  sample: ChosenSample;
  /** Why the draft gives nothing for it. */
  error: CommandError | null;
}

/** Whose samples are shown and from when, or why there are none. */
export function SampleAnswer({ sample, error }: SampleAnswerProps) {
  const { shown, choices, go, retry } = sample;
  return (
    <Stack gap="sm" aria-live="polite" data-testid="sample-answer">
      {sample.error && <Problem error={sample.error} onRetry={retry} />}
      {choices.length > 0 && <Choices candidates={choices} onChoose={(id) => go({ kind: "opportunity", id })} />}
      {shown?.not_fresh && (
        <Notice tone="wait" action={<Again shown={shown} sample={sample} />}>
          {shown.not_fresh} These are the values read before.
        </Notice>
      )}
      {error && shown && <Problem error={error} onRetry={() => go({ kind: "opportunity", id: shown.candidate.opportunity_id })} />}
      {shown && (
        <Text size="sm" c="dimmed">
          {sample.stale ? "Older samples of " : "Samples of "}
          <bdi>{shown.candidate.name}</bdi>
          {shown.candidate.description !== "" && ` (${shown.candidate.description})`}, read from Lever{" "}
          <Time at={shown.read_at} />
        </Text>
      )}
    </Stack>
  );
}

function Again({ shown, sample: { go, busy } }: { shown: KeptSample; sample: ChosenSample }) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => go({ kind: "opportunity", id: shown.candidate.opportunity_id })}
    >
      Try again
    </Button>
  );
}

function Choices({ candidates, onChoose }: { candidates: CandidateChoice[]; onChoose: (id: string) => void }) {
  return (
    <Stack gap="xs" role="group" aria-label="Choose a candidate">
      <Text size="sm">Several candidates match. Choose one.</Text>
      <Group gap="xs">
        {candidates.map(({ opportunity_id, name, description }) => (
          <Button key={opportunity_id} size="xs" variant="default" onClick={() => onChoose(opportunity_id)}>
            <bdi>{name}</bdi>, {description}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
