import { Button, Group, List, Radio, Stack, Text } from "@mantine/core";
import { useId, useState } from "react";
import type { ConnectionView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { ClientFields } from "./ClientFields";
import classes from "./ConnectOption.module.css";
import { needsClient, signInBlocker, type Credentials } from "./sign-in";

interface ConnectOptionProps {
  view: ConnectionView;
  credentials: Credentials;
  onChange: (credentials: Credentials) => void;
  onLogin: () => void;
}

/** *Lever Connect (Recommended)*, what it needs, and *Login to set up integration*. */
export function ConnectOption({ view, credentials, onChange, onLogin }: ConnectOptionProps) {
  const [way, setWay] = useState<string | null>(null);
  const why = useId();
  const choice = view.environments.find(({ environment }) => environment === credentials.environment);
  const blocker = signInBlocker(credentials, choice);
  return (
    <Section title="Connect Lever" description="Choose how Fulcrum signs in to Lever.">
      <Stack gap="lg">
        <Radio.Group value={way} onChange={setWay} aria-label="How to connect">
          <Radio.Card value="lever-connect" className={classes.card} data-testid="lever-connect">
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <Stack gap={2}>
                <Text size="sm" fw={600}>
                  Lever Connect (Recommended)
                </Text>
                <Text size="sm" c="dimmed">
                  You sign in to Lever in your browser and allow what Fulcrum asks for. No password comes here.
                </Text>
              </Stack>
            </Group>
          </Radio.Card>
        </Radio.Group>
        {way !== null && (
          <Stack gap="lg">
            <List size="sm" spacing={4}>
              <List.Item>You need the Super Admin role in Lever.</List.Item>
              <List.Item>You need admin rights in Fulcrum. Whoever opens it on this computer has them.</List.Item>
            </List>
            <Radio.Group
              label="Environment"
              value={credentials.environment}
              onChange={(value) => {
                const next = view.environments.find(({ environment }) => environment === value);
                if (next) onChange({ ...credentials, environment: next.environment });
              }}
            >
              <Stack gap="xs" mt="xs">
                {view.environments.map(({ environment, label, address }) => (
                  <Radio key={environment} value={environment} label={label} description={address} />
                ))}
              </Stack>
            </Radio.Group>
            {needsClient(choice) && (
              <ClientFields credentials={credentials} callbackAddresses={view.callback_addresses} onChange={onChange} />
            )}
            <Group justify="flex-end">
              {blocker !== null && (
                <Text size="sm" c="dimmed" id={why}>
                  {blocker}
                </Text>
              )}
              <Button
                data-disabled={blocker !== null || undefined}
                aria-disabled={blocker !== null}
                aria-describedby={blocker === null ? undefined : why}
                onClick={() => blocker === null && onLogin()}
              >
                Login to set up integration
              </Button>
            </Group>
          </Stack>
        )}
      </Stack>
    </Section>
  );
}
