import { IconLoader, IconPlugConnectedX, IconPlugX } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { ConnectionState, ConnectionView, Integration } from "../generated/api";
import type { Tone } from "./tones";

interface Words {
  tone: Tone;
  word: string;
  icon?: Icon;
}

/** What a connection is for. */
export const integrationWords: Record<Integration, string> = {
  onboarding: "Onboarding",
  offer_letters: "Offer letters",
};

/** Where its connection is looked after. */
export const connectionHref: Record<Integration, string> = {
  onboarding: "/integrations/lever",
  offer_letters: "/integrations/ats/lever",
};

/** The states of the connection, exactly one at a time (SCREENS.md 4.1.4). */
export const connectionWords: Record<ConnectionState, Words> = {
  not_connected: { tone: "none", word: "Not connected" },
  waiting_for_browser: { tone: "info", word: "Waiting for browser", icon: IconLoader },
  connected_not_validated: { tone: "info", word: "Connected, not validated" },
  verified: { tone: "good", word: "Verified" },
  connected_limited: { tone: "wait", word: "Connected, limited" },
  needs_reconnect: { tone: "bad", word: "Needs reconnect", icon: IconPlugX },
  lever_not_reachable: { tone: "wait", word: "Lever not reachable", icon: IconPlugConnectedX },
  disconnected: { tone: "none", word: "Disconnected" },
};

/** The word of the state, in the tone of what holds the connection up. */
export function wordsOf({ state, client_secret_refused }: ConnectionView): Words {
  return client_secret_refused ? { ...connectionWords[state], tone: "bad" } : connectionWords[state];
}
