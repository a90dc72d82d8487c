import { Stack } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useState } from "react";
import { ActivityTabs } from "../../shared/ActivityTabs";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { LoadOlder } from "../../shared/LoadOlder";
import { NothingMatches } from "../../shared/NothingMatches";
import { Page } from "../../shared/Page";
import { TextLink } from "../../shared/TextLink";
import { EventDrawer } from "./EventDrawer";
import { InboxFilters } from "./InboxFilters";
import { InboxList } from "./InboxList";
import { StorageSection } from "./StorageSection";
import { useInbox, type InboxFilter } from "./useInbox";

const everything: InboxFilter = { verdict: null, listener: null };

/** Everything that arrived at an address of Fulcrum's, with its verdict. */
export default function InboxPage() {
  const [filter, setFilter] = useState(everything);
  const [open, setOpen] = useState<number | null>(null);
  const { head, events, older } = useInbox(filter);
  const narrowed = filter.verdict !== null || filter.listener !== null;
  return (
    <Page title="Inbox" description="Every event that reached this laptop, newest first, and what was made of it.">
      <Stack gap="md">
        <ActivityTabs open="inbox" />
        <Loaded query={head}>
          {(page) => (
            <>
              <InboxFilters filter={filter} page={page} onChange={setFilter} />
              <Card>
                {events.length > 0 ? (
                  <InboxList events={events} onOpen={setOpen} />
                ) : narrowed ? (
                  <NothingMatches title="No event matches" why="The filter hides every event." onClear={() => setFilter(everything)} />
                ) : (
                  <NothingYet />
                )}
              </Card>
            </>
          )}
        </Loaded>
        <LoadOlder older={older} />
        {head.data && <StorageSection />}
      </Stack>
      <EventDrawer id={open} onClose={() => setOpen(null)} />
    </Page>
  );
}

function NothingYet() {
  return (
    <Empty
      icon={IconInbox}
      title="Nothing has arrived yet"
      why="What Lever sends to the address of a listener is listed here."
      action={<TextLink href="/workflows">Add a listener</TextLink>}
    />
  );
}
