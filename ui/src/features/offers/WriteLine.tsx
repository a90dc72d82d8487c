import { Button } from "@mantine/core";
import { useAction } from "../../commands";
import type { WriteView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import classes from "./Offer.module.css";
import { written } from "./write-words";
import { WriteState } from "./WriteState";

/** One thing that is written to Lever, with *Retry* while it is not there. */
export function WriteLine({ letterId, write }: { letterId: string; write: WriteView }) {
  const announce = useAnnounce();
  const retry = useAction("letters.retry");
  const what = written(write);
  const run = () => retry.mutate({ id: letterId, kind: write.kind }, { onSuccess: () => announce(`${what}: trying again`) });
  return (
    <div className={classes.write} data-testid={`write-${write.kind}`}>
      <span>{what}</span>
      <WriteState write={write} />
      {write.done_at === null && (
        <Button size="xs" variant="default" loading={retry.isPending} aria-label={`Retry: ${what}`} onClick={run}>
          Retry
        </Button>
      )}
      {retry.error && <Problem error={retry.error} />}
    </div>
  );
}
