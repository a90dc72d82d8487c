import { Stack, Table } from "@mantine/core";
import { IconPencilOff } from "@tabler/icons-react";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { LoadOlder } from "../../shared/LoadOlder";
import { Page } from "../../shared/Page";
import { RowHead } from "../../shared/RowHead";
import { TextLink } from "../../shared/TextLink";
import { useWritten } from "./useWritten";
import { written } from "./write-words";
import { WriteState } from "./WriteState";

/** Every change that was ever made in Lever for letters (AG-07). */
export default function WrittenPage() {
  const { head, writes, older } = useWritten();
  return (
    <Page
      title="Written to Lever"
      description="Everything that Fulcrum ever changed in Lever for offer letters, newest first: for each letter one note, one tag and one link. Whoever removes one in Lever is not overruled."
      crumbs={[{ label: "Offers", href: "/offers" }, { label: "Written to Lever" }]}
      action={<TextLink href="/offers/settings">Settings of offer letters</TextLink>}
    >
      <Stack gap="md">
        <Card>
          <Loaded query={head}>
            {() =>
              writes.length === 0 ? (
                <Empty icon={IconPencilOff} title="Nothing was written yet" why="What a letter changes in Lever is listed here." action={<TextLink href="/offers">Open Offers</TextLink>} />
              ) : (
                <Table aria-label="Written to Lever" horizontalSpacing="md" data-testid="written">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>What</Table.Th>
                      <Table.Th>State</Table.Th>
                      <Table.Th>Opportunity</Table.Th>
                      <Table.Th>Letter</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {writes.map((write) => (
                      <Table.Tr key={`${write.letter_id} ${write.kind}`}>
                        <RowHead>{written(write)}</RowHead>
                        <Table.Td>
                          <WriteState write={write} />
                        </Table.Td>
                        <Table.Td>
                          <code>{write.opportunity_id}</code>
                        </Table.Td>
                        <Table.Td>
                          <TextLink href={`/offers/${encodeURIComponent(write.letter_id)}`} aria-label={`Open the letter of opportunity ${write.opportunity_id}`}>
                            Open the letter
                          </TextLink>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )
            }
          </Loaded>
        </Card>
        <LoadOlder older={older} />
      </Stack>
    </Page>
  );
}
