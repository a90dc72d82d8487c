import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { InboxEvent } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Confirm } from "../../shared/Confirm";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";

/** *Run* and *Dismiss*. Running goes the same way as an event that arrives, so what is done already is not done twice. */
export function DecideSection({ event: { row, can_run, can_replay, waits } }: { event: InboxEvent }) {
  const [asked, setAsked] = useState(false);
  const announce = useAnnounce();
  const run = useAction("inbox.run");
  const dismiss = useAction("inbox.dismiss");
  if (!can_run && waits === null) return null;
  const confirm = () => {
    setAsked(false);
    run.mutate({ id: row.id }, { onSuccess: () => announce(`Event #${row.id} runs`) });
  };
  return (
    <>
      {waits !== null && <Notice tone="wait">{waits}</Notice>}
      <Group gap="xs">
        {can_run && (
          <Button size="xs" loading={run.isPending} onClick={() => setAsked(true)}>
            Run for real
          </Button>
        )}
        {waits !== null && (
          <Button
            size="xs"
            variant="default"
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate({ id: row.id }, { onSuccess: () => announce(`Event #${row.id} dismissed`) })}
          >
            Dismiss
          </Button>
        )}
      </Group>
      {run.error && <Problem error={run.error} />}
      {dismiss.error && <Problem error={dismiss.error} />}
      <Confirm
        opened={asked}
        title={`Run event #${row.id} for real?`}
        verb="Run for real"
        onConfirm={confirm}
        onClose={() => setAsked(false)}
      >
        {can_replay
          ? "Lever is read again, and if it still agrees the candidate is imported through the newest mapping and enters the workflow. Filters of the listener do not count. Somebody who is in already is updated and does not enter twice."
          : "Lever is read again, and the candidate's offer letters follow what it says. What they show already is not done twice."}
      </Confirm>
    </>
  );
}
