import { Stack, Tabs } from "@mantine/core";
import { useLocation } from "wouter";
import { useCommand } from "../commands";
import { ConfigureCard } from "../features/ats/ConfigureCard";
import { OfferFormStep } from "../features/ats/OfferFormStep";
import { SetupSteps } from "../features/ats/SetupSteps";
import { StepFoot } from "../features/ats/StepFoot";
import { ATS_LEVER, OFFER_MAPPING, setupSteps } from "../features/ats/steps";
import { WebhooksStep } from "../features/ats/WebhooksStep";
import { WritesSection } from "../features/ats/WritesSection";
import { ConnectionTab } from "../features/connection/ConnectionTab";
import { DisconnectSection } from "../features/grants/DisconnectSection";
import { OfferMappingTab } from "../features/mapping/OfferMappingTab";
import { Loaded } from "../shared/Loaded";
import { Page } from "../shared/Page";

const integration = "offer_letters";

/** Integrations > ATS > Lever: the connection for offer letters, and the steps of *Configure Lever*. */
export default function AtsLeverPage({ step }: { step?: string }) {
  const [, navigate] = useLocation();
  const current = setupSteps.find((one) => one.step === step)?.step;
  const connection = useCommand("connections.show", { integration });
  const connected = (connection.data?.severity ?? 0) > 0;
  return (
    <Page
      title={current === undefined ? "Lever" : "Configure Lever"}
      description="Offers in Lever become offer letters, and each letter's link goes back to the candidate in Lever."
      crumbs={[
        { label: "Integrations", href: "/integrations" },
        { label: "ATS", href: "/integrations/ats" },
        { label: "Lever", href: current === undefined ? undefined : ATS_LEVER },
        ...(current === undefined ? [] : [{ label: "Configure Lever" }]),
      ]}
    >
      {current !== undefined && <SetupSteps current={current} />}
      {current === undefined && (
        <Tabs
          value={step === "mapping" ? "mapping" : "connection"}
          keepMounted={false}
          onChange={(tab) => navigate(tab === "mapping" ? OFFER_MAPPING : ATS_LEVER)}
        >
          <Tabs.List mb="lg">
            <Tabs.Tab value="connection">Connection</Tabs.Tab>
            <Tabs.Tab value="mapping">Offer mapping</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="connection">
            <Loaded query={connection}>
              {() => (
                <Stack gap="lg">
                  {!connected && <ConfigureCard connected={false} />}
                  {connected && <ConnectionTab integration={integration} />}
                  <WritesSection />
                  {connected && <ConfigureCard connected />}
                  <DisconnectSection integration={integration} />
                </Stack>
              )}
            </Loaded>
          </Tabs.Panel>
          <Tabs.Panel value="mapping">
            <OfferMappingTab page={ATS_LEVER} />
          </Tabs.Panel>
        </Tabs>
      )}
      {current === "connect" && (
        <Stack gap="lg">
          <ConnectionTab integration={integration} />
          {connected && <StepFoot back={ATS_LEVER} next={`${ATS_LEVER}/webhooks`} label="Next" />}
        </Stack>
      )}
      {current === "webhooks" && <WebhooksStep />}
      {current === "offer-form" && <OfferFormStep />}
    </Page>
  );
}
