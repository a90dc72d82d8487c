import { Fragment, type ReactNode } from "react";
import classes from "./Facts.module.css";

export interface Fact {
  label: string;
  /** What is known; a dash stands for nothing. */
  value: ReactNode;
}

/** Labels with their values, under each other. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd dir="auto">{value ?? "–"}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
