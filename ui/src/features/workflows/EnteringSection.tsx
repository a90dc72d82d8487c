import { Button, Group, Title } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import type { ListenerView, WorkflowView } from "../../generated/api";
import { Empty } from "../../shared/Empty";
import { Section } from "../../shared/Section";
import { AddListenerModal } from "./AddListenerModal";
import { AdmissionModal } from "./AdmissionModal";
import { ListenerCard } from "./ListenerCard";
import { RemoveListener } from "./RemoveListener";
import { ReplaceTokenModal } from "./ReplaceTokenModal";
import classes from "./rows.module.css";
import { useListenerDraft } from "./useListenerDraft";

type Asked = { what: "remove" | "replace" | "admit"; listener: ListenerView } | null;

/** *Entering the workflow*: the third-party events that let people in. */
export function EnteringSection({ workflow }: { workflow: WorkflowView }) {
  const [asked, setAsked] = useState<Asked>(null);
  const draft = useListenerDraft(workflow);
  const { listeners, events } = workflow;
  const acts = ({ event }: ListenerView) => events.some((choice) => choice.event === event && choice.used);
  return (
    <Section title="Entering the workflow" description="The events that let a person in." flush testId="entering">
      <Group justify="space-between" px="lg" pb="sm">
        <Title order={3}>Third-party events</Title>
        <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={draft.open}>
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
        workflow={workflow}
        draft={draft}
        onReplaceToken={(listener) => setAsked({ what: "replace", listener })}
      />
      <ReplaceTokenModal listener={asked?.what === "replace" ? asked.listener : null} onClose={() => setAsked(null)} />
      <AdmissionModal listener={asked?.what === "admit" ? asked.listener : null} onClose={() => setAsked(null)} />
      <RemoveListener listener={asked?.what === "remove" ? asked.listener : null} onClose={() => setAsked(null)} />
    </Section>
  );
}
