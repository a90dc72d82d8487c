import { Button, Stack } from "@mantine/core";
import { IconArrowUp, IconHistory } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { ActivityLine } from "../../generated/api";
import { ActivityRow } from "../../shared/ActivityRow";
import { ActivityTabs } from "../../shared/ActivityTabs";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { LoadOlder } from "../../shared/LoadOlder";
import { NothingMatches } from "../../shared/NothingMatches";
import { Page } from "../../shared/Page";
import { TextLink } from "../../shared/TextLink";
import classes from "./ActivityPage.module.css";
import { ActivityFilter } from "./ActivityFilter";
import { everything, matches } from "./lines";
import { useActivity } from "./useActivity";
import { useScrolledAway } from "./useScrolledAway";
import { WayDrawer } from "./WayDrawer";

/** Everything that happened, newest first. */
export default function ActivityPage() {
  const top = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState(everything);
  const [open, setOpen] = useState<ActivityLine | null>(null);
  const away = useScrolledAway(top);
  const { head, lines, waiting, showNewest, older } = useActivity(away || open !== null);
  const shown = lines.filter((line) => matches(line, filter));
  const goToNewest = () => {
    showNewest();
    top.current?.scrollIntoView({ block: "center" });
  };
  return (
    <Page
      title="Activity"
      description="Everything that Lever, you and Fulcrum did, newest first."
      action={<TextLink href="/activity/missed">Missed changes</TextLink>}
    >
      <Stack gap="md">
        <ActivityTabs open="log" />
        <div ref={top}>
          <ActivityFilter filter={filter} onChange={setFilter} />
        </div>
        {waiting > 0 && (
          <Button
            size="xs"
            radius="xl"
            className={classes.pill}
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={goToNewest}
            data-testid="new-lines"
          >
            {waiting} new
          </Button>
        )}
        <Card>
          <Loaded query={head}>
            {() =>
              lines.length === 0 ? (
                <NothingYet />
              ) : shown.length === 0 ? (
                <NothingMatches title="No line matches" why="The filter hides every line that is loaded." onClear={() => setFilter(everything)} />
              ) : (
                shown.map((line) => <ActivityRow key={line.id} line={line} onOpen={() => setOpen(line)} />)
              )
            }
          </Loaded>
        </Card>
        <LoadOlder older={older} />
      </Stack>
      <WayDrawer line={open} lines={lines} onClose={() => setOpen(null)} />
    </Page>
  );
}

function NothingYet() {
  return (
    <Empty
      icon={IconHistory}
      title="Nothing has happened yet"
      why="Every connection, event and import is written here. It begins when you connect Lever."
      action={<TextLink href="/integrations/lever">Connect Lever</TextLink>}
    />
  );
}
