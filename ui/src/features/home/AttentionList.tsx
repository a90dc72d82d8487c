import { Stack, Text } from "@mantine/core";
import type { AttentionItem } from "../../generated/api";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { count } from "../../shared/words";
import { AttentionCard } from "./AttentionCard";

/** What waits for the user, oldest cause first. */
export function AttentionList({ items }: { items: AttentionItem[] }) {
  return (
    <Section
      title="Needs attention"
      description={items.length > 0 ? `${count(items.length, "thing")} ${items.length === 1 ? "waits" : "wait"} for you` : undefined}
      testId="attention"
    >
      {items.length === 0 ? (
        <Stack gap={4}>
          <StateMark tone="good" word="Nothing waits for you" />
          <Text size="sm" c="dimmed">
            When a hire cannot be imported, it waits here until you decide.
          </Text>
        </Stack>
      ) : (
        <Stack gap="md">
          {items.map((item) => (
            <AttentionCard key={item.id} item={item} />
          ))}
        </Stack>
      )}
    </Section>
  );
}
