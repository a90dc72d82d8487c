import { Button, Select, Text, TextInput, type ComboboxData } from "@mantine/core";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { PersonRow, Subject } from "../../generated/api";
import type { CommandError } from "../../host";
import classes from "./SampleBar.module.css";
import { SampleForm } from "./SampleForm";
import type { ChosenSample } from "./useSample";

const RECENT_HIRE = "recent-hire";

/** People listed at once; who is not among them is found by typing. */
const SHOWN = 100;

interface SampleBarProps {
  sample: ChosenSample;
  /** Why the draft gives nothing for it. */
  error: CommandError | null;
}

/** *View sample data for*: whose values the table shows. */
export function SampleBar({ sample, error }: SampleBarProps) {
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const people = useCommand("people.list", { search: null });
  const subject = subjectOf(email, chosen);

  const go = () => {
    if (subject !== null) sample.go(subject);
  };
  return (
    <SampleForm sample={sample} error={error} onGo={go}>
      <TextInput
        className={classes.input}
        label="Candidate e-mail"
        placeholder="name@example.com"
        type="email"
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value);
          setChosen(null);
        }}
      />
      <Text size="sm" c="dimmed" pb={8}>
        or
      </Text>
      <Select
        className={classes.input}
        label="Person"
        placeholder="Select a person"
        searchable
        clearable
        limit={SHOWN}
        data={choices(people.data ?? [])}
        value={chosen}
        onChange={(value) => {
          setChosen(value);
          if (value !== null) setEmail("");
        }}
      />
      <Button type="submit" variant="default" disabled={subject === null} loading={sample.busy} data-testid="go">
        Go
      </Button>
    </SampleForm>
  );
}

function subjectOf(email: string, chosen: string | null): Subject | null {
  if (email.trim() !== "") return { kind: "email", email: email.trim() };
  if (chosen === null) return null;
  return chosen === RECENT_HIRE ? { kind: "recent_hire" } : { kind: "person", id: chosen };
}

function choices(people: PersonRow[]): ComboboxData {
  return [
    { value: RECENT_HIRE, label: "Any recent hire" },
    { group: "People", items: people.map(({ id, name }) => ({ value: id, label: name })) },
  ];
}
