import { Button, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { Section } from "../../shared/Section";
import { setupSteps } from "./steps";

/** *Configure Lever*, and what has to be at hand for it (SCREENS.md 4.1.3). */
export function ConfigureCard({ connected }: { connected: boolean }) {
  return (
    <Section
      title="Set up"
      description={connected ? "Go through the set-up again at any time." : "Three steps: connect Lever, its webhooks, its offer form."}
    >
      <Stack gap="md">
        <List size="sm" spacing={4}>
          <List.Item>You need the Super Admin role in Lever.</List.Item>
          <List.Item>You need to be an owner in Fulcrum, or have Company Settings. Whoever opens it on this computer has them.</List.Item>
          <List.Item>Know which Lever it is: production or sandbox.</List.Item>
        </List>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            The browser opens only after you have seen what is asked for.
          </Text>
          <Button component={Link} href={setupSteps[0].href} variant={connected ? "default" : "filled"}>
            Configure Lever
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
