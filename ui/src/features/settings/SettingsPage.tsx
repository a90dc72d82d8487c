import { Stack } from "@mantine/core";
import { useCommand } from "../../commands";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { AboutSection } from "./AboutSection";
import { AppearanceSection } from "./AppearanceSection";
import { IntegrationsSection } from "./IntegrationsSection";
import { NetworkSection } from "./NetworkSection";
import { PersonFieldsSection } from "./PersonFieldsSection";
import { RelaySection } from "./RelaySection";
import { SecretsSection } from "./SecretsSection";

/** What can be set for this installation, and what it is. */
export default function SettingsPage() {
  const settings = useCommand("settings.show", {});
  const network = useCommand("network.show", {});
  return (
    <Page title="Settings" description="How this installation of Fulcrum works.">
      <Loaded query={settings}>
        {(view) => (
          <Stack gap="lg">
            <IntegrationsSection />
            <PersonFieldsSection />
            <AppearanceSection />
            <RelaySection key={JSON.stringify([view.relay_url, view.callback_ports])} settings={view} />
            <Loaded query={network}>{(set) => <NetworkSection key={JSON.stringify(set)} network={set} />}</Loaded>
            <SecretsSection />
            <AboutSection settings={view} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
