import { Button, Group, Stack, Text } from "@mantine/core";
import type { ListenerView, OffersEvent } from "../../generated/api";
import { listenerWords, notSetUp, switchedOff } from "../../shared/listeners/listener-words";
import { ListenerActions } from "../../shared/listeners/ListenerActions";
import { ListenerNotes } from "../../shared/listeners/ListenerNotes";
import { ListenerSwitch } from "../../shared/listeners/ListenerSwitch";
import { Problem } from "../../shared/Problem";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { useAnnounceChange } from "../../shared/useAnnounceChange";
import { count } from "../../shared/words";
import { useSetUp } from "./useSetUp";

interface OfferEventRowProps {
  row: OffersEvent;
  /** Whether Fulcrum can make its webhook now. */
  canSetUp: boolean;
  onAdd: () => void;
  onContinue: (listener: ListenerView) => void;
  onReplaceToken: (listener: ListenerView) => void;
  onRemove: (listener: ListenerView) => void;
}

/** An event: what it means for a letter, how far its listener is, and what can be done. */
export function OfferEventRow({ row, canSetUp, onAdd, onContinue, onReplaceToken, onRemove }: OfferEventRowProps) {
  const { label, meaning, listener } = row;
  const words = listener === null ? notSetUp : listener.on ? listenerWords[listener.state] : switchedOff;
  const setUp = useSetUp(row);
  useAnnounceChange(`${label}: ${words.word}`);
  const forMe = canSetUp && (listener === null || listener.state === "draft") && (
    <Button size="xs" variant="light" aria-label={`Set up ${label} for me`} loading={setUp.isPending} onClick={setUp.run}>
      Set up for me
    </Button>
  );
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Stack gap={2} miw={0}>
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Text size="sm" c="dimmed">
            {meaning}
          </Text>
        </Stack>
        <Group gap="sm" wrap="nowrap" flex="none">
          <StateMark {...words} testId="listener-state" />
          {listener !== null && <ListenerSwitch listener={listener} />}
        </Group>
      </Group>
      {listener === null ? (
        <Group gap="xs">
          <Button size="xs" variant="default" aria-label={`Add listener for ${label}`} onClick={onAdd}>
            Add listener
          </Button>
          {forMe}
        </Group>
      ) : (
        <>
          <Moments listener={listener} />
          <ListenerNotes listener={listener} />
          <ListenerActions
            listener={listener}
            onContinue={() => onContinue(listener)}
            onReplaceToken={() => onReplaceToken(listener)}
            onRemove={() => onRemove(listener)}
          >
            {forMe}
          </ListenerActions>
        </>
      )}
      {setUp.error && <Problem error={setUp.error} />}
    </>
  );
}

/** What last came of it. */
function Moments({ listener: { state, held, last_event_at, verified_at } }: { listener: ListenerView }) {
  return (
    <Group gap="lg">
      <Moment label="Last event" at={last_event_at} />
      <Moment label="Last verification" at={verified_at} />
      {state === "draft" && (
        <Text size="xs" c="dimmed">
          The signature token is missing.{held > 0 && ` ${count(held, "event")} ${held === 1 ? "is" : "are"} held until then.`}
        </Text>
      )}
    </Group>
  );
}

function Moment({ label, at }: { label: string; at: number | null }) {
  return (
    <Text size="xs" c="dimmed">
      {label}: {at === null ? "none yet" : <Time at={at} />}
    </Text>
  );
}
