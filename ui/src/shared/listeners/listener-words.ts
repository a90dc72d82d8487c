import { IconClock, IconPencil, IconPlayerPause, type Icon } from "@tabler/icons-react";
import type { ListenerState } from "../../generated/api";
import type { Tone } from "../tones";

interface Words {
  tone: Tone;
  word: string;
  icon?: Icon;
}

/** Nobody has begun one. */
export const notSetUp: Words = { tone: "none", word: "Not set up" };

/** However far it is, nothing of it is run. */
export const switchedOff: Words = { tone: "none", word: "Switched off", icon: IconPlayerPause };

/** How far a listener is. */
export const listenerWords: Record<ListenerState, Words> = {
  draft: { tone: "none", word: "Draft", icon: IconPencil },
  waiting_for_first_event: { tone: "info", word: "Waiting for first event", icon: IconClock },
  connection_verified: { tone: "good", word: "Connection verified" },
  token_did_not_match: { tone: "bad", word: "Token did not match" },
};
