import { Button, Group } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { Empty } from "../../shared/Empty";
import { TextLink } from "../../shared/TextLink";

/** Before the first letter: what makes one. */
export function NoOffers({ onWhy }: { onWhy: () => void }) {
  return (
    <Empty
      icon={IconMail}
      title="No offers yet"
      why="A letter appears here within a minute of two things being true in Lever: the candidate is in the Offer stage, and their offer was sent outside of Lever."
      action={
        <Group gap="md">
          <TextLink href="/integrations/ats/lever">Configure Lever</TextLink>
          <Button size="xs" variant="default" onClick={onWhy}>
            Why no letter?
          </Button>
        </Group>
      }
    />
  );
}
