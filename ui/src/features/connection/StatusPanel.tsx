import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { ConnectionView } from "../../generated/api";
import { wordsOf } from "../../shared/connection-words";
import { Facts } from "../../shared/Facts";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { ClientSecretForm } from "./ClientSecretForm";
import { SignInFailed } from "./SignInFailed";
import { ValidationProgress } from "./ValidationProgress";

interface StatusPanelProps {
  view: ConnectionView;
  /** Offers signing in anew; left out while that is offered anyway. */
  onConnectAgain?: () => void;
}

/** The one state of the connection, what it means, and *Validate*. */
export function StatusPanel({ view, onConnectAgain }: StatusPanelProps) {
  const validate = useAction("connections.validate");
  const { integration, state, sentence, failure, validation } = view;
  const canValidate = state !== "not_connected" && state !== "disconnected" && state !== "needs_reconnect";
  return (
    <Section
      title="Connection"
      action={<StateMark badge {...wordsOf(view)} testId="connection-state" />}
    >
      <Stack gap="md">
        <Text size="sm" data-testid="connection-sentence">
          {sentence}
        </Text>
        {view.blocked.length > 0 && (
          <List size="sm" spacing={4} data-testid="blocked">
            {view.blocked.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        {view.client_secret_refused && <ClientSecretForm integration={integration} />}
        {failure && <SignInFailed failure={failure} />}
        {canValidate && <ConnectionFacts view={view} />}
        {validate.error && <Problem error={validate.error} onRetry={() => validate.mutate({ integration })} />}
        {validation && <ValidationProgress integration={integration} validation={validation} />}
        {canValidate && validation === null && (
          <Group justify="flex-end">
            {onConnectAgain && (
              <Button variant="default" onClick={onConnectAgain}>
                Connect again
              </Button>
            )}
            <Button
              variant={state === "verified" || view.client_secret_refused ? "default" : "filled"}
              loading={validate.isPending}
              onClick={() => validate.mutate({ integration })}
              data-testid="validate"
            >
              Validate
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

function ConnectionFacts({ view }: { view: ConnectionView }) {
  const { way, account, environment, environments, connected_at, validated_at, last_event_at } = view;
  const named = [account?.user_name, account?.user_email].filter(Boolean).join(", ");
  const who = way === "api_key" ? "An API key" : named;
  const where = environments.find((choice) => choice.environment === environment)?.label ?? environment;
  return (
    <Facts
      facts={[
        { label: "Connected as", value: who || "Lever did not say" },
        { label: "Organisation", value: account?.organisation ?? "Lever did not say" },
        { label: "Environment", value: where },
        { label: "Connected", value: connected_at !== null && <Time at={connected_at} /> },
        { label: "Last validated", value: validated_at === null ? "Not yet" : <Time at={validated_at} /> },
        { label: "Last event", value: last_event_at === null ? "None yet" : <Time at={last_event_at} /> },
      ]}
    />
  );
}
