import { Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import type { WorkflowPerson } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { Empty } from "../../shared/Empty";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";
import classes from "./rows.module.css";

/** Who is in the workflow, newest first. */
export function PeopleSection({ people }: { people: WorkflowPerson[] }) {
  return (
    <Section title="People in this workflow" description={count(people.length, "person", "people")} flush testId="workflow-people">
      {people.length === 0 ? (
        <Empty
          icon={IconUsers}
          title="Nobody is in it yet"
          why="A person enters when one of the events on the left arrives from Lever."
        />
      ) : (
        <ul className={classes.rows}>
          {people.map(({ person_id, name, entered_at, start_date }) => (
            <li key={person_id} className={classes.row}>
              <TextLink href={`/people/${encodeURIComponent(person_id)}`}>
                <bdi>{name}</bdi>
              </TextLink>
              <Text size="xs" c="dimmed">
                Entered <Time at={entered_at} />
              </Text>
              <Text size="xs" c="dimmed">
                {start_date === null ? "No start date" : `Starts ${formatDay(start_date)}`}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
