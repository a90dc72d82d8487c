import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { Problem } from "../../shared/Problem";
import { DoorFrame } from "./DoorFrame";
import { RecoveryForm } from "./RecoveryForm";
import { passphraseProblem, SHORTEST_PASSPHRASE } from "./passphrase";

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
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(false);
  const unlock = useAction("vault.unlock");
  const retry = useAction("vault.retry");
  const problem = passphraseProblem(passphrase, firstTime ? again : null);
  const refused = unlock.error?.field === "passphrase" ? unlock.error.message : null;
  const wrong = refused ?? (asked && problem?.field === "passphrase" ? problem.sentence : null);
  const different = asked && problem?.field === "again" ? problem.sentence : null;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (problem === null) unlock.mutate({ passphrase });
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
          <PasswordInput
            label="Passphrase"
            description={firstTime ? `At least ${SHORTEST_PASSPHRASE} characters` : undefined}
            autoComplete={firstTime ? "new-password" : "current-password"}
            value={passphrase}
            error={wrong}
            aria-invalid={wrong !== null}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show the passphrase" }}
            data-autofocus
            autoFocus
          />
          {firstTime && (
            <PasswordInput
              label="Passphrase again"
              autoComplete="new-password"
              value={again}
              error={different}
              aria-invalid={different !== null}
              onChange={(event) => setAgain(event.currentTarget.value)}
              visibilityToggleButtonProps={{ "aria-label": "Show the passphrase again" }}
            />
          )}
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
