import { Tabs } from "@mantine/core";
import { useLocation } from "wouter";

const addresses = { log: "/activity", inbox: "/activity/inbox" } as const;

/** The log and the inbox beside it. */
export function ActivityTabs({ open }: { open: keyof typeof addresses }) {
  const [, navigate] = useLocation();
  return (
    // Each is a page of its own, which a mere arrow key would leave.
    <Tabs value={open} activateTabWithKeyboard={false} onChange={(value) => navigate(value === "inbox" ? addresses.inbox : addresses.log)}>
      <Tabs.List aria-label="Activity">
        <Tabs.Tab value="log">Log</Tabs.Tab>
        <Tabs.Tab value="inbox">Inbox</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
