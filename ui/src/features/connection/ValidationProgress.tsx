import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { Integration, Validation } from "../../generated/api";
import { Problem } from "../../shared/Problem";

interface ValidationProgressProps {
  integration: Integration;
  validation: Validation;
}

/** How far *Validate* is, what Lever is slow with, and *Stop* (SCREENS.md 4.3.1 and 4.3.4). */
export function ValidationProgress({ integration, validation }: ValidationProgressProps) {
  const stop = useAction("connections.stop_validation");
  const { checks, total, current, slow } = validation;
  const done = checks.length;
  return (
    <Stack gap="xs" data-testid="validation">
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label="Checks made" />
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          Check {Math.min(done + 1, total)} of {total}: {current}
        </Text>
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ integration })}>
          Stop
        </Button>
      </Group>
      <Text size="sm" role="status">
        {slow ? `This takes longer than usual: “${current}”. You can wait, or stop and try again later.` : ""}
      </Text>
      {stop.error && <Problem error={stop.error} />}
    </Stack>
  );
}
