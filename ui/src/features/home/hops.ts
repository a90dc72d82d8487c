import { IconArrowsLeftRight, IconDatabase, IconDeviceLaptop, IconShieldCheck, IconTransform, IconUsers, type Icon } from "@tabler/icons-react";
import type { Hop, HopState } from "../../generated/api";
import type { Tone } from "../../shared/tones";

/** The icon of each station; Lever's own is drawn by the screen. */
export const hopIcons: Record<string, Icon> = {
  relay: IconArrowsLeftRight,
  laptop: IconDeviceLaptop,
  verify: IconShieldCheck,
  store: IconDatabase,
  mapping: IconTransform,
  people: IconUsers,
};

export const hopWords: Record<HopState, { tone: Tone; word: string }> = {
  working: { tone: "good", word: "Working" },
  waiting: { tone: "none", word: "Waiting" },
  broken: { tone: "bad", word: "Broken" },
};

/** What a station counts: events that wait at the relay, events on disk, people. */
export function hopNoun(hop: Hop): [string, string] {
  if (hop.id === "relay") return ["event waiting", "events waiting"];
  return hop.id === "people" ? ["person", "people"] : ["event", "events"];
}

/** How long the last probe took to a station. */
export function took(micros: number): string {
  if (micros < 1000) return "< 1 ms";
  const millis = micros / 1000;
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}

/** The whole way in one sentence. */
export function waySentence(hops: readonly Hop[]): { tone: Tone; sentence: string } {
  const broken = hops.find(({ state }) => state === "broken");
  if (broken) return { tone: "bad", sentence: `The way stops at ${broken.label}. ${broken.sentence}` };
  const waiting = hops.filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return { tone: "good", sentence: "Every station works. Hires in Lever arrive here." };
  const names = waiting.map(({ label }) => label).join(", ");
  return { tone: "none", sentence: `Not proven yet: ${names}.` };
}
