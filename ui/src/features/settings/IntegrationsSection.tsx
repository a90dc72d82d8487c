import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { Section } from "../../shared/Section";

/** The way from the settings to the integrations, as the article names it. */
export function IntegrationsSection() {
  return (
    <Section title="Integrations" description="Where people come from and where they go.">
      <Anchor component={Link} href="/integrations" size="sm">
        Open Integrations
      </Anchor>
    </Section>
  );
}
