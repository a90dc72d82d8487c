import { Stack, Text } from "@mantine/core";
import type { SecretsPlace, SettingsView } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import { Notice } from "../../shared/Notice";
import { Section } from "../../shared/Section";

const placeWords: Record<SecretsPlace, string> = {
  keychain: "The key is in this computer's keychain. Everything else is encrypted with it.",
  passphrase_file: "The key is in a file that only your passphrase opens. Everything else is encrypted with it.",
  memory: "The key is in memory only and is gone when Fulcrum ends.",
};

/** Where everything is, in which versions, and what wins over the settings. */
export function AboutSection({ settings }: { settings: SettingsView }) {
  return (
    <Section title="This installation">
      <Stack gap="md">
        {settings.overridden.length > 0 && (
          <Notice tone="info">
            These were given when Fulcrum started and win over the saved settings:
            {settings.overridden.map((words) => (
              <Text key={words} size="sm">
                {words}
              </Text>
            ))}
          </Notice>
        )}
        <Facts
          facts={[
            { label: "Secrets", value: placeWords[settings.secrets] },
            { label: "Data folder", value: <code>{settings.data_dir}</code> },
            { label: "Fulcrum", value: `Version ${settings.version}` },
            { label: "SQLite", value: `Version ${settings.sqlite_version}` },
          ]}
        />
      </Stack>
    </Section>
  );
}
