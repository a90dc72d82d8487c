import { Button } from "@mantine/core";
import { useState } from "react";
import { useAnnounce } from "./announce";

interface MaskedProps {
  value: string;
  /** What it is, for a screen reader. */
  label: string;
  /** Whether it is revealed, where something else is revealed with it. */
  revealed?: boolean;
  onReveal?: (revealed: boolean) => void;
}

/** A value shown as dots until the user asks for it. */
export function Masked({ value, label, revealed: given, onReveal }: MaskedProps) {
  const [own, setOwn] = useState(false);
  const revealed = given ?? own;
  const announce = useAnnounce();
  const toggle = () => {
    setOwn(!revealed);
    onReveal?.(!revealed);
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
