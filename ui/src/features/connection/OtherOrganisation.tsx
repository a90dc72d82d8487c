import { Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useAction } from "../../commands";
import type { Integration, OtherOrganisation as Other, Party } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { count } from "../../shared/words";

/** A sign-in for another organisation: both are shown, and nothing is used until one is chosen. */
export function OtherOrganisation({ integration, other }: { integration: Integration; other: Other }) {
  const confirm = useAction("connections.confirm_organisation");
  const answer = (accept: boolean) => confirm.mutate({ integration, accept });
  return (
    <Section
      title={other.certain ? "Another organisation signed in" : "Is this the same organisation?"}
      action={<StateMark badge tone="wait" word="Waits for you" />}
      testId="other-organisation"
    >
      <Stack gap="lg">
        <Text size="sm">{other.sentence}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Side title="Connected now" party={other.current} />
          <Side title="Signed in just now" party={other.offered} />
        </SimpleGrid>
        <Text size="sm">
          If you take it over, mappings, people and history stay
          {other.listeners === 0
            ? ". "
            : `, and ${count(other.listeners, "listener")} ${other.listeners === 1 ? "starts" : "start"} switched off: what they were set up for belongs to the organisation before. `}
          If you do not, the new sign-in is thrown away and everything is as it was.
        </Text>
        {confirm.error && <Problem error={confirm.error} />}
        <Group justify="flex-end">
          <Button variant="default" disabled={confirm.isPending} onClick={() => answer(false)}>
            Keep what is connected
          </Button>
          <Button loading={confirm.isPending} onClick={() => answer(true)}>
            {other.certain ? "Take over the other organisation" : "Take over the new sign-in"}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

function Side({ title, party }: { title: string; party: Party }) {
  const { account, environment } = party;
  const who = [account.user_name, account.user_email].filter(Boolean).join(", ");
  return (
    <Stack gap="xs">
      <Title order={3}>{title}</Title>
      <Facts
        facts={[
          { label: "Organisation", value: account.organisation ?? "Lever did not say" },
          { label: "Signed in as", value: who || "Lever did not say" },
          { label: "Environment", value: environment },
        ]}
      />
    </Stack>
  );
}
