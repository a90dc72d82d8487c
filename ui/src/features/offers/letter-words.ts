import {
  IconArrowBackUp,
  IconCalendarOff,
  IconEyeOff,
  IconHandStop,
  IconQuestionMark,
  IconSend,
  IconTrash,
  type Icon,
} from "@tabler/icons-react";
import type { LetterSource, LetterStatus, Out } from "../../generated/api";
import type { Tone } from "../../shared/tones";

interface StatusWords {
  word: string;
  tone: Tone;
  icon?: Icon;
}

const words: Record<LetterStatus, StatusWords> = {
  held: { word: "Held", tone: "wait", icon: IconHandStop },
  unpublished: { word: "Unpublished", tone: "none", icon: IconEyeOff },
  published: { word: "Published", tone: "info", icon: IconSend },
  accepted: { word: "Accepted", tone: "good" },
  declined: { word: "Declined", tone: "bad" },
  expired: { word: "Expired", tone: "wait", icon: IconCalendarOff },
  withdrawn: { word: "Withdrawn", tone: "none", icon: IconArrowBackUp },
  deleted: { word: "Deleted", tone: "none", icon: IconTrash },
  other: { word: "Another word of Lever’s", tone: "info", icon: IconQuestionMark },
};

/** Every state in which a letter can be, in the order of its life. */
export const statuses: LetterStatus[] = [
  "held", "unpublished", "published", "accepted", "declined", "expired", "withdrawn", "deleted", "other",
];

/** A state in one word, for a filter. */
export const statusWord = (status: LetterStatus) => words[status].word;

/** How far a letter is; where nobody knows what Lever says, Lever's own word. */
export function statusMark({ status, status_in_lever }: { status: LetterStatus; status_in_lever: string }): StatusWords {
  return status === "other" && status_in_lever !== "" ? { ...words.other, word: status_in_lever } : words[status];
}

export const sourceWords: Record<LetterSource, string> = { lever: "Lever", hand: "By hand" };

export const outWords: Record<Out, string> = {
  hired: "Archived as hired",
  archived: "Archived",
  anonymized: "Anonymized",
  deleted: "Deleted",
};

/** A letter whose candidate is gone has no name. */
export const candidateOf = (letter: { candidate: string }) => letter.candidate || "Candidate deleted";
