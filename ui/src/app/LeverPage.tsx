import { Tabs } from "@mantine/core";
import { useLocation } from "wouter";
import { ConnectionTab } from "../features/connection/ConnectionTab";
import { DisconnectSection } from "../features/grants/DisconnectSection";
import { MappingTab } from "../features/mapping/MappingTab";
import { Page } from "../shared/Page";

const PATH = "/integrations/lever";

/** Settings > Integrations > Lever: the connection, and what comes in through it. */
export default function LeverPage({ tab }: { tab?: string }) {
  const [, navigate] = useLocation();
  const open = tab === "mapping" ? "mapping" : "connection";
  return (
    <Page
      title="Lever"
      description="Fulcrum reads candidates from Lever and imports each hire as a person."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Integrations", href: "/integrations" }, { label: "Lever" }]}
    >
      <Tabs value={open} keepMounted={false} onChange={(value) => navigate(value === "mapping" ? `${PATH}/mapping` : PATH)}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="connection">Connection</Tabs.Tab>
          <Tabs.Tab value="mapping">Inbound field mapping</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="connection">
          <ConnectionTab integration="onboarding" />
          <DisconnectSection integration="onboarding" />
        </Tabs.Panel>
        <Tabs.Panel value="mapping">
          <MappingTab page={PATH} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
