import { Group, Text, Title } from "@mantine/core";
import { ExternalLink } from "../../shared/ExternalLink";

interface InLeverProps {
  leverUrl: string | null;
  webhooksUrl: string | null;
}

/** What only a Super Admin can end, in Lever (SCREENS.md 4.11.4). */
export function InLever({ leverUrl, webhooksUrl }: InLeverProps) {
  return (
    <div>
      <Title order={3} mb={4}>
        What stays to be done in Lever
      </Title>
      <Text size="sm">
        Fulcrum asks Lever to take the access back. To be sure, open <strong>Settings &gt; Integrations and API</strong>,
        find Fulcrum under <strong>Authorized Apps</strong> and click <strong>Revoke access</strong>; an API key is deleted
        under <strong>API Credentials</strong>. Webhooks that were added by hand go on calling until you remove them under{" "}
        <strong>Webhooks</strong>.
      </Text>
      {leverUrl !== null && webhooksUrl !== null && (
        <Group gap="lg" mt="xs">
          <ExternalLink href={leverUrl}>Open where access is ended</ExternalLink>
          <ExternalLink href={webhooksUrl}>Open webhooks in Lever</ExternalLink>
        </Group>
      )}
    </div>
  );
}
