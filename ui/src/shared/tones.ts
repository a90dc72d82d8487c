import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconInfoCircle,
  type Icon,
} from "@tabler/icons-react";

/** What a colour means; there is no other use of green, amber, red and blue. */
export type Tone = "good" | "wait" | "bad" | "info" | "none";

export const toneColor: Record<Tone, string> = {
  good: "var(--tone-good)",
  wait: "var(--tone-wait)",
  bad: "var(--tone-bad)",
  info: "var(--tone-info)",
  none: "var(--mantine-color-dimmed)",
};

export const toneSurface: Record<Tone, string> = {
  good: "var(--tone-good-quiet)",
  wait: "var(--tone-wait-quiet)",
  bad: "var(--tone-bad-quiet)",
  info: "var(--tone-info-quiet)",
  none: "var(--surface-quiet)",
};

export const toneIcon: Record<Tone, Icon> = {
  good: IconCircleCheck,
  wait: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
  none: IconCircleDashed,
};
