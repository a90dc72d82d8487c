import { Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowsDiff, IconChecks } from "@tabler/icons-react";
import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { GapsView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Confirm } from "../../shared/Confirm";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { Notice } from "../../shared/Notice";
import { Page } from "../../shared/Page";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import { GapRow } from "./GapRow";

/** What changed in Lever without an event, to be run or dismissed (SCREENS.md idea 3). */
export default function MissedPage() {
  const announce = useAnnounce();
  const gaps = useCommand("gaps.list", {});
  const find = useAction("gaps.find");
  const compare = () => find.mutate({}, { onSuccess: ({ open }) => announce(verdict(open.length)) });
  return (
    <Page
      title="Missed changes"
      crumbs={[{ label: "Activity", href: "/activity" }, { label: "Missed changes" }]}
      description="What changed in Lever against the events that arrived: compared after each outage, once a day, and when you ask."
      action={
        <Button variant="default" loading={find.isPending} onClick={compare}>
          Compare now
        </Button>
      }
    >
      {find.error && <Problem error={find.error} />}
      <Loaded query={gaps}>{(view) => <Gaps view={view} />}</Loaded>
    </Page>
  );
}

function Gaps({ view: { open, compared_until, left_out } }: { view: GapsView }) {
  const never = compared_until === null && open.length === 0;
  return (
    <Stack gap="lg">
      {left_out > 0 && (
        <Notice tone="wait">
          {`The relay left out events ${count(left_out, "time")}. What Lever's own record shows as missed is listed below.`}
        </Notice>
      )}
      <Section
        title={never ? "Not compared yet" : verdict(open.length)}
        description={
          compared_until !== null && <Text component="span" size="sm">Compared up to <Time at={compared_until} /></Text>
        }
        action={open.length > 1 && <All open={open.length} runs={open.some(({ runs }) => runs)} />}
        flush
        testId="gaps"
      >
        {never ? (
          <Empty
            icon={IconArrowsDiff}
            title="Nothing has been compared yet"
            why="Compare now reads from Lever what changed, and looks for the event of each change."
          />
        ) : open.length === 0 ? (
          <Empty icon={IconChecks} title="Nothing is missing" why="Every change in Lever that a listener waits for has its event here." />
        ) : (
          open.map((gap) => <GapRow key={gap.id} gap={gap} />)
        )}
      </Section>
    </Stack>
  );
}

function All({ open, runs }: { open: number; runs: boolean }) {
  const [asked, setAsked] = useState(false);
  const announce = useAnnounce();
  const run = useAction("gaps.run");
  const dismiss = useAction("gaps.dismiss");
  const problem = run.error ?? dismiss.error;
  const confirm = () => {
    setAsked(false);
    dismiss.mutate({ id: null }, { onSuccess: () => announce("All changes dismissed") });
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {runs && (
          <Button
            size="xs"
            loading={run.isPending}
            onClick={() => run.mutate({ id: null }, { onSuccess: () => announce("The missed changes run") })}
          >
            Run all
          </Button>
        )}
        <Button size="xs" variant="default" loading={dismiss.isPending} onClick={() => setAsked(true)}>
          Dismiss all
        </Button>
      </Group>
      {problem && <Problem error={problem} />}
      <Confirm
        opened={asked}
        title={`Dismiss ${count(open, "change")}?`}
        verb="Dismiss all"
        onConfirm={confirm}
        onClose={() => setAsked(false)}
      >
        Nothing is run for them, and they are not listed again.
      </Confirm>
    </Stack>
  );
}

function verdict(missing: number): string {
  return missing === 0 ? "No change is without its event" : `${count(missing, "change")} had no event`;
}
