import { Button } from "@mantine/core";
import { useState } from "react";
import { useAnnounce } from "./announce";

interface MaskedProps {
  value: string;
  /** What it is, for a screen reader. */
  label: string;
}

/** A value shown as dots until the user asks for it. */
export function Masked({ value, label }: MaskedProps) {
  const [revealed, setRevealed] = useState(false);
  const announce = useAnnounce();
  const toggle = () => {
    setRevealed(!revealed);
    announce(revealed ? `${label} hidden` : `${label} revealed`);
  };
  return (
    <span>
      {revealed ? value : <span aria-label={`${label} is hidden`} role="img">••••••</span>}{" "}
      <Button size="compact-xs" variant="subtle" aria-label={`${revealed ? "Hide" : "Reveal"} ${label}`} onClick={toggle}>
        {revealed ? "Hide" : "Reveal"}
      </Button>
    </span>
  );
}
