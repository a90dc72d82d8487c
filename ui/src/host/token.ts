const KEPT_AS = "fulcrum.token";

/**
 * Takes the bearer token from `#token=...` once: it moves to the tab's session storage and leaves the
 * address, so that it is neither bookmarked nor shown. Reloading the tab finds it in the storage.
 */
export function takeToken(view: Pick<Window, "location" | "history" | "sessionStorage">): string | null {
  const given = new URLSearchParams(view.location.hash.slice(1)).get("token");
  if (given === null) return view.sessionStorage.getItem(KEPT_AS);
  view.sessionStorage.setItem(KEPT_AS, given);
  view.history.replaceState(null, "", view.location.pathname + view.location.search);
  return given;
}
