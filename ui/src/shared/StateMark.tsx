import type { Icon } from "@tabler/icons-react";
import classes from "./StateMark.module.css";
import { toneColor, toneIcon, toneSurface, type Tone } from "./tones";

interface StateMarkProps {
  tone: Tone;
  word: string;
  /** Another icon than the tone's own. */
  icon?: Icon;
  /** A badge with a ground of its own; otherwise plain, for lists. */
  badge?: boolean;
  testId?: string;
}

/** A state as icon and word; the colour only repeats what they say. */
export function StateMark({ tone, word, icon, badge = false, testId }: StateMarkProps) {
  const Mark = icon ?? toneIcon[tone];
  return (
    <span
      className={classes.mark}
      data-badge={badge || undefined}
      data-testid={testId}
      style={{ color: toneColor[tone], background: badge ? toneSurface[tone] : undefined }}
    >
      <Mark size={16} aria-hidden />
      {word}
    </span>
  );
}
