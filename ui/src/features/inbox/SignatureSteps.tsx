import { Stack, Text } from "@mantine/core";
import type { CheckStep } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import classes from "./SignatureSteps.module.css";

/** How the signature was checked, step by step. The key is never among what is shown. */
export function SignatureSteps({ steps }: { steps: CheckStep[] }) {
  return (
    <ol className={classes.steps} data-testid="signature-steps">
      {steps.map(({ title, value, passed, words }) => (
        <li key={title}>
          <Stack gap={2}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            {value !== null && <code className={classes.value}>{value}</code>}
            <span>
              <StateMark tone={passed === null ? "none" : passed ? "good" : "bad"} word={words} />
            </span>
          </Stack>
        </li>
      ))}
    </ol>
  );
}
