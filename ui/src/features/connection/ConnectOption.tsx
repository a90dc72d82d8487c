import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ConnectionView, Way } from "../../generated/api";
import { Section } from "../../shared/Section";
import { ApiKeyForm } from "./ApiKeyForm";
import { BlockedButton } from "./BlockedButton";
import { ClientFields } from "./ClientFields";
import { EnvironmentField } from "./EnvironmentField";
import { needsClient, signInBlocker, type Credentials } from "./sign-in";
import { WayChoice } from "./WayChoice";

interface ConnectOptionProps {
  view: ConnectionView;
  credentials: Credentials;
  onChange: (credentials: Credentials) => void;
  onLogin: () => void;
  /** An API key was taken. */
  onConnected: () => void;
}

/** *Lever Connect (Recommended)* or an API key, and what either needs before Lever is asked. */
export function ConnectOption({ view, credentials, onChange, onLogin, onConnected }: ConnectOptionProps) {
  const [way, setWay] = useState<Way | null>(null);
  const [anew, setAnew] = useState(false);
  const chosen = view.environments.find(({ environment }) => environment === credentials.environment);
  const choice = chosen && { ...chosen, client_known: chosen.client_known && !anew };
  return (
    <Section title="Connect Lever" description="Choose how Fulcrum signs in to Lever.">
      <Stack gap="lg">
        <WayChoice way={way} onChange={setWay} />
        {way !== null && (
          <>
            <List size="sm" spacing={4}>
              <List.Item>You need the Super Admin role in Lever.</List.Item>
              <List.Item>You need admin rights in Fulcrum. Whoever opens it on this computer has them.</List.Item>
            </List>
            <EnvironmentField
              choices={view.environments}
              value={credentials.environment}
              onChange={(environment) => onChange({ ...credentials, environment })}
            />
          </>
        )}
        {way === "lever_connect" && needsClient(choice) && (
          <ClientFields credentials={credentials} callbackAddresses={view.callback_addresses} onChange={onChange} />
        )}
        {way === "lever_connect" && choice?.client_known === true && choice.environment !== "practice" && (
          <Group gap="xs">
            <Text size="sm">The client id and the client secret are stored.</Text>
            <Button size="compact-sm" variant="subtle" onClick={() => setAnew(true)}>
              Enter others
            </Button>
          </Group>
        )}
        {way === "lever_connect" && (
          <BlockedButton blocker={signInBlocker(credentials, choice)} onClick={onLogin}>
            Login to set up integration
          </BlockedButton>
        )}
        {way === "api_key" && <ApiKeyForm view={view} environment={credentials.environment} onConnected={onConnected} />}
      </Stack>
    </Section>
  );
}
