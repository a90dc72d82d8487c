import { Group, Table } from "@mantine/core";
import { useCommand } from "../../commands";
import { RowHead } from "../../shared/RowHead";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";

/** Everything that offer letters may change in Lever, for each letter (AG-07). */
const writes = (tag: string | undefined) => [
  { what: "One note", where: "On the candidate's profile, with the letter's link", permission: "View and manage all candidates' notes" },
  { what: tag === undefined ? "One tag" : `One tag “${tag}”`, where: "On the opportunity", permission: "View and manage all opportunities" },
  { what: "One link", where: "On the opportunity, to the letter", permission: "View and manage all opportunities" },
];

/** What is ever written to Lever, on one screen. */
export function WritesSection() {
  const settings = useCommand("letters.settings", {});
  return (
    <Section
      title="What Fulcrum changes in Lever"
      description="For each offer letter these three, and nothing else."
      action={
        <Group gap="md">
          <TextLink href="/offers/written">All that was written</TextLink>
          <TextLink href="/offers/settings">Settings of offer letters</TextLink>
        </Group>
      }
      testId="writes"
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Change</Table.Th>
            <Table.Th>Where</Table.Th>
            <Table.Th>Permission</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {writes(settings.data?.set.tag).map(({ what, where, permission }) => (
            <Table.Tr key={what}>
              <RowHead>{what}</RowHead>
              <Table.Td>{where}</Table.Td>
              <Table.Td>{permission}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
