import { Button, Group, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { LeverMark } from "../../shared/LeverMark";
import { Problem } from "../../shared/Problem";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { useAnnounceChange } from "../../shared/useAnnounceChange";
import { count } from "../../shared/words";
import { listenerWords, switchedOff } from "./listener-words";
import { ListenerSwitch } from "./ListenerSwitch";

interface ListenerCardProps {
  listener: ListenerView;
  onContinue: () => void;
  onReplaceToken: () => void;
  onRemove: () => void;
}

/** A listener: what it waits for, how far it is, and what can be done. */
export function ListenerCard({ listener, onContinue, onReplaceToken, onRemove }: ListenerCardProps) {
  const { state, event_label: label, application } = listener;
  const words = listener.on ? listenerWords[state] : switchedOff;
  useAnnounceChange(`${label}: ${words.word}`);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <LeverMark size={18} />
          <Text size="sm" fw={600}>
            {application}: {label}
          </Text>
        </Group>
        <Group gap="md">
          <StateMark {...words} testId="listener-state" />
          <ListenerSwitch listener={listener} />
        </Group>
      </Group>
      {!listener.on && (
        <Text size="sm">
          {listener.paused
            ? "Lever was disconnected. What arrives waits here, and connecting the same organisation again switches it on."
            : "What arrives is stored and not run. The address lives on."}
        </Text>
      )}
      <Moments listener={listener} />
      {listener.endpoint_problem !== null && <Text size="sm">{listener.endpoint_problem}</Text>}
      {state === "token_did_not_match" && (
        <Text size="sm">
          Events arrive, but their signature does not fit the saved token. Copy the Signature token of this event
          from Lever again.
        </Text>
      )}
      <Group gap="xs">
        {state === "draft" && (
          <Button size="xs" variant="default" aria-label={`Continue with ${label}`} onClick={onContinue}>
            Continue
          </Button>
        )}
        {state !== "draft" && listener.held > 0 && <RunHeld listener={listener} />}
        {state !== "draft" && (
          <Button size="xs" variant="default" aria-label={`Replace token of ${label}`} onClick={onReplaceToken}>
            Replace token
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={onRemove}>
          Remove
        </Button>
      </Group>
    </Stack>
  );
}

function Moments({ listener }: { listener: ListenerView }) {
  const { verified_at, last_event_at, token_hint, created_at, state } = listener;
  return (
    <Text size="xs" c="dimmed" component="div">
      {verified_at !== null && (
        <div>
          Verified <Time at={verified_at} />
        </div>
      )}
      {last_event_at !== null && (
        <div>
          Last event <Time at={last_event_at} />
        </div>
      )}
      {state === "draft" && (
        <div>
          Begun <Time at={created_at} />. The signature token is missing.
        </div>
      )}
      {token_hint !== null && <div>Signature token: {token_hint}</div>}
    </Text>
  );
}

function RunHeld({ listener }: { listener: ListenerView }) {
  const announce = useAnnounce();
  const run = useAction("listeners.run_held");
  const held = count(listener.held, "held event");
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={run.isPending}
        onClick={() => run.mutate({ id: listener.id }, { onSuccess: () => announce(`${held} started`) })}
      >
        Run {held}
      </Button>
      {run.error && <Problem error={run.error} />}
    </>
  );
}
