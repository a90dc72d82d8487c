import type { Suggestion, TargetField } from "../../generated/api";
import { Value } from "./SampleCell";
import classes from "./SuggestedSource.module.css";

/** What a candidate that was read lately would get from the suggestion; nothing if no value was seen. */
export function SuggestedValue({ target, suggestion: { example } }: { target: TargetField; suggestion: Suggestion }) {
  if (example === null) return null;
  return (
    <div className={classes.example}>
      For example <Value text={example} masked={target.masked} label={`the example for ${target.label}`} />
    </div>
  );
}
