import type { Draft } from "./draft";

const KEPT_AS = "fulcrum.mapping-draft";

/** Keeps the unsaved mapping over tabs, pages and restarts. */
export interface DraftStore {
  get: () => Draft | null;
  set: (draft: Draft | null) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createDraftStore(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): DraftStore {
  let draft = parse(storage.getItem(KEPT_AS));
  const listeners = new Set<() => void>();
  return {
    get: () => draft,
    set: (next) => {
      draft = next;
      if (next === null) storage.removeItem(KEPT_AS);
      else storage.setItem(KEPT_AS, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A draft of another shape, from an older version of the app, is no draft. */
function parse(text: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" && value !== null &&
    "baseVersion" in value && typeof value.baseVersion === "number" &&
    "rules" in value && Array.isArray(value.rules)
  );
}

export const draftStore = createDraftStore(window.localStorage);
