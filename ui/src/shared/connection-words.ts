import { IconLoader, IconPlugConnectedX, IconPlugX } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { ConnectionState } from "../generated/api";
import type { Tone } from "./tones";

interface Words {
  tone: Tone;
  word: string;
  icon?: Icon;
}

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
