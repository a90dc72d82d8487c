import { formatMoment, formatSeconds } from "./dates";
import { useSeconds } from "./now";

/** How long ago a moment was, counting its seconds; the whole moment on hover. */
export function SecondsAgo({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
      {formatSeconds(at, useSeconds())}
    </time>
  );
}
