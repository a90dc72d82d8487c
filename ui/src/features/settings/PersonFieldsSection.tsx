import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";

/** The way to the fields that people have. */
export function PersonFieldsSection() {
  return (
    <Section title="Person fields" description="What is known of each person: which fields there are, and which an import needs.">
      <TextLink href="/settings/person-fields">Edit person fields</TextLink>
    </Section>
  );
}
