import { PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { CopyField } from "../../shared/Copy";
import type { Credentials } from "./sign-in";

interface ClientFieldsProps {
  credentials: Credentials;
  callbackAddresses: string[];
  onChange: (credentials: Credentials) => void;
}

/** The client id and secret that Lever issued, and what must be registered there. */
export function ClientFields({ credentials, callbackAddresses, onChange }: ClientFieldsProps) {
  return (
    <Stack gap="md" maw={560}>
      <Text size="sm">
        Lever issues a client id and a client secret for Fulcrum to your organisation. Register these redirect
        addresses with Lever, exactly as they stand here.
      </Text>
      {callbackAddresses.map((address, index) => (
        <CopyField key={address} label={`Redirect address ${index + 1}`} value={address} />
      ))}
      <TextInput
        label="Client id"
        autoComplete="off"
        spellCheck={false}
        value={credentials.clientId}
        onChange={(event) => onChange({ ...credentials, clientId: event.currentTarget.value })}
      />
      <PasswordInput
        label="Client secret"
        description="Stored encrypted on this computer."
        autoComplete="off"
        value={credentials.clientSecret}
        onChange={(event) => onChange({ ...credentials, clientSecret: event.currentTarget.value })}
        visibilityToggleButtonProps={{ "aria-label": "Show the client secret" }}
      />
    </Stack>
  );
}
