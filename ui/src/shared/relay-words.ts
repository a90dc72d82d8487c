import { IconCloudCheck, IconCloudOff, IconCloudQuestion, IconLoader, IconWifiOff, type Icon } from "@tabler/icons-react";
import type { PathState, RelayState, RelayView } from "../generated/api";
import type { Tone } from "./tones";

interface Words {
  tone: Tone;
  word: string;
  icon: Icon;
}

/** The states of the session with the relay. */
const relayWords: Record<RelayState, Words> = {
  connecting: { tone: "info", word: "Connecting", icon: IconLoader },
  connected: { tone: "good", word: "Connected", icon: IconCloudCheck },
  unreachable: { tone: "bad", word: "Not reachable", icon: IconCloudOff },
};

/** What the probes tell of the path. */
export const pathWords: Record<PathState, Words> = {
  proving: { tone: "none", word: "Not proven yet", icon: IconCloudQuestion },
  proven: { tone: "good", word: "Proven", icon: IconCloudCheck },
  offline: { tone: "none", word: "Offline", icon: IconWifiOff },
  broken: { tone: "bad", word: "Probes are lost", icon: IconCloudOff },
};

/** How the way from the internet stands, in one word: a session alone proves nothing, so only a probe makes it good. */
export function wayWords({ state, path, sentence, path_sentence }: RelayView): Words & { sentence: string } {
  if (path === "offline") return { ...pathWords.offline, sentence: path_sentence };
  if (state !== "connected") return { ...relayWords[state], sentence };
  return { ...pathWords[path], sentence: path_sentence };
}
