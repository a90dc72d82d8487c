import type { SecretsPlace, SettingsView } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import { Section } from "../../shared/Section";

const placeWords: Record<SecretsPlace, string> = {
  keychain: "The key is in this computer's keychain. Everything else is encrypted with it.",
  passphrase_file: "The key is in a file that only your passphrase opens. Everything else is encrypted with it.",
  memory: "The key is in memory only and is gone when Fulcrum ends.",
};

/** Where everything is, and in which versions. */
export function AboutSection({ settings }: { settings: SettingsView }) {
  return (
    <Section title="This installation">
      <Facts
        facts={[
          { label: "Secrets", value: placeWords[settings.secrets] },
          { label: "Data folder", value: <code>{settings.data_dir}</code> },
          { label: "Fulcrum", value: `Version ${settings.version}` },
          { label: "SQLite", value: `Version ${settings.sqlite_version}` },
        ]}
      />
    </Section>
  );
}
