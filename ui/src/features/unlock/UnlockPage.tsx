import { Button, Stack, Text } from "@mantine/core";
import type { SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { PassphraseInputs, usePassphrase } from "../../shared/PassphraseInputs";
import { Problem } from "../../shared/Problem";
import { DoorFrame } from "./DoorFrame";
import { RecoveryForm } from "./RecoveryForm";

interface UnlockPageProps {
  /** Whether the passphrase is being chosen. */
  firstTime: boolean;
  /** Why the keychain is not used. */
  why: string;
  /** Whether there is a recovery code. */
  recoverable: boolean;
}

/** Asks for the passphrase that protects the key on this computer. */
export function UnlockPage({ firstTime, why, recoverable }: UnlockPageProps) {
  const unlock = useAction("vault.unlock");
  const retry = useAction("vault.retry");
  const refused = unlock.error?.field === "passphrase" ? unlock.error.message : null;
  const typed = usePassphrase(firstTime, refused);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const passphrase = typed.sent();
    if (passphrase !== null) unlock.mutate({ passphrase });
  };
  return (
    <DoorFrame title={firstTime ? "Choose a passphrase" : "Unlock Fulcrum"}>
      <Text size="sm" c="dimmed">
        {why}
      </Text>
      {firstTime && (
        <Text size="sm" c="dimmed">
          The passphrase encrypts everything that Fulcrum keeps. It is stored nowhere, so keep it in your password
          manager.
        </Text>
      )}
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <PassphraseInputs typed={typed} />
          {unlock.error && refused === null && <Problem error={unlock.error} />}
          <Button type="submit" loading={unlock.isPending}>
            {firstTime ? "Set passphrase" : "Unlock"}
          </Button>
        </Stack>
      </form>
      {firstTime && (
        <Button variant="subtle" loading={retry.isPending} onClick={() => retry.mutate({})}>
          Try the keychain again
        </Button>
      )}
      {recoverable && <RecoveryForm />}
    </DoorFrame>
  );
}
