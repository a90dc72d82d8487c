import { Text } from "@mantine/core";
import { useCommand } from "../../commands";
import type { PathHour } from "../../generated/api";
import { formatMoment } from "../../shared/dates";
import { Loaded } from "../../shared/Loaded";
import { pathWords } from "../../shared/relay-words";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import classes from "./PathHistory.module.css";

/** The probes of the last day, a bar for each hour. */
export function PathHistory() {
  const path = useCommand("path.show", {});
  return (
    <Section title="Probes of the last day" description="A signed probe goes out each minute while this computer is on.">
      <Loaded query={path}>
        {({ state, sentence, proven_at, hours }) => (
          <>
            <StateMark {...pathWords[state]} word={sentence} />
            <Text size="sm" c="dimmed">
              Last came back: {proven_at === null ? "not yet" : <Time at={proven_at} />}
            </Text>
            {hours.length > 0 && (
              <ol className={classes.hours}>
                {hours.map((hour) => (
                  <Hour key={hour.from} hour={hour} />
                ))}
              </ol>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Hour({ hour: { from, sent, returned, problem } }: { hour: PathHour }) {
  const words = `${formatMoment(from)}: ${returned} of ${count(sent, "probe")} came back.${problem === null ? "" : ` ${problem}`}`;
  return (
    <li className={classes.hour} title={words} data-lost={returned < sent || undefined}>
      <span className={classes.returned} style={{ height: `${(returned / sent) * 100}%` }} />
      <span className="visually-hidden">{words}</span>
    </li>
  );
}
