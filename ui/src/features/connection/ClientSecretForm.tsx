import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import type { Integration } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";

/** Another client secret in place of the one that Lever refuses; no sign-in is needed. */
export function ClientSecretForm({ integration }: { integration: Integration }) {
  const [secret, setSecret] = useState("");
  const announce = useAnnounce();
  const change = useAction("connections.change_client_secret");
  const refused = change.error?.field === "client_secret" ? change.error.message : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    change.mutate(
      { integration, client_secret: secret.trim() },
      { onSuccess: () => announce("The client secret was changed") },
    );
  };
  return (
    <form onSubmit={submit} data-testid="client-secret">
      <Stack gap="sm">
        <PasswordInput
          maw={560}
          label="New client secret"
          description="The newest one of this client id. Tried once, then stored encrypted on this computer."
          autoComplete="off"
          value={secret}
          error={refused}
          onChange={(event) => {
            change.reset();
            setSecret(event.currentTarget.value);
          }}
          visibilityToggleButtonProps={{ "aria-label": "Show the client secret" }}
        />
        {change.error && refused === null && <Problem error={change.error} />}
        <Group>
          <Button type="submit" disabled={secret.trim() === ""} loading={change.isPending}>
            Change the client secret
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
