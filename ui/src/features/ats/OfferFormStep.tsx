import { Stack, Table, Text } from "@mantine/core";
import { ExternalLink } from "../../shared/ExternalLink";
import { RowHead } from "../../shared/RowHead";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { offerFields } from "./offer-fields";
import { StepFoot } from "./StepFoot";
import { ATS_LEVER, OFFER_MAPPING } from "./steps";
import { useLeverPages } from "./useLeverPages";

/** Which fields of Lever's offer form fill a letter, and where that form is. */
export function OfferFormStep() {
  const { offerForm } = useLeverPages();
  return (
    <Stack gap="lg">
      <Section
        title="The offer form in Lever"
        description="The standard fields of the form fill the letter by themselves. A field of your own is used where this list names it."
      >
        <Stack gap="md">
          <Text size="sm">
            The form is in Lever under <strong>Settings &gt; Offers &gt; Offer form</strong>. Look which of these fields are in it,
            and add those that your letters need. Where your form names a field differently, choose it under{" "}
            <TextLink href={OFFER_MAPPING}>Offer mapping</TextLink>.
          </Text>
          {offerForm === null ? (
            <Text size="sm" c="dimmed">
              The link to the form appears here once <TextLink href={`${ATS_LEVER}/connect`}>Lever is connected</TextLink>.
            </Text>
          ) : (
            <ExternalLink href={offerForm}>Open the offer form in Lever</ExternalLink>
          )}
          <Table data-testid="offer-fields">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>In the letter</Table.Th>
                <Table.Th>From Lever</Table.Th>
                <Table.Th>Note</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {offerFields.map(({ letter, lever, note }) => (
                <Table.Tr key={letter}>
                  <RowHead>{letter}</RowHead>
                  <Table.Td>{lever}</Table.Td>
                  <Table.Td>{note}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      </Section>
      <StepFoot back={`${ATS_LEVER}/webhooks`} next={ATS_LEVER} label="Done" />
    </Stack>
  );
}
