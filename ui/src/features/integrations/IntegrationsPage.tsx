import { SimpleGrid } from "@mantine/core";
import { Page } from "../../shared/Page";
import { IntegrationTile } from "./IntegrationTile";

/** What Fulcrum can be connected with. */
export default function IntegrationsPage() {
  return (
    <Page
      title="Integrations"
      description="Where people and offers come from and where they go."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Integrations" }]}
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <IntegrationTile
          integration="onboarding"
          name="Lever"
          purpose="Hires become people in workflows."
          href="/integrations/lever"
          testId="tile-lever"
        />
        <IntegrationTile
          integration="offer_letters"
          name="ATS"
          purpose="Offers in Lever become offer letters."
          href="/integrations/ats"
          testId="tile-ats"
        />
      </SimpleGrid>
    </Page>
  );
}
