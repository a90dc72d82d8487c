import { describe, expect, it, vi } from "vitest";
import { createDraftStore } from "./draft-store";

const draft = { baseVersion: 3, rules: [] };

function memory(kept: string | null = null) {
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
    removeItem: () => {
      kept = null;
    },
  };
}

describe("the unsaved mapping", () => {
  it("is there again after a restart", () => {
    const storage = memory();
    createDraftStore(storage).set(draft);
    expect(createDraftStore(storage).get()).toEqual(draft);
  });

  it("is gone after it was discarded", () => {
    const storage = memory();
    const store = createDraftStore(storage);
    store.set(draft);
    store.set(null);
    expect(createDraftStore(storage).get()).toBeNull();
  });

  it.each(["not json", "{}", '{"baseVersion":"3","rules":[]}'])("is none if %s was kept", (kept) => {
    expect(createDraftStore(memory(kept)).get()).toBeNull();
  });

  it("tells whoever shows it that it changed", () => {
    const store = createDraftStore(memory());
    const listener = vi.fn();
    store.subscribe(listener);
    store.set(draft);
    expect(listener).toHaveBeenCalledOnce();
  });
});
