import { Button, Group, Stack, Text } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useAction, useCommand } from "../../commands";
import type { GapsView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
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
  return (
    <Stack gap="lg">
      {left_out > 0 && (
        <Notice tone="wait">
          {`The relay's own numbers show ${count(left_out, "gap")} in what it delivered. What was missing in Lever's own record is listed here.`}
        </Notice>
      )}
      <Section
        title={verdict(open.length)}
        description={
          compared_until === null ? "Not compared yet" : <Text component="span" size="sm">Compared up to <Time at={compared_until} /></Text>
        }
        action={open.length > 1 && <All runs={open.some(({ runs }) => runs)} />}
        flush
        testId="gaps"
      >
        {open.length === 0 ? (
          <Empty icon={IconChecks} title="Nothing is missing" why="Every change in Lever that a listener waits for has its event here." />
        ) : (
          open.map((gap) => <GapRow key={gap.id} gap={gap} />)
        )}
      </Section>
    </Stack>
  );
}

function All({ runs }: { runs: boolean }) {
  const run = useAction("gaps.run");
  const dismiss = useAction("gaps.dismiss");
  return (
    <Group gap="xs" wrap="nowrap">
      {runs && (
        <Button size="xs" loading={run.isPending} onClick={() => run.mutate({ id: null })}>
          Run all
        </Button>
      )}
      <Button size="xs" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate({ id: null })}>
        Dismiss all
      </Button>
    </Group>
  );
}

function verdict(missing: number): string {
  return missing === 0 ? "No change is without its event" : `${count(missing, "change")} had no event`;
}
