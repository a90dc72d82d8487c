import { IconArrowDown } from "@tabler/icons-react";
import type { Sample, TargetField } from "../../generated/api";
import { LongText } from "../../shared/LongText";
import { Masked } from "../../shared/Masked";
import { StateMark } from "../../shared/StateMark";
import classes from "./SampleCell.module.css";

interface SampleCellProps {
  target: TargetField;
  sample: Sample;
  /** Whether Lever could not be read for it any more. */
  stale: boolean;
}

/** What Lever says, and below it what the person would get. */
export function SampleCell({ target, sample: { raw, value, problem }, stale }: SampleCellProps) {
  return (
    <div className={classes.cell} data-stale={stale || undefined} data-testid={`sample-${target.id}`}>
      {raw !== value && (
        <div className={classes.raw}>
          <Value text={raw} masked={target.masked} label={`${target.label} in Lever`} />
          <IconArrowDown size={14} role="img" aria-label="becomes" />
        </div>
      )}
      <Value text={value} masked={target.masked} label={target.label} />
      {problem !== null && <StateMark tone="wait" word={problem} />}
    </div>
  );
}

/** A sample in full, as dots, or *empty*. */
export function Value({ text, masked, label }: { text: string | null; masked: boolean; label: string }) {
  if (text === null || text === "") return <em className={classes.empty}>empty</em>;
  if (masked) return <Masked value={text} label={label} />;
  return <LongText text={text} label={label} />;
}
