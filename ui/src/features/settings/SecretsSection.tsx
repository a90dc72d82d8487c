import { Stack, Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { SecretsPlace, SecretsView } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import { Loaded } from "../../shared/Loaded";
import { Section } from "../../shared/Section";
import { ChoosePassphrase } from "./ChoosePassphrase";
import { RecoveryCodePanel } from "./RecoveryCodePanel";

const placeWords: Record<SecretsPlace, string> = {
  keychain: "In this computer's keychain",
  passphrase_file: "In a file that only your passphrase opens",
  memory: "In memory only: gone when Fulcrum ends",
};

/** *Where are my secrets*: which there are, where each lies, who can get at them, and the way back in. */
export function SecretsSection() {
  const secrets = useCommand("vault.show", {});
  return (
    <Section
      title="Where are my secrets"
      description="One key encrypts the database, and the database holds everything else. Nothing lies anywhere in clear."
    >
      <Loaded query={secrets}>
        {(view) => (
          <Stack gap="lg">
            <Facts facts={facts(view)} />
            {view.place === "memory" && <ChoosePassphrase />}
            <RecoveryCodePanel code={view.recovery_code} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function facts({ place, key_address, database }: SecretsView) {
  return [
    {
      label: "Key of the database",
      value: (
        <>
          {placeWords[place]}
          {key_address !== null && (
            <>
              {": "}
              <code>{key_address}</code>
            </>
          )}
        </>
      ),
    },
    {
      label: "Lever's tokens, client secrets and API keys, signature tokens, people",
      value: (
        <>
          In the encrypted database: <code>{database}</code>
        </>
      ),
    },
    {
      label: "Kept out",
      value: "Other users of this computer, and anybody who has a copy of the folder without the key",
    },
    {
      label: "Not kept out",
      value: (
        <Text size="sm" span>
          Programs that run as you, and this computer's administrator
        </Text>
      ),
    },
  ];
}
