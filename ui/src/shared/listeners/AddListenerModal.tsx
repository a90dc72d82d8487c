import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import { useAction, useCommand } from "../../commands";
import type { EventChoice, ListenerView } from "../../generated/api";
import { useAnnounce } from "../announce";
import { Problem } from "../Problem";
import { TokenInput } from "../TokenInput";
import { count } from "../words";
import classes from "./AddListenerModal.module.css";
import { EndpointField } from "./EndpointField";
import { LeverSteps } from "./LeverSteps";
import { RunHeld } from "./RunHeld";
import { SetUpForMe } from "./SetUpForMe";
import type { ListenerDraft } from "./useListenerDraft";
import { WaitingForLever } from "./WaitingForLever";

/** What a listener is asked besides event and token. */
export interface Conditions {
  /** What it cannot do without. */
  first: ReactNode;
  /** What narrows it. */
  last: ReactNode;
  /** What is still to be chosen, as a sentence. */
  lacking: string | null;
}

interface AddListenerProps {
  events: readonly EventChoice[];
  draft: ListenerDraft;
  /** Whom it lets in, where it leads into a workflow. */
  conditions?: Conditions;
  /** The saved token turned out not to be the right one. */
  onReplaceToken: (listener: ListenerView) => void;
}

/** *Add listener*: application, event, Endpoint URL, Signature token, *Create event listener*. */
export function AddListenerModal(props: AddListenerProps) {
  const { draft } = props;
  return (
    <Modal opened={draft.opened} onClose={draft.close} size={880} title="Add listener">
      <ListenerForm key={draft.listenerId} {...props} />
    </Modal>
  );
}

function ListenerForm({ events, draft, conditions, onReplaceToken }: AddListenerProps) {
  const [token, setToken] = useState("");
  const why = useId();
  const announce = useAnnounce();
  const create = useAction("listeners.create");
  const listener = useCommand("listeners.show", { id: draft.listenerId ?? "" }, { enabled: draft.listenerId !== null });
  const choice = events.find(({ event }) => event === draft.event);
  const incomplete = conditions?.lacking ?? null;
  const lacking = incomplete ?? (token === "" ? "Paste the Signature token first." : null);
  const ready = draft.listenerId !== null && lacking === null;
  const refused = create.error?.field === "signature_token" ? create.error.message : null;

  const submit = () => {
    if (draft.listenerId === null || !ready) return;
    create.mutate(
      { id: draft.listenerId, signature_token: token },
      {
        onSuccess: ({ event_label }) => announce(`Event listener for ${event_label} created`),
      },
    );
  };
  // With the token it is complete, whoever brought it; what is left is to see that something arrives.
  if (listener.data && listener.data.token_hint !== null) {
    const complete = listener.data;
    const replace = () => {
      draft.close();
      onReplaceToken(complete);
    };
    return <Complete listener={complete} onReplaceToken={replace} onClose={draft.close} />;
  }
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        <Select label="Application" data={["Lever"]} value="Lever" allowDeselect={false} />
        <Select
          label="Event"
          data={events.map(option)}
          value={draft.event}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = events.find(({ event }) => event === value);
            if (chosen) draft.choose(chosen.event);
          }}
        />
        {choice && !choice.used && (
          <Text size="xs" c="dimmed">
            This workflow does not act on {choice.label}. Fulcrum only records it.
          </Text>
        )}
        {draft.error && <Problem error={draft.error} onRetry={() => draft.event && draft.choose(draft.event)} />}
        {conditions?.first}
        <EndpointField listener={listener} />
        <TokenInput value={token} error={refused} onChange={setToken} />
        {listener.data && listener.data.held > 0 && (
          <Text size="sm" role="status">
            {count(listener.data.held, "event")} {listener.data.held === 1 ? "is" : "are"} held until the token is
            saved. You decide then whether to run them.
          </Text>
        )}
        {create.error && refused === null && <Problem error={create.error} />}
        {conditions?.last}
      </Stack>
      <Stack gap="md">
        <LeverSteps eventLabel={choice?.label ?? "the event"} leverUrl={listener.data?.lever_webhooks_url ?? null} />
        {listener.data && <SetUpForMe listener={listener.data} blocked={incomplete !== null} />}
      </Stack>
      <Group justify="flex-end" className={classes.foot}>
        <Text size="xs" c="dimmed" id={why} flex={1}>
          {lacking === null ? "" : `${lacking} If you close this window, the draft and its address stay.`}
        </Text>
        <Button variant="default" onClick={draft.close}>
          Close
        </Button>
        <Button
          aria-disabled={!ready}
          data-disabled={!ready || undefined}
          aria-describedby={why}
          loading={create.isPending}
          onClick={submit}
        >
          Create event listener
        </Button>
      </Group>
    </div>
  );
}

interface CompleteProps {
  listener: ListenerView;
  onReplaceToken: () => void;
  onClose: () => void;
}

function Complete({ listener, onReplaceToken, onClose }: CompleteProps) {
  return (
    <Stack gap="md">
      <Text size="sm">
        The listener for <strong>{listener.event_label}</strong> is created.
      </Text>
      {listener.set_up === "made" && <SetUpForMe listener={listener} blocked={false} />}
      <WaitingForLever listener={listener} onReplaceToken={onReplaceToken} onClose={onClose} />
      {listener.held > 0 && (
        <Group>
          <RunHeld listener={listener} />
        </Group>
      )}
    </Stack>
  );
}

function option({ event, label, used }: EventChoice) {
  return { value: event, label: used ? label : `${label} (recorded only)` };
}
