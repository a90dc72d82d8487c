import { Drawer, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useCommand } from "../../commands";
import type { InboxEvent } from "../../generated/api";
import { ActivityRow } from "../../shared/ActivityRow";
import { Facts } from "../../shared/Facts";
import { Loaded } from "../../shared/Loaded";
import { StateMark } from "../../shared/StateMark";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import { DecideSection } from "./DecideSection";
import { JsonTree } from "./JsonTree";
import { ReplaySection } from "./ReplaySection";
import { SignatureSteps } from "./SignatureSteps";
import { TryTokenSection } from "./TryTokenSection";
import { verdictWords } from "./verdict-words";

/** One event beside the list: what came, how it was checked, where it went, and what can be done. */
export function EventDrawer({ id, onClose }: { id: number | null; onClose: () => void }) {
  return (
    <Drawer opened={id !== null} onClose={onClose} size={620} title={`Event #${id ?? ""}`}>
      {id !== null && <Inspector key={id} id={id} />}
    </Drawer>
  );
}

function Inspector({ id }: { id: number }) {
  const event = useCommand("inbox.show", { id });
  return <Loaded query={event}>{(shown) => <Parts event={shown} />}</Loaded>;
}

function Parts({ event }: { event: InboxEvent }) {
  const { row, headers, body, checks, way, person_id } = event;
  return (
    <Stack gap="lg" data-testid="inspector">
      <Stack gap="xs">
        <StateMark {...verdictWords[row.verdict]} />
        {row.reason !== null && row.reason !== event.waits && <Text size="sm">{row.reason}</Text>}
        <Facts
          facts={[
            { label: "Event", value: row.event_label },
            { label: "Received by the relay", value: <Time at={row.received_at} /> },
            { label: "Stored here", value: <Time at={row.stored_at} /> },
            { label: "Size", value: count(row.size, "byte") },
          ]}
        />
      </Stack>
      <DecideSection event={event} />
      {event.can_try_token && <TryTokenSection event={event} />}
      {event.can_replay && <ReplaySection id={row.id} />}
      <Part title="Its way">
        {way.length === 0 ? (
          <Text size="sm">The log has no line of its own for it.</Text>
        ) : (
          way.map((line) => <ActivityRow key={line.id} line={line} />)
        )}
        {person_id !== null && <TextLink href={`/people/${encodeURIComponent(person_id)}`}>Open the person</TextLink>}
      </Part>
      {body === null ? (
        <Text size="sm" c="dimmed">
          Headers and body are not kept any more.
        </Text>
      ) : (
        <>
          <Part title="Signature">
            <SignatureSteps steps={checks} />
          </Part>
          <Part title="Body">
            <JsonTree text={body} />
          </Part>
          <Part title="Headers">
            <Facts facts={headers.map(({ name, value }) => ({ label: name, value }))} />
          </Part>
        </>
      )}
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}
