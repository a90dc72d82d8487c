import { Text } from "@mantine/core";
import { Section } from "../../shared/Section";

/** How the integration is ended in Lever, as the article's last part has it. */
export function DisablingNote() {
  return (
    <Section
      title="Disabling the integration in Lever"
      description="Disconnect does it from here. A Super Admin can also do it in Lever:"
    >
      <Text component="ol" size="sm" m={0} ps={20}>
        <li>
          In Lever, open <strong>Settings &gt; Integrations and API</strong>.
        </li>
        <li>
          Under the <strong>Authorized Apps</strong> tab, find Fulcrum.
        </li>
        <li>
          Click <strong>Revoke access</strong>. Fulcrum notices and shows <em>Needs reconnect</em>. What it imported
          stays here.
        </li>
      </Text>
    </Section>
  );
}
