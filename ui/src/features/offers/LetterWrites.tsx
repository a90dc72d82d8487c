import { Stack, Text } from "@mantine/core";
import type { LetterView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { WriteLine } from "./WriteLine";

/** What is written to Lever for a letter, each by itself. */
export function LetterWrites({ letter: { id, writes } }: { letter: LetterView }) {
  return (
    <Section
      title="In Lever"
      description="One note, one tag and one link, each written once. What somebody removes in Lever is not written again."
      action={<TextLink href="/offers/written">All that was written</TextLink>}
      testId="letter-writes"
    >
      {writes.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing was written to Lever for this letter.
        </Text>
      ) : (
        <Stack gap={0}>
          {writes.map((write) => (
            <WriteLine key={write.kind} letterId={id} write={write} />
          ))}
        </Stack>
      )}
    </Section>
  );
}
