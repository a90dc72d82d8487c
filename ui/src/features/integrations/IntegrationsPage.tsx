import { SimpleGrid, Skeleton } from "@mantine/core";
import { useCommand } from "../../commands";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { IntegrationTile } from "./IntegrationTile";

const waiting = <Skeleton height={176} />;

/** What Fulcrum can be connected with. */
export default function IntegrationsPage() {
  const onboarding = useCommand("connections.show", { integration: "onboarding" });
  const letters = useCommand("connections.show", { integration: "offer_letters" });
  return (
    <Page
      title="Integrations"
      description="Where people and offers come from and where they go."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Integrations" }]}
    >
      {/* One inside the other, so that what ails both is said once. */}
      <Loaded query={onboarding} skeleton={waiting}>
        {(view) => (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <IntegrationTile
              view={view}
              name="Lever"
              purpose="Hires become people in workflows."
              href="/integrations/lever"
              testId="tile-lever"
            />
            <Loaded query={letters} skeleton={waiting}>
              {(other) => (
                <IntegrationTile
                  view={other}
                  name="ATS"
                  purpose="Offers in Lever become offer letters."
                  href="/integrations/ats"
                  testId="tile-ats"
                />
              )}
            </Loaded>
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}
