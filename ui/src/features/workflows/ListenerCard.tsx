import { Button, Group, Stack, Text } from "@mantine/core";
import type { ListenerView } from "../../generated/api";
import { LeverMark } from "../../shared/LeverMark";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { useAnnounceChange } from "../../shared/useAnnounceChange";
import { admissionLines } from "./admission";
import { DoubledNote } from "./DoubledNote";
import { listenerWords, switchedOff } from "./listener-words";
import { ListenerSwitch } from "./ListenerSwitch";
import { RunHeld } from "./RunHeld";
import { SetUpForMe } from "./SetUpForMe";

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
export function ListenerCard({ listener, acts, onContinue, onReplaceToken, onAdmit, onRemove }: ListenerCardProps) {
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
      <WhoIsLetIn listener={listener} />
      <Moments listener={listener} />
      {listener.endpoint_problem !== null && <Text size="sm">{listener.endpoint_problem}</Text>}
      <DoubledNote listener={listener.id} />
      {state === "token_did_not_match" && (
        <Text size="sm">
          Events arrive, but their signature does not fit the saved token. Copy the Signature token of this event
          from Lever again.
        </Text>
      )}
      {(listener.set_up === "gone" || listener.set_up === "interrupted") && state !== "draft" && (
        <SetUpForMe listener={listener} blocked={false} />
      )}
      {listener.set_up === "made" && (
        <Text size="xs" c="dimmed">
          Fulcrum made its webhook: only Fulcrum can change or delete it, and removing this listener deletes it in
          Lever.
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
        {state !== "draft" && acts && (
          <Button size="xs" variant="default" aria-label={`Whom ${label} lets in`} onClick={onAdmit}>
            Whom it lets in
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={onRemove}>
          Remove
        </Button>
      </Group>
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
