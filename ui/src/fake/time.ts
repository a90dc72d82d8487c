/** A moment so many minutes before the data was made; negative for later. */
export function minutesAgo(minutes: number): number {
  return Date.now() - minutes * 60_000;
}
