import { Button, Group, Stack, Text } from "@mantine/core";
import type { ListenerView } from "../../generated/api";
import { LeverMark } from "../../shared/LeverMark";
import { listenerWords, switchedOff } from "../../shared/listeners/listener-words";
import { ListenerActions } from "../../shared/listeners/ListenerActions";
import { ListenerNotes } from "../../shared/listeners/ListenerNotes";
import { ListenerSwitch } from "../../shared/listeners/ListenerSwitch";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { useAnnounceChange } from "../../shared/useAnnounceChange";
import { admissionLines } from "./admission";

interface ListenerCardProps {
  listener: ListenerView;
  /** Whether somebody enters through its event; the others are recorded only. */
  acts: boolean;
  onContinue: () => void;
  onReplaceToken: () => void;
  onAdmit: () => void;
  onRemove: () => void;
}

/** A listener: what it waits for, how far it is, and what can be done. */
export function ListenerCard({ listener, acts, onAdmit, ...done }: ListenerCardProps) {
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
      <WhoIsLetIn listener={listener} />
      <Moments listener={listener} />
      <ListenerNotes listener={listener} />
      <ListenerActions listener={listener} {...done}>
        {state !== "draft" && acts && (
          <Button size="xs" variant="default" aria-label={`Whom ${label} lets in`} onClick={onAdmit}>
            Whom it lets in
          </Button>
        )}
      </ListenerActions>
    </Stack>
  );
}

function WhoIsLetIn({ listener }: { listener: ListenerView }) {
  const lines = admissionLines(listener.admission);
  if (listener.event === "candidateStageChange" && listener.admission.stage === null) {
    return <Text size="sm">No stage is chosen, so its events are recorded only.</Text>;
  }
  return (
    <Text size="sm" component="div">
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Text>
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
