import type { EventVerdict } from "../../generated/api";
import type { Tone } from "../../shared/tones";

/** What was done with a delivery, in words; in the order of the filter. */
export const verdictWords: Record<EventVerdict, { tone: Tone; word: string }> = {
  verified: { tone: "good", word: "Verified" },
  late: { tone: "info", word: "Late" },
  test: { tone: "info", word: "Test" },
  held: { tone: "wait", word: "Held" },
  quarantined: { tone: "wait", word: "Quarantined" },
  rejected: { tone: "bad", word: "Rejected" },
  skipped: { tone: "none", word: "Skipped" },
  other_stage: { tone: "none", word: "Another stage" },
  duplicate: { tone: "none", word: "Duplicate" },
  off: { tone: "none", word: "Switched off" },
  expired: { tone: "none", word: "Expired" },
};

export const verdicts = Object.keys(verdictWords) as EventVerdict[];
