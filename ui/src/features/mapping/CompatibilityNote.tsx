import { Checkbox } from "@mantine/core";
import type { Compatibility, TargetField } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";

interface CompatibilityNoteProps {
  target: TargetField;
  compatibility: Compatibility;
  /** Whether the loss was accepted. */
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
}

/** What a row loses, with the tick that accepts it, or why its source can never fill it. */
export function CompatibilityNote({ target, compatibility, accepted, onAccept }: CompatibilityNoteProps) {
  switch (compatibility.kind) {
    case "exact":
    case "converts":
      return null;
    case "impossible":
      return <StateMark tone="bad" word={compatibility.why} />;
    case "lossy":
      return (
        <Checkbox
          mt={8}
          size="xs"
          label={`Accept for ${target.label}: ${compatibility.why}`}
          checked={accepted}
          onChange={(event) => onAccept(event.currentTarget.checked)}
        />
      );
  }
}
