import { IconCloudCheck, IconCloudOff, IconLoader, type Icon } from "@tabler/icons-react";
import type { RelayState } from "../generated/api";
import type { Tone } from "./tones";

/** The states of the relay. */
export const relayWords: Record<RelayState, { tone: Tone; word: string; icon: Icon }> = {
  connecting: { tone: "info", word: "Connecting", icon: IconLoader },
  connected: { tone: "good", word: "Connected", icon: IconCloudCheck },
  unreachable: { tone: "bad", word: "Not reachable", icon: IconCloudOff },
};
