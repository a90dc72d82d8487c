import { Text } from "@mantine/core";
import type { LetterView } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { Facts } from "../../shared/Facts";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { CandidateLink } from "./CandidateLink";
import { CheckNow } from "./CheckNow";
import { outWords, sourceWords } from "./letter-words";

/** How the offer stands, how fresh that is, and where its candidate sees it. */
export function LetterFacts({ letter }: { letter: LetterView }) {
  const { id, stage, out, source, expires_on, page_problem, opportunity_id, made_at, updated_at, checked_at } = letter;
  return (
    <Section title="Offer" description="Nothing done here changes the offer in Lever." testId="letter-facts">
      <Facts
        facts={[
          { label: "Stage in Lever", value: stage },
          { label: "Candidate in Lever", value: out === null ? "In the pipeline" : <StateMark tone="info" word={outWords[out]} /> },
          { label: "Candidate’s link", value: <CandidateLink letter={letter} /> },
          ...(page_problem === null ? [] : [{ label: "Page", value: <StateMark tone="bad" word={page_problem} /> }]),
          { label: "Valid until", value: expires_on === null ? null : formatDay(expires_on) },
          { label: "Checked", value: <CheckNow id={id} checkedAt={checked_at} /> },
          { label: "Changed", value: <Time at={updated_at} /> },
          { label: "Made", value: <Time at={made_at} /> },
          { label: "Source", value: <Source word={sourceWords[source]} opportunity={opportunity_id} /> },
        ]}
      />
    </Section>
  );
}

function Source({ word, opportunity }: { word: string; opportunity: string | null }) {
  return (
    <>
      {word}
      {opportunity !== null && (
        <Text component="span" size="xs" c="dimmed">
          {" "}
          · opportunity <code>{opportunity}</code>
        </Text>
      )}
    </>
  );
}
