import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import type { CommandError } from "../../host";
import { Card } from "../../shared/Card";
import { SampleAnswer } from "./SampleAnswer";
import classes from "./SampleBar.module.css";
import type { ChosenSample } from "./useSample";

interface OfferSampleBarProps {
  sample: ChosenSample;
  /** Why the draft gives nothing for it. */
  error: CommandError | null;
}

/** *View sample data for*: whose offer the table shows. */
export function OfferSampleBar({ sample, error }: OfferSampleBarProps) {
  const [email, setEmail] = useState("");
  const go = (event: SyntheticEvent) => {
    event.preventDefault();
    if (email.trim() !== "") sample.go({ kind: "email", email: email.trim() });
  };
  return (
    <Card>
      <form onSubmit={go} className={classes.bar} aria-label="View sample data for">
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            View sample data for
          </Text>
          <Group gap="sm" align="flex-end">
            <TextInput
              className={classes.input}
              label="Candidate e-mail"
              placeholder="name@example.com"
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={email.trim() === ""} loading={sample.busy} data-testid="go">
              Go
            </Button>
            <Text size="sm" c="dimmed" pb={8}>
              or
            </Text>
            <Button variant="default" loading={sample.busy} onClick={() => sample.go({ kind: "recent_hire" })}>
              Any recent offer
            </Button>
          </Group>
          <SampleAnswer sample={sample} error={error} />
        </Stack>
      </form>
    </Card>
  );
}
