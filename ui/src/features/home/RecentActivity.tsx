import { Anchor } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { Link } from "wouter";
import type { ActivityLine } from "../../generated/api";
import { ActivityRow } from "../../shared/ActivityRow";
import { Empty } from "../../shared/Empty";
import { Section } from "../../shared/Section";

/** The newest lines of the log. */
export function RecentActivity({ lines }: { lines: ActivityLine[] }) {
  return (
    <Section
      title="Recent activity"
      flush
      testId="recent"
      action={
        <Anchor component={Link} href="/activity" size="sm">
          All activity
        </Anchor>
      }
    >
      {lines.length === 0 ? (
        <Empty
          icon={IconHistory}
          title="Nothing has happened yet"
          why="Everything that Lever, you or Fulcrum does is written here. It begins when you connect Lever."
        />
      ) : (
        lines.map((line) => <ActivityRow key={line.id} line={line} />)
      )}
    </Section>
  );
}
