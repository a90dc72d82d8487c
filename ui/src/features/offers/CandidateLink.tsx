import { Group, Text } from "@mantine/core";
import type { LetterView } from "../../generated/api";
import { CopyButton } from "../../shared/Copy";
import { ExternalLink } from "../../shared/ExternalLink";

/** Where the candidate sees the letter. */
export function CandidateLink({ letter: { link } }: { letter: LetterView }) {
  if (link === null) return <Text component="span" size="sm" c="dimmed">The candidate cannot see the letter now.</Text>;
  return (
    <Group gap="sm">
      <code>{link}</code>
      <CopyButton text={link} what="The candidate’s link" inField />
      <ExternalLink href={link}>Open</ExternalLink>
    </Group>
  );
}
