import { Stack, Text } from "@mantine/core";
import { IconCircleMinus, type Icon } from "@tabler/icons-react";
import type { CheckOutcome, Check } from "../../generated/api";
import { Details } from "../../shared/Details";
import { StateMark } from "../../shared/StateMark";
import type { Tone } from "../../shared/tones";
import classes from "./CheckList.module.css";

const outcomeWords: Record<CheckOutcome, { tone: Tone; word: string; icon?: Icon }> = {
  passed: { tone: "good", word: "Passed" },
  limited: { tone: "wait", word: "Limited" },
  failed: { tone: "bad", word: "Failed" },
  not_reached: { tone: "none", word: "Not reached", icon: IconCircleMinus },
};

/** Each check: how it went, what was found, why it matters and the one thing to do. */
export function CheckList({ checks }: { checks: Check[] }) {
  return (
    <ol className={classes.checks}>
      {checks.map((check) => (
        <li key={check.id} className={classes.check} data-testid={`check-${check.id}`}>
          <StateMark {...outcomeWords[check.outcome]} />
          <Stack gap={2} miw={0}>
            <Text size="sm" fw={600}>
              {check.title}
            </Text>
            <Text size="sm" c={check.outcome === "passed" ? "dimmed" : undefined}>
              {check.what}
            </Text>
            {check.why !== "" && <Text size="sm">{check.why}</Text>}
            {check.action !== "" && (
              <Text size="sm">
                <strong className={classes.todo}>What to do:</strong> {check.action}
              </Text>
            )}
            {check.detail !== null && <Details text={check.detail} />}
          </Stack>
        </li>
      ))}
    </ol>
  );
}
