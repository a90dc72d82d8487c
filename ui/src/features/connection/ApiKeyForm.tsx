import { PasswordInput, Stack, Text } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import type { ConnectionView, Environment } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { BlockedButton } from "./BlockedButton";
import { PermissionList } from "./PermissionList";

interface ApiKeyFormProps {
  view: ConnectionView;
  environment: Environment | null;
  onConnected: () => void;
}

/** What the key must be allowed to do, and the key; it is tried before it is saved. */
export function ApiKeyForm({ view, environment, onConnected }: ApiKeyFormProps) {
  const [key, setKey] = useState("");
  const connect = useAction("connections.use_api_key");
  const blocker = missing(environment, key);
  const refused = connect.error?.field === "api_key" ? connect.error.message : null;
  const submit = () => {
    if (environment === null) return;
    const request = { integration: view.integration, environment, api_key: key.trim() };
    connect.mutate(request, { onSuccess: onConnected });
  };
  const asked = view.permissions.filter(({ scope }) => scope !== "offline_access");
  return (
    <form
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (blocker === null) submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          In Lever, open <strong>Settings &gt; Integrations and API &gt; API Credentials</strong> and generate a key with
          these permissions:
        </Text>
        <PermissionList permissions={asked.map((permission) => ({ ...permission, granted: null, usage: null }))} />
        <PasswordInput
          maw={560}
          label="API key"
          description="Tried once, then stored encrypted on this computer."
          autoComplete="off"
          value={key}
          error={refused}
          onChange={(event) => setKey(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the API key" }}
        />
        {connect.error && refused === null && <Problem error={connect.error} onRetry={submit} />}
        <BlockedButton blocker={blocker} loading={connect.isPending} onClick={submit}>
          Connect with this key
        </BlockedButton>
      </Stack>
    </form>
  );
}

function missing(environment: Environment | null, key: string): string | null {
  if (environment === null) return "Choose an environment first.";
  return key.trim() === "" ? "Paste the API key first." : null;
}
