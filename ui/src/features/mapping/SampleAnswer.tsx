import { Button, Group, Stack, Text } from "@mantine/core";
import type { CandidateChoice } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import type { MappingPreview } from "./usePreview";

/** Whose samples are shown and from when, or why there are none. */
export function SampleAnswer({ preview }: { preview: MappingPreview }) {
  const { error, choices, samples, stale } = preview;
  return (
    <Stack gap="sm" aria-live="polite" data-testid="sample-answer">
      {error && <Problem error={error} onRetry={preview.retry} />}
      {choices.length > 0 && (
        <Choices candidates={choices} onChoose={(id) => preview.go({ kind: "opportunity", id })} />
      )}
      {samples && (
        <Text size="sm" c="dimmed">
          {stale ? "Older samples of " : "Samples of "}
          <bdi>{samples.candidate.name}</bdi> ({samples.candidate.description}), read from Lever{" "}
          <Time at={samples.read_at} />
        </Text>
      )}
    </Stack>
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
