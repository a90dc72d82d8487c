import type { ActivityLine, Kind, Outcome } from "../../generated/api";

/** What the reader wants to see. */
export interface Filter {
  text: string;
  kind: Kind | null;
  outcome: Outcome | null;
}

export const everything: Filter = { text: "", kind: null, outcome: null };

/** Two pages of the log as one, newest first, each line once. */
export function merge(lines: readonly ActivityLine[], more: readonly ActivityLine[]): ActivityLine[] {
  const byId = new Map([...lines, ...more].map((line) => [line.id, line]));
  return [...byId.values()].sort((a, b) => b.id - a.id);
}

/** How many lines came after the newest one on screen. */
export function countNewer(lines: readonly ActivityLine[], newestShown: number | null): number {
  return newestShown === null ? 0 : lines.filter(({ id }) => id > newestShown).length;
}

export function matches(line: ActivityLine, { text, kind, outcome }: Filter): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  return (
    (kind === null || line.kind === kind) &&
    (outcome === null || line.outcome === outcome) &&
    (wanted === "" || line.sentence.toLocaleLowerCase().includes(wanted))
  );
}

/** The whole way of one event, oldest first; the line alone if nothing is joined to it. */
export function wayOf(line: ActivityLine, lines: readonly ActivityLine[]): ActivityLine[] {
  if (line.correlation === null) return [line];
  return lines.filter(({ correlation }) => correlation === line.correlation).reverse();
}
