import { Stack } from "@mantine/core";
import { useCommand } from "../commands";
import { ConfigureCard } from "../features/ats/ConfigureCard";
import { OfferFormStep } from "../features/ats/OfferFormStep";
import { SetupSteps } from "../features/ats/SetupSteps";
import { StepFoot } from "../features/ats/StepFoot";
import { ATS_LEVER, setupSteps } from "../features/ats/steps";
import { WebhooksStep } from "../features/ats/WebhooksStep";
import { WritesSection } from "../features/ats/WritesSection";
import { ConnectionTab } from "../features/connection/ConnectionTab";
import { DisconnectSection } from "../features/grants/DisconnectSection";
import { Loaded } from "../shared/Loaded";
import { Page } from "../shared/Page";

const integration = "offer_letters";

/** Integrations > ATS > Lever: the connection for offer letters, and the steps of *Configure Lever*. */
export default function AtsLeverPage({ step }: { step?: string }) {
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
