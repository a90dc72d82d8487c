import type { SettingsView } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import { Section } from "../../shared/Section";

/** Where everything is, and in which versions. */
export function AboutSection({ settings }: { settings: SettingsView }) {
  return (
    <Section title="This installation">
      <Facts
        facts={[
          { label: "Data folder", value: <code>{settings.data_dir}</code> },
          { label: "Fulcrum", value: `Version ${settings.version}` },
          { label: "SQLite", value: `Version ${settings.sqlite_version}` },
        ]}
      />
    </Section>
  );
}
