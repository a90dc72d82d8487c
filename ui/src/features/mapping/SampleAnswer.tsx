import { Button, Group, Stack, Text } from "@mantine/core";
import type { CandidateChoice, KeptSample, Subject } from "../../generated/api";
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
      {choices.length > 0 && <Choices candidates={choices} onChoose={(candidate) => go(subjectOf(candidate))} />}
      {shown?.not_fresh && (
        <Notice tone="wait" action={<Again shown={shown} sample={sample} />}>
          {shown.not_fresh} These are the values read before.
        </Notice>
      )}
      {error && shown && <Problem error={error} onRetry={() => go(subjectOf(shown.candidate))} />}
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
      onClick={() => go(subjectOf(shown.candidate))}
    >
      Try again
    </Button>
  );
}

function Choices({ candidates, onChoose }: { candidates: CandidateChoice[]; onChoose: (candidate: CandidateChoice) => void }) {
  return (
    <Stack gap="xs" role="group" aria-label="Choose one">
      <Text size="sm">{candidates.some(({ offer_id }) => offer_id !== null) ? "There are several offers" : "Several candidates match"}. Choose one.</Text>
      <Group gap="xs">
        {candidates.map((candidate) => (
          <Button
            key={candidate.offer_id ?? candidate.opportunity_id}
            size="xs"
            variant="default"
            onClick={() => onChoose(candidate)}
          >
            <bdi>{candidate.name}</bdi>, {candidate.description}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** Reads the same one again. */
function subjectOf({ opportunity_id, offer_id }: CandidateChoice): Subject {
  return offer_id === null ? { kind: "opportunity", id: opportunity_id } : { kind: "offer", opportunity_id, offer_id };
}
