import {
  IconArrowsLeftRight,
  IconBolt,
  IconListDetails,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconTransform,
  IconUserPlus,
  IconWebhook,
  type Icon,
} from "@tabler/icons-react";
import type { Actor, Outcome } from "../generated/api";
import type { Tone } from "./tones";

interface Kind {
  label: string;
  icon: Icon;
}

const kinds: Record<string, Kind> = {
  connection: { label: "Connection", icon: IconPlugConnected },
  mapping: { label: "Mapping", icon: IconTransform },
  listener: { label: "Listener", icon: IconWebhook },
  event: { label: "Event", icon: IconBolt },
  import: { label: "Import", icon: IconUserPlus },
  workflow: { label: "Workflow", icon: IconRoute },
  relay: { label: "Relay", icon: IconArrowsLeftRight },
  settings: { label: "Settings", icon: IconSettings },
};

/** Every kind of line there is, for the filter. */
export const activityKinds = Object.entries(kinds).map(([value, { label }]) => ({ value, label }));

/** A kind in words; one that this version does not know is shown as it came. */
export function activityKind(kind: string): Kind {
  return kinds[kind] ?? { label: kind, icon: IconListDetails };
}

export const outcomes: Record<Outcome, { tone: Tone; word: string }> = {
  done: { tone: "good", word: "Done" },
  skipped: { tone: "none", word: "Skipped" },
  waiting: { tone: "wait", word: "Waiting" },
  refused: { tone: "bad", word: "Refused" },
};

export const actors: Record<Actor, string> = { lever: "Lever", you: "You", fulcrum: "Fulcrum" };
