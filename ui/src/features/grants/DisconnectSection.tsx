import { Group, Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { Integration } from "../../generated/api";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { LeavingNotice } from "./LeavingNotice";
import { RevokeGrant } from "./RevokeGrant";

/** *Disconnect* on an integration's own page, and what of an earlier one is still on its way to Lever. */
export function DisconnectSection({ integration }: { integration: Integration }) {
  const list = useCommand("grants.list", {});
  const grant = list.data?.grants.find((one) => one.integration === integration);
  const leaving = list.data?.leaving.filter((one) => one.integration === integration) ?? [];
  if (grant === undefined && leaving.length === 0) return null;
  return (
    <Stack gap="lg" mt="lg">
      {leaving.map((one) => (
        <LeavingNotice key={one.id} leaving={one} />
      ))}
      {grant !== undefined && (
        <Section title="Disconnect Lever" description="Ends Fulcrum's access. What stops and what stays is said first.">
          <Group justify="space-between">
            <Text size="sm">
              <TextLink href="/authorized-apps">All authorized apps</TextLink>
            </Text>
            <RevokeGrant grant={grant} verb="Disconnect" />
          </Group>
        </Section>
      )}
    </Stack>
  );
}
