import { Button, Group, Title } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import type { LeverEvent, ListenerView, WorkflowView } from "../../generated/api";
import { Empty } from "../../shared/Empty";
import { AddListenerModal } from "../../shared/listeners/AddListenerModal";
import { RemoveListener } from "../../shared/listeners/RemoveListener";
import { ReplaceTokenModal } from "../../shared/listeners/ReplaceTokenModal";
import { useListenerDraft } from "../../shared/listeners/useListenerDraft";
import { Section } from "../../shared/Section";
import { AdmissionModal } from "./AdmissionModal";
import { ListenerCard } from "./ListenerCard";
import classes from "./rows.module.css";
import { useConditions } from "./useConditions";

type Asked = { what: "remove" | "replace" | "admit"; listener: ListenerView } | null;

/** *Entering the workflow*: the third-party events that let people in. */
export function EnteringSection({ workflow }: { workflow: WorkflowView }) {
  const [asked, setAsked] = useState<Asked>(null);
  const { id, listeners, events } = workflow;
  const draft = useListenerDraft((event) => ({ integration: "onboarding", workflow_id: id, event }), listeners);
  const conditions = useConditions(draft, events);
  const usual = usualEvent(events);
  const acts = ({ event }: ListenerView) => events.some((choice) => choice.event === event && choice.used);
  return (
    <Section title="Entering the workflow" description="The events that let a person in." flush testId="entering">
      <Group justify="space-between" px="lg" pb="sm">
        <Title order={3}>Third-party events</Title>
        <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => usual && draft.open(usual)}>
          Add listener
        </Button>
      </Group>
      {listeners.length === 0 ? (
        <Empty
          icon={IconWebhook}
          title="No listeners yet"
          why="A listener waits for an event in Lever. Without one, nobody enters this workflow."
        />
      ) : (
        <ul className={classes.rows}>
          {listeners.map((listener) => (
            <li key={listener.id} className={classes.row} data-testid="listener">
              <ListenerCard
                listener={listener}
                acts={acts(listener)}
                onContinue={() => draft.resume(listener)}
                onReplaceToken={() => setAsked({ what: "replace", listener })}
                onAdmit={() => setAsked({ what: "admit", listener })}
                onRemove={() => setAsked({ what: "remove", listener })}
              />
            </li>
          ))}
        </ul>
      )}
      <AddListenerModal
        events={events}
        draft={draft}
        conditions={conditions}
        onReplaceToken={(listener) => setAsked({ what: "replace", listener })}
      />
      <ReplaceTokenModal listener={asked?.what === "replace" ? asked.listener : null} onClose={() => setAsked(null)} />
      <AdmissionModal listener={asked?.what === "admit" ? asked.listener : null} onClose={() => setAsked(null)} />
      <RemoveListener listener={asked?.what === "remove" ? asked.listener : null} onClose={() => setAsked(null)} />
    </Section>
  );
}

/** *Candidate hired*, or else the first event that the workflow acts on. */
function usualEvent(events: WorkflowView["events"]): LeverEvent | undefined {
  const used = events.filter((choice) => choice.used);
  return (used.find(({ event }) => event === "candidateHired") ?? used[0] ?? events[0])?.event;
}
