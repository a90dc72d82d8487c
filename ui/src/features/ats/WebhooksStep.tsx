import { Stack, Table, Text } from "@mantine/core";
import { ExternalLink } from "../../shared/ExternalLink";
import { RowHead } from "../../shared/RowHead";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { StepFoot } from "./StepFoot";
import { ATS_LEVER } from "./steps";
import { useLeverPages } from "./useLeverPages";

/** The four events that matter to an offer letter, and what each leads to (AG-04). */
const events = [
  { name: "Candidate stage change", meaning: "A candidate reaches the Offer stage: the letter of an offer that is Sent Manually is created. Later changes tell that the offer was signed or declined." },
  { name: "Candidate archive state change", meaning: "The candidate is archived, so the letter is no longer open." },
  { name: "Candidate hired", meaning: "The candidate is hired, so the letter counts as accepted." },
  { name: "Candidate deleted", meaning: "The candidate is deleted in Lever, and the letter here with them." },
];

/** How Lever says that something happened, and where that is switched on. */
export function WebhooksStep() {
  const { webhooks } = useLeverPages();
  return (
    <Stack gap="lg">
      <Section title="Webhooks in Lever" description="Lever calls Fulcrum when one of these happens.">
        <Stack gap="md">
          <Table data-testid="ats-events">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Event in Lever</Table.Th>
                <Table.Th>What it means for a letter</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {events.map(({ name, meaning }) => (
                <Table.Tr key={name}>
                  <RowHead>{name}</RowHead>
                  <Table.Td>{meaning}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text component="ol" size="sm" m={0} ps={20}>
            <li>
              In Lever, open <strong>Settings &gt; Integrations and API &gt; Webhooks</strong>. Only a Super Admin can.
            </li>
            <li>Turn on the toggle of each event above.</li>
          </Text>
          {webhooks === null ? (
            <Text size="sm" c="dimmed">
              The link to the page in Lever appears here once <TextLink href={`${ATS_LEVER}/connect`}>Lever is connected</TextLink>.
            </Text>
          ) : (
            <ExternalLink href={webhooks}>Open webhooks in Lever</ExternalLink>
          )}
        </Stack>
      </Section>
      <StepFoot back={`${ATS_LEVER}/connect`} next={`${ATS_LEVER}/offer-form`} label="Next" />
    </Stack>
  );
}
