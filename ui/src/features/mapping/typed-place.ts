type Json = unknown;

/**
 * The place of the one text in which two values differ, or null if they differ in anything else. While somebody types,
 * it stays the same from one letter to the next.
 */
export function typedPlace(before: Json, after: Json): string | null {
  const places = differences(before, after, "");
  return places.length === 1 ? (places[0] ?? null) : null;
}

/** Paths of changed texts; a difference of another kind counts twice, so that it is never taken for typing. */
function differences(before: Json, after: Json, path: string): string[] {
  if (before === after) return [];
  if (typeof before === "string" && typeof after === "string") return [path];
  if (!isObject(before) || !isObject(after)) return [path, path];
  const keys = Object.keys(before);
  if (keys.join("\n") !== Object.keys(after).join("\n")) return [path, path];
  return keys.flatMap((key) => differences(before[key], after[key], `${path}/${key}`));
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null;
}
