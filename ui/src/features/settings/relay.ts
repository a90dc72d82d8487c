import type { SettingsInput, SettingsView } from "../../generated/api";

/** The relay and the ports as they are typed. */
export interface RelayDraft {
  relayUrl: string;
  ports: string;
}

export interface RelayProblems {
  relay_url?: string;
  callback_ports?: string;
}

const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_535;
const MOST_PORTS = 5;

export function draftOf({ relay_url, callback_ports }: SettingsView): RelayDraft {
  return { relayUrl: relay_url ?? "", ports: callback_ports.join(", ") };
}

/** The ports in the text, in order; none where a word is not a whole number. */
export function parsePorts(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  return words.every((word) => /^\d+$/.test(word)) ? words.map(Number) : null;
}

/** What the engine would refuse, said before it is asked. */
export function relayProblems({ ports }: RelayDraft): RelayProblems {
  const parsed = parsePorts(ports);
  if (parsed === null) return { callback_ports: "Enter ports as numbers, separated by commas." };
  if (parsed.length === 0 || parsed.length > MOST_PORTS) {
    return { callback_ports: `Enter one to ${MOST_PORTS} ports.` };
  }
  const usable = (port: number) => port >= LOWEST_PORT && port <= HIGHEST_PORT;
  if (!parsed.every(usable)) return { callback_ports: `Use ports from ${LOWEST_PORT} to ${HIGHEST_PORT}.` };
  if (new Set(parsed).size < parsed.length) return { callback_ports: "Enter each port once." };
  return {};
}

/** The request; an empty address means the relay inside the app. */
export function settingsInput({ relayUrl, ports }: RelayDraft): SettingsInput {
  return { relay_url: relayUrl.trim() || null, callback_ports: parsePorts(ports) ?? [] };
}
