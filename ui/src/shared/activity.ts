import {
  IconArrowsLeftRight,
  IconBolt,
  IconMail,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconTransform,
  IconUserPlus,
  IconWebhook,
  type Icon,
} from "@tabler/icons-react";
import type { Actor, Kind, Outcome } from "../generated/api";
import type { Tone } from "./tones";

/** What a line of the log is about, in words. */
export const kinds: Record<Kind, { label: string; icon: Icon }> = {
  connection: { label: "Connection", icon: IconPlugConnected },
  mapping: { label: "Mapping", icon: IconTransform },
  listener: { label: "Listener", icon: IconWebhook },
  event: { label: "Event", icon: IconBolt },
  import: { label: "Import", icon: IconUserPlus },
  workflow: { label: "Workflow", icon: IconRoute },
  letter: { label: "Offer letter", icon: IconMail },
  relay: { label: "Relay", icon: IconArrowsLeftRight },
  settings: { label: "Settings", icon: IconSettings },
};

export const outcomes: Record<Outcome, { tone: Tone; word: string }> = {
  done: { tone: "good", word: "Done" },
  skipped: { tone: "none", word: "Skipped" },
  waiting: { tone: "wait", word: "Waiting" },
  refused: { tone: "bad", word: "Refused" },
};

export const actors: Record<Actor, string> = { lever: "Lever", you: "You", fulcrum: "Fulcrum" };
