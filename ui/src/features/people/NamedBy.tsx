import { Title } from "@mantine/core";
import { Fragment } from "react";
import type { NamedBy as Named } from "../../generated/api";
import classes from "./PersonDetails.module.css";
import { PersonLink } from "./PersonLink";

/** Whose manager or buddy the person is. */
export function NamedBy({ named }: { named: Named[] }) {
  return (
    <section aria-label="Named by colleagues">
      <Title order={3}>Named by colleagues</Title>
      <dl className={classes.fields}>
        {named.map(({ label, people }) => (
          <div key={label} className={classes.line}>
            <dt>{label} of</dt>
            <dd>
              <span>
                {people.map((person, index) => (
                  <Fragment key={person.id}>
                    {index > 0 && ", "}
                    <PersonLink person={person} />
                  </Fragment>
                ))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
