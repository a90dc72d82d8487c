import { IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";
import type { FieldChange } from "../../generated/api";
import { Masked } from "../../shared/Masked";
import { FieldText } from "./FieldText";
import classes from "./Offer.module.css";

interface FieldDifferenceProps {
  change: FieldChange;
  masked: boolean;
  version: number;
}

/** What a field said, and what it says; pay is revealed on both sides at once. */
export function FieldDifference({ change: { label, old, new: now }, masked, version }: FieldDifferenceProps) {
  const [revealed, setRevealed] = useState(false);
  return (
    <li>
      <span>{label}</span>
      {masked && !revealed ? (
        <Masked value="" label={`${label} in version ${version}`} revealed={false} onReveal={setRevealed} />
      ) : (
        <span className={classes.difference}>
          <FieldText value={old} label={`the old ${label}`} mask={null} />
          <IconArrowRight size={14} role="img" aria-label="became" />
          <FieldText value={now} label={`the new ${label}`} mask={null} />
          {masked && <Masked value="" label={`${label} in version ${version}`} revealed onReveal={setRevealed} />}
        </span>
      )}
    </li>
  );
}
