const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The clock on screen ticks seldom, so a moment a little ahead of it has just been. */
const BEHIND = 20_000;

const moment = new Intl.DateTimeFormat("en", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** A moment in the user's zone: `21 Nov 2026, 20:14`. */
export function formatMoment(at: number): string {
  const part = partsOf(moment, at);
  return `${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")}`;
}

/** A day as it stands, never shifted by a zone: `2026-11-21` gives `21 Nov 2026`. */
export function formatDay(isoDay: string): string {
  const at = Date.parse(`${isoDay}T00:00:00Z`);
  if (Number.isNaN(at)) return isoDay;
  const part = partsOf(day, at);
  return `${part("day")} ${part("month")} ${part("year")}`;
}

/** How long ago, or how soon: `2 min ago`, `in 3 h`. */
export function formatAge(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < MINUTE) return at - now > BEHIND ? "in less than 1 min" : "just now";
  const words =
    distance < HOUR ? `${Math.floor(distance / MINUTE)} min`
    : distance < DAY ? `${Math.floor(distance / HOUR)} h`
    : distance < 2 * DAY ? "1 day"
    : `${Math.floor(distance / DAY)} days`;
  return now >= at ? `${words} ago` : `in ${words}`;
}

/** As `formatAge`, with its seconds: `12 s ago`. */
export function formatSeconds(at: number, now: number): string {
  const distance = now - at;
  if (distance >= MINUTE || distance < -BEHIND) return formatAge(at, now);
  return `${Math.max(0, Math.floor(distance / 1_000))} s ago`;
}

function partsOf(format: Intl.DateTimeFormat, at: number): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = format.formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? "";
}
