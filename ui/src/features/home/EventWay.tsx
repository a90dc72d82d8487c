import type { Hop } from "../../generated/api";
import { LeverMark } from "../../shared/LeverMark";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import classes from "./EventWay.module.css";
import { hopIcons, hopNoun, hopWords, took, waySentence } from "./hops";

/** The way of an event, drawn: each station with its state, its age and what passed it. */
export function EventWay({ hops }: { hops: Hop[] }) {
  const { tone, sentence } = waySentence(hops);
  return (
    <Section
      title="The way of a hire"
      testId="event-way"
      description={<StateMark tone={tone} word={sentence} />}
      action={<TextLink href="/connection-doctor">Connection doctor</TextLink>}
    >
      <ol className={classes.way}>
        {hops.map((hop) => (
          <Station key={hop.id} hop={hop} />
        ))}
      </ol>
    </Section>
  );
}

function Station({ hop }: { hop: Hop }) {
  const Icon = hopIcons[hop.id];
  const { tone, word } = hopWords[hop.state];
  return (
    <li className={classes.station} data-state={hop.state} data-testid={`hop-${hop.id}`} title={hop.sentence}>
      {hop.took_us !== null && (
        <span className={classes.took} data-figures>
          <span className="visually-hidden">The last probe took </span>
          {took(hop.took_us)}
        </span>
      )}
      <span className={classes.disc}>{Icon ? <Icon size={22} stroke={1.6} aria-hidden /> : <LeverMark size={22} />}</span>
      <span className={classes.name}>{hop.label}</span>
      <StateMark tone={tone} word={word} />
      <span className={classes.note}>
        {hop.count !== null && <span data-figures>{count(hop.count, ...hopNoun(hop))}</span>}
        {hop.at !== null && <Time at={hop.at} ageOnly />}
      </span>
      <span className="visually-hidden">{hop.sentence}</span>
    </li>
  );
}
