import { IconCloudCheck, IconCloudOff, IconCloudQuestion, IconLoader, IconPlayerPause, IconWifiOff, type Icon } from "@tabler/icons-react";
import type { PathState, RelayView, WayState } from "../generated/api";
import type { Tone } from "./tones";

interface Words {
  tone: Tone;
  word: string;
  icon: Icon;
}

/** What the probes tell of the path. */
export const pathWords: Record<PathState, Words> = {
  proving: { tone: "none", word: "Not proven yet", icon: IconCloudQuestion },
  proven: { tone: "good", word: "Proven", icon: IconCloudCheck },
  offline: { tone: "none", word: "Offline", icon: IconWifiOff },
  broken: { tone: "bad", word: "Probes are lost", icon: IconCloudOff },
};

const words: Record<WayState, Words> = {
  ...pathWords,
  connecting: { tone: "info", word: "Connecting", icon: IconLoader },
  unreachable: { tone: "bad", word: "Not reachable", icon: IconCloudOff },
  standing_by: { tone: "bad", word: "Stands by", icon: IconPlayerPause },
};

/** How the way from the internet stands. */
export function wayWords({ way, way_sentence }: RelayView): Words & { sentence: string } {
  return { ...words[way], sentence: way_sentence };
}
