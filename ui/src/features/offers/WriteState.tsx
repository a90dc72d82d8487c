import type { WriteView } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import classes from "./Offer.module.css";

/** Whether something is in Lever, since when, or why it is not. */
export function WriteState({ write: { done_at, problem, asked_at } }: { write: WriteView }) {
  return (
    <span className={classes.stacked}>
      {done_at !== null ? <StateMark tone="good" word="Written" /> : problem !== null ? <StateMark tone="bad" word="Not written" /> : <StateMark tone="wait" word="Waiting" />}
      <span className={classes.quiet}>
        {done_at === null && problem !== null && <>{problem} </>}
        {done_at === null && "Since "}
        <Time at={done_at ?? asked_at} />
      </span>
    </span>
  );
}
