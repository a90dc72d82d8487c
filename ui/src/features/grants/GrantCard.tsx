import { Group, Stack, Text } from "@mantine/core";
import type { GrantView } from "../../generated/api";
import { connectionWords, integrationWords } from "../../shared/connection-words";
import { ExternalLink } from "../../shared/ExternalLink";
import { Facts } from "../../shared/Facts";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { GrantedPermissions } from "./GrantedPermissions";
import { RevokeGrant } from "./RevokeGrant";
import { secretsWords } from "./secrets-words";

/** One permission to act in Lever: for what, by whom, what it allows, and where its secret is. */
export function GrantCard({ grant }: { grant: GrantView }) {
  const { account, app, integration, state } = grant;
  const who = [account.user_name, account.user_email].filter(Boolean).join(", ");
  return (
    <Section
      title={`${app} · ${integrationWords[integration]}`}
      description={grant.api_key ? "By an API key" : "By Lever Connect"}
      action={<StateMark badge {...connectionWords[state]} />}
      testId={`grant-${integration}`}
    >
      <Stack gap="lg">
        <Facts
          facts={[
            { label: "Organisation", value: account.organisation ?? "Lever did not say" },
            { label: "Environment", value: grant.environment },
            { label: "Authorized by", value: who || "Lever did not say" },
            { label: "Authorized", value: <Time at={grant.connected_at} /> },
            { label: "Last used", value: grant.last_used_at === null ? "Not used yet" : <Time at={grant.last_used_at} /> },
            ...(grant.client_id === null ? [] : [{ label: "Client id", value: grant.client_id }]),
            { label: "Its secrets", value: secretsWords[grant.secrets] },
          ]}
        />
        <GrantedPermissions permissions={grant.permissions} />
        <Group justify="space-between">
          {grant.lever_url === null ? (
            <Text size="sm" c="dimmed">
              Its Lever was named at an earlier start of the program and is not known now.
            </Text>
          ) : (
            <ExternalLink href={grant.lever_url}>See it in Lever</ExternalLink>
          )}
          <RevokeGrant grant={grant} verb="Revoke access" />
        </Group>
      </Stack>
    </Section>
  );
}
