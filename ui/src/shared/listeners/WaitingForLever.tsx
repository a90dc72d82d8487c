import { Button, Group, Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { ExternalLink } from "../ExternalLink";
import { Notice } from "../Notice";
import { wayWords } from "../relay-words";
import { StateMark } from "../StateMark";
import { TextLink } from "../TextLink";
import { Time } from "../Time";
import { listenerWords } from "./listener-words";
import { useQuietFor } from "./useQuietFor";

/** How long nothing may arrive before it is said, in milliseconds (SCREENS.md 4.6.7). */
const QUIET = 60_000;

interface WaitingForLeverProps {
  listener: ListenerView;
  onReplaceToken: () => void;
  onClose: () => void;
}

/** After the token was saved: waits for *Verify connection*, and says so if nothing comes. */
export function WaitingForLever({ listener, onReplaceToken, onClose }: WaitingForLeverProps) {
  const { state, verified_at, last_event_at, event_label: label, set_up } = listener;
  const seen = verified_at ?? last_event_at;
  const quiet = useQuietFor(seen === null && state !== "token_did_not_match", QUIET);
  return (
    <Stack gap="md" data-testid="waiting-for-lever">
      <Group gap="sm">
        <StateMark {...listenerWords[state]} />
        {seen !== null && (
          <Text size="sm" c="dimmed">
            <Time at={seen} />
          </Text>
        )}
      </Group>
      {seen === null && state !== "token_did_not_match" && (
        <Text size="sm">
          {set_up === "made"
            ? `Switch ${label} on in Lever. The first event shows here by itself.`
            : "Now click Verify connection in Lever. It shows here within two seconds."}
        </Text>
      )}
      {state === "token_did_not_match" && (
        <Notice tone="bad">
          Something arrived, but its signature does not fit the saved token. Copy the Signature token of {label} from
          Lever again and replace it.
          <Group mt="xs">
            <Button size="xs" variant="default" onClick={onReplaceToken}>
              Replace token
            </Button>
          </Group>
        </Notice>
      )}
      {quiet && <NothingArrived listener={listener} />}
      <Group justify="flex-end">
        {listener.lever_webhooks_url !== null && (
          <ExternalLink href={listener.lever_webhooks_url}>Open Lever settings</ExternalLink>
        )}
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

function NothingArrived({ listener }: { listener: ListenerView }) {
  const relay = useCommand("relay.show", {});
  return (
    <Notice tone="wait" urgent testId="nothing-arrived">
      <Stack gap={4}>
        <Text size="sm">Nothing has arrived for a minute.</Text>
        {listener.endpoint_problem !== null ? (
          <Text size="sm">{listener.endpoint_problem}</Text>
        ) : (
          <Text size="sm">
            {relay.data && wayWords(relay.data).sentence} Look in Lever whether {listener.event_label} is switched on and whether the webhook
            has exactly the address of this listener.
          </Text>
        )}
        <TextLink href="/connection-doctor">Open the connection doctor</TextLink>
      </Stack>
    </Notice>
  );
}
