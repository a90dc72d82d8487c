import { Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import { ExternalLink } from "../../shared/ExternalLink";
import { Loaded } from "../../shared/Loaded";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { OfferEvents } from "./OfferEvents";
import { SetUpAll } from "./SetUpAll";
import { StepFoot } from "./StepFoot";
import { ATS_LEVER } from "./steps";
import { useLeverPages } from "./useLeverPages";

/** How Lever says that something happened, where that is switched on, and whether it arrives. */
export function WebhooksStep() {
  const offers = useCommand("listeners.of_offers", {});
  return (
    <Stack gap="lg">
      <Loaded query={offers}>
        {(view) => (
          <>
            <Section title="Events" description="Lever calls Fulcrum when one of these happens." flush>
              <OfferEvents {...view} />
            </Section>
            <Section title="Webhooks in Lever" description="Each event has a toggle in Lever, and a webhook of its own.">
              <Stack gap="md">
                <SetUpAll {...view} />
                <ByHand />
              </Stack>
            </Section>
          </>
        )}
      </Loaded>
      <StepFoot back={`${ATS_LEVER}/connect`} next={`${ATS_LEVER}/offer-form`} label="Next" />
    </Stack>
  );
}

/** What to do in Lever, and the link there. */
function ByHand() {
  const { webhooks } = useLeverPages();
  return (
    <>
      <Text component="ol" size="sm" m={0} ps={20}>
        <li>
          In Lever, open <strong>Settings &gt; Integrations and API &gt; Webhooks</strong>. Only a Super Admin can.
        </li>
        <li>Turn on the toggle of each event above.</li>
        <li>
          For each event, add a webhook with the <strong>Endpoint URL</strong> of its listener, and paste its{" "}
          <strong>Signature token</strong> into that listener. What Fulcrum set up for you has both already.
        </li>
      </Text>
      {webhooks === null ? (
        <Text size="sm" c="dimmed">
          The link to the page in Lever appears here once <TextLink href={`${ATS_LEVER}/connect`}>Lever is connected</TextLink>.
        </Text>
      ) : (
        <ExternalLink href={webhooks}>Open webhooks in Lever</ExternalLink>
      )}
    </>
  );
}
