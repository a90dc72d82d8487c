import { Button, Group } from "@mantine/core";
import { useAction } from "../../commands";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { SecondsAgo } from "../../shared/SecondsAgo";

/** When Lever was last asked about a letter, and *Check now*. */
export function CheckNow({ id, checkedAt }: { id: string; checkedAt: number }) {
  const announce = useAnnounce();
  const check = useAction("letters.check_now");
  const run = () => check.mutate({ id }, { onSuccess: () => announce("Checked") });
  return (
    <>
      <Group gap="sm">
        <span data-testid="letter-checked">
          <SecondsAgo at={checkedAt} />
        </span>
        <Button size="compact-sm" variant="default" loading={check.isPending} onClick={run}>
          Check now
        </Button>
      </Group>
      {check.error && <Problem error={check.error} onRetry={run} />}
    </>
  );
}
