import { List, Stack, Text } from "@mantine/core";
import type { LetterCheck, LetterCondition, WhyLetter } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { StateMark } from "../../shared/StateMark";
import { TextLink } from "../../shared/TextLink";
import classes from "./Why.module.css";

const checks: Record<LetterCheck, string> = {
  in_lever: "The candidate is in Lever",
  in_pipeline: "The candidate is in the pipeline",
  stage: "The candidate is in the Offer stage",
  sent: "The offer was sent",
};

/** An offer: what has to be so for its letter, what is, and what to do about the rest. */
export function WhyOffer({ offer, number }: { offer: WhyLetter; number: number | null }) {
  const { status, conditions, letter_id, lacks, passed } = offer;
  return (
    <Stack gap="sm" data-testid="why-offer">
      {number !== null && (
        <Text size="sm" fw={600}>
          Offer {number}
          {status !== null && `, “${status}” in Lever`}
        </Text>
      )}
      <ul className={classes.conditions}>
        {conditions.map((condition) => (
          <Condition key={condition.check} condition={condition} />
        ))}
      </ul>
      {passed && <Notice tone="info">The offer was sent before Fulcrum was connected, so it has no letter by itself.</Notice>}
      {lacks.length > 0 && (
        <Stack gap={4}>
          <StateMark tone="wait" word="The letter cannot be shown yet. It lacks:" />
          <List size="sm" withPadding>
            {lacks.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </Stack>
      )}
      {letter_id !== null && (
        <Text size="sm">
          There is a letter. <TextLink href={`/offers/${encodeURIComponent(letter_id)}`}>Open it</TextLink>
        </Text>
      )}
    </Stack>
  );
}

function Condition({ condition: { check, met, evidence, fix } }: { condition: LetterCondition }) {
  return (
    <li data-testid={`why-${check}`}>
      <StateMark tone={met ? "good" : "bad"} word={met ? "Yes" : "No"} />
      <div>
        <Text size="sm" fw={600}>
          {checks[check]}
        </Text>
        <Text size="sm" c="dimmed">
          {evidence}
        </Text>
        {fix !== null && <Text size="sm">{fix}</Text>}
      </div>
    </li>
  );
}
