import { Button, Group, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { GapView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import classes from "./GapRow.module.css";

/** One change without an event: who, what, when, and what to do about it. */
export function GapRow({ gap: { id, candidate, what, event, changed_at, runs } }: { gap: GapView }) {
  const announce = useAnnounce();
  const run = useAction("gaps.run");
  const dismiss = useAction("gaps.dismiss");
  const name = candidate === "" ? "A candidate" : candidate;
  const problem = run.error ?? dismiss.error;
  return (
    <div className={classes.row} data-testid="gap">
      <Stack gap={2} flex={1} miw={0}>
        <Text size="sm" fw={600} dir="auto">
          {name}
        </Text>
        <Text size="sm">
          {what} <Time at={changed_at} />
        </Text>
        <Text size="xs" c="dimmed">
          No event “{event}” arrived
        </Text>
        {problem && <Problem error={problem} />}
      </Stack>
      <Group gap="xs" wrap="nowrap">
        {runs && (
          <Button
            size="xs"
            variant="default"
            loading={run.isPending}
            aria-label={`Run: ${name}`}
            onClick={() => run.mutate({ id }, { onSuccess: () => announce(`${name}: running`) })}
          >
            Run
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={dismiss.isPending}
          aria-label={`Dismiss: ${name}`}
          onClick={() => dismiss.mutate({ id }, { onSuccess: () => announce(`${name}: dismissed`) })}
        >
          Dismiss
        </Button>
      </Group>
    </div>
  );
}
