import { formatAge, formatMoment } from "./dates";
import { useNow } from "./now";

interface TimeProps {
  /** Milliseconds since 1970 UTC. */
  at: number;
  /** Only the age, with the whole moment on hover, where a line has no room for both. */
  ageOnly?: boolean;
}

/** A moment with its live age: `21 Nov 2026, 20:14 (2 min ago)`. */
export function Time({ at, ageOnly = false }: TimeProps) {
  const age = formatAge(at, useNow());
  const moment = formatMoment(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={ageOnly ? moment : undefined}>
      {ageOnly ? age : `${moment} (${age})`}
    </time>
  );
}
