import type { LetterView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { FieldDifference } from "./FieldDifference";
import classes from "./Offer.module.css";

/** What the letter said before, the newest first. */
export function LetterVersions({ letter: { versions, fields } }: { letter: LetterView }) {
  const masked = new Set(fields.filter((field) => field.masked).map(({ id }) => id));
  return (
    <Section title="Versions" description="Newest first, with what each changed." testId="letter-versions">
      {versions.length === 0 && <span className={classes.quiet}>The letter says nothing yet.</span>}
      <ol className={classes.versions}>
        {versions.map(({ version, changes, made_at, shown_at }, place) => {
          const seen = versions[place + 1]?.shown_at != null;
          return (
            <li key={version} data-testid={`version-${version}`}>
              <strong>Version {version}</strong>
              <span className={classes.quiet}>
                Made <Time at={made_at} />
                {shown_at === null ? " · never shown to the candidate" : <> · shown to the candidate from <Time at={shown_at} /></>}
              </span>
              {seen && changes.length > 0 && (
                <StateMark tone="wait" word={`The candidate may have seen the old ${changes.length === 1 ? "value" : "values"}.`} />
              )}
              {version > 1 && changes.length > 0 && (
                <ul className={classes.changes}>
                  {changes.map((change) => (
                    <FieldDifference key={change.field} change={change} masked={masked.has(change.field)} version={version} />
                  ))}
                </ul>
              )}
              {version === 1 && <span className={classes.quiet}>The first version.</span>}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
