import type { ActivityLine } from "../generated/api";
import { actors, kinds, outcomes } from "./activity";
import { ActorMark } from "./ActorMark";
import classes from "./ActivityRow.module.css";
import { StateMark } from "./StateMark";
import { Time } from "./Time";

interface ActivityRowProps {
  line: ActivityLine;
  /** Opens the whole way of its event. */
  onOpen?: () => void;
}

/** A line of the log. */
export function ActivityRow({ line, onOpen }: ActivityRowProps) {
  const { icon: KindIcon, label } = kinds[line.kind];
  const { tone, word } = outcomes[line.outcome];
  const content = (
    <>
      <KindIcon size={18} stroke={1.6} role="img" aria-label={label} className={classes.kind} />
      <span className={classes.words}>
        <span>{line.sentence}</span>
        <span className={classes.note}>
          <ActorMark actor={line.actor} /> {actors[line.actor]} · <Time at={line.at} />
        </span>
      </span>
      <StateMark tone={tone} word={word} />
    </>
  );
  if (onOpen === undefined) return <div className={classes.row}>{content}</div>;
  return (
    <button type="button" className={classes.row} data-testid="activity-line" onClick={onOpen}>
      {content}
    </button>
  );
}
