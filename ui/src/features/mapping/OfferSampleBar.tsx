import { Button, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CommandError } from "../../host";
import classes from "./SampleBar.module.css";
import { SampleForm } from "./SampleForm";
import type { ChosenSample } from "./useSample";

interface OfferSampleBarProps {
  sample: ChosenSample;
  /** Why the draft gives nothing for it. */
  error: CommandError | null;
}

/** *View sample data for*: whose offer the table shows. */
export function OfferSampleBar({ sample, error }: OfferSampleBarProps) {
  const [email, setEmail] = useState("");
  const go = () => {
    if (email.trim() !== "") sample.go({ kind: "email", email: email.trim() });
  };
  return (
    <SampleForm sample={sample} error={error} onGo={go}>
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
    </SampleForm>
  );
}
