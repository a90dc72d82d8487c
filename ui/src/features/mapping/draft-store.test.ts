import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../../fake/fake-host";
import { refused } from "../../fake/scenarios";
import type { Rule } from "../../generated/api";
import { discarded, edited } from "./draft-history";
import { createDraftStore, draftStoreOf } from "./draft-store";

const fixed = (value: string): Rule[] => [{ target: "timezone", source: { kind: "constant", value }, transforms: [] }];
const saves = () => createFakeHost({ "mappings.keep_draft": () => ({ changed_at: 1 }) });
const to = (value: string) => (history: Parameters<typeof edited>[0]) => edited(history, fixed(value), [], 0);

describe("the unsaved mapping", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is kept in the database, once for a group of letters", async () => {
    const host = saves();
    const store = createDraftStore(host, "people", 3, null);
    for (const value of ["L", "Li", "Lis"]) store.change(to(value));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(host.calls.map(({ request }) => request)).toEqual([
      { mapping: "people", draft: { base_version: 3, rules: { rules: fixed("Lis") } } },
    ]);
  });

  it("is kept while somebody types without a pause", async () => {
    const host = saves();
    const store = createDraftStore(host, "people", 3, null);
    for (let letter = 0; letter < 20; letter++) {
      store.change(to(`${letter}`));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(host.calls.length).toBeGreaterThan(2);
  });

  it("is gone from the database after it was discarded", async () => {
    const host = saves();
    const store = createDraftStore(host, "people", 3, null);
    store.change(to("A"));
    store.change((history) => discarded(history, 3));
    await store.settled();
    expect(host.calls.at(-1)?.request).toEqual({ mapping: "people", draft: null });
  });

  it("says why it could not be kept until it could", async () => {
    const host = createFakeHost({
      "mappings.keep_draft": () => {
        throw refused;
      },
    });
    const store = createDraftStore(host, "people", 3, null);
    store.change(to("A"));
    await store.settled();
    expect(store.get().problem?.message).toBe(refused.message);
    host.answer({ "mappings.keep_draft": () => ({ changed_at: 1 }) });
    store.change(to("B"));
    await store.settled();
    expect(store.get().problem).toBeNull();
  });

  it("begins with what was kept at the last start", () => {
    const kept = { base_version: 2, rules: { rules: fixed("A") }, changed_at: 9 };
    const host = saves();
    const store = draftStoreOf(host, "people", 3, kept);
    expect(store.get()).toMatchObject({ restoredAt: 9, history: { version: 2, draft: kept.rules.rules, past: [] } });
    expect(draftStoreOf(host, "people", 3, null)).toBe(store);
    expect(draftStoreOf(host, "offers", 1, null)).not.toBe(store);
  });
});
