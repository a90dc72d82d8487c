import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { CommandError } from "../../host";
import { Card } from "../../shared/Card";
import { SampleAnswer } from "./SampleAnswer";
import classes from "./SampleBar.module.css";
import type { ChosenSample } from "./useSample";

interface SampleFormProps {
  sample: ChosenSample;
  /** Why the draft gives nothing for it. */
  error: CommandError | null;
  onGo: () => void;
  /** What says whose values are wanted, and *Go*. */
  children: ReactNode;
}

/** *View sample data for*, and below it whose values were found. */
export function SampleForm({ sample, error, onGo, children }: SampleFormProps) {
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onGo();
        }}
        className={classes.bar}
        aria-label="View sample data for"
      >
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            View sample data for
          </Text>
          <Group gap="sm" align="flex-end">
            {children}
          </Group>
          <SampleAnswer sample={sample} error={error} />
        </Stack>
      </form>
    </Card>
  );
}
