import { Button, Group, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { LeavingView } from "../../generated/api";
import { integrationWords } from "../../shared/connection-words";
import { ExternalLink } from "../../shared/ExternalLink";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";

/** An access that has ended here, and of which Lever was not told yet. */
export function LeavingNotice({ leaving }: { leaving: LeavingView }) {
  const retry = useAction("attention.retry");
  const forget = useAction("grants.forget");
  const { id, job_id: job, integration, environment, left_at, webhooks, why, next_try_at, lever_url } = leaving;
  const error = retry.error ?? forget.error;
  return (
    <Notice
      tone="wait"
      testId={`leaving-${integration}`}
      action={
        <Group gap="xs">
          {job !== null && (
            <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate({ id: job })}>
              Try now
            </Button>
          )}
          <Button size="compact-sm" variant="default" loading={forget.isPending} onClick={() => forget.mutate({ id })}>
            Stop trying
          </Button>
        </Group>
      }
      below={
        <>
          <Text size="xs">
            {why ?? "Lever is being told now."}
            {next_try_at !== null && why !== null && (
              <>
                {" "}
                Next try <Time at={next_try_at} ageOnly />.
              </>
            )}{" "}
            Until then what Lever has to be told with is kept encrypted, for that alone. <em>Stop trying</em> deletes it.
          </Text>
          {lever_url !== null && <ExternalLink href={lever_url}>End it in Lever</ExternalLink>}
          {error && <Problem error={error} />}
        </>
      }
    >
      {integrationWords[integration]} ({environment}) was disconnected here <Time at={left_at} ageOnly />. Lever does not
      know yet{webhooks > 0 && <>, and {count(webhooks, "webhook")} that Fulcrum made {webhooks === 1 ? "is" : "are"} still there</>}.
    </Notice>
  );
}
