import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useAction } from "../../commands";
import type { Integration, SignIn } from "../../generated/api";
import { connectionWords } from "../../shared/connection-words";
import { CopyButton } from "../../shared/Copy";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { PasteBackForm } from "./PasteBackForm";

const PATIENCE_MS = 20_000;

/** The browser has the word; what can be done meanwhile if it does not come back. */
export function WaitingForBrowser({ integration, signIn }: { integration: Integration; signIn: SignIn }) {
  const { port_problem: problem } = signIn;
  const [pasting, setPasting] = useState(problem !== null);
  const cancel = useAction("connections.cancel");
  useWaitForOutcome(integration, signIn);
  useEffect(() => {
    const timer = setTimeout(() => setPasting(true), signIn.started_at + PATIENCE_MS - Date.now());
    return () => clearTimeout(timer);
  }, [signIn.started_at]);

  return (
    <Section
      title="Connection"
      action={<StateMark badge {...connectionWords.waiting_for_browser} testId="connection-state" />}
      testId="waiting-for-browser"
    >
      <Stack gap="lg">
        <Group gap="sm" wrap="nowrap">
          <Loader size="sm" aria-hidden />
          <Text size="sm">
            {signIn.browser_opened
              ? "Your browser shows Lever's page. Click Accept there, then come back."
              : "The browser could not be opened. Copy the link and open it yourself."}{" "}
            The attempt ends by itself <Time at={signIn.expires_at} ageOnly />.
          </Text>
        </Group>
        {problem !== null && (
          <Notice tone="wait" testId="port-problem">
            {problem} You can go on all the same: after Accept the browser shows an error or another program. Paste its
            address below.
          </Notice>
        )}
        <Group gap="sm">
          <Button
            component="a"
            href={signIn.authorize_url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={16} aria-hidden />}
          >
            Open again
          </Button>
          <CopyButton text={signIn.authorize_url} what="Link" label="Copy link" />
          <Button variant="subtle" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
            Paste the address from the browser
          </Button>
        </Group>
        {pasting && <PasteBackForm integration={integration} redirectUri={signIn.redirect_uri} />}
        {cancel.error && <Problem error={cancel.error} />}
        <Group justify="flex-end">
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ integration })}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

/** Asks the engine for the outcome; it answers when the browser came back, so the screen follows at once. */
function useWaitForOutcome(integration: Integration, { started_at }: SignIn): void {
  const { mutate } = useAction("connections.wait");
  useEffect(() => mutate({ integration }), [mutate, integration, started_at]);
}
