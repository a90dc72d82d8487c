import { formatDay } from "../../shared/dates";
import { LongText } from "../../shared/LongText";
import { Masked } from "../../shared/Masked";
import classes from "./Offer.module.css";

interface FieldTextProps {
  value: string | null;
  label: string;
  /** Whether it is revealed, where it is shown as dots until then. */
  mask: { revealed: boolean; onReveal: (revealed: boolean) => void } | null;
}

/** A day in its canonical text. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A value of a letter. */
export function FieldText({ value, label, mask }: FieldTextProps) {
  if (value === null || value === "") return <em className={classes.quiet}>empty</em>;
  const text = DAY.test(value) ? formatDay(value) : value;
  return mask === null ? <LongText text={text} label={label} /> : <Masked value={text} label={label} {...mask} />;
}
