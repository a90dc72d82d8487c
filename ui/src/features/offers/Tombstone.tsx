import { Stack } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { LetterView } from "../../generated/api";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { LetterActivity } from "./LetterActivity";

/** What stays of a letter whose candidate is gone: that there was one, and when. */
export function Tombstone({ letter: { id, made_at, updated_at } }: { letter: LetterView }) {
  return (
    <Stack gap="lg" data-testid="tombstone">
      <Card>
        <Empty
          icon={IconTrash}
          title="This candidate is gone from Lever"
          why="The letter and its files were deleted, and its link says that it is no longer available. Nothing about the candidate is kept here."
          action={
            <>
              <span style={{ fontSize: 14 }}>
                Made <Time at={made_at} />. Deleted <Time at={updated_at} />.
              </span>
              <TextLink href="/offers">Back to Offers</TextLink>
            </>
          }
        />
      </Card>
      <LetterActivity id={id} />
    </Stack>
  );
}
