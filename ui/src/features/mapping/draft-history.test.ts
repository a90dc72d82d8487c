import { describe, expect, it } from "vitest";
import type { Rule } from "../../generated/api";
import { begin, discarded, edited, redone, savedAs, undone, type History } from "./draft-history";

const fixed = (value: string): Rule[] => [{ target: "timezone", source: { kind: "constant", value }, transforms: [] }];
const saved = fixed("UTC");
const valueOf = ({ draft }: History) => (draft ?? saved)[0]?.source;

describe("what was edited", () => {
  it("can be undone and done again for more than a hundred steps", () => {
    let history = begin(3);
    for (let step = 1; step <= 150; step++) history = edited(history, fixed(`zone ${step}`), saved, step * 10_000);
    for (let step = 0; step < 150; step++) history = undone(history);
    expect(history.draft).toBeNull();
    expect(undone(history)).toBe(history);
    for (let step = 0; step < 150; step++) history = redone(history);
    expect(valueOf(history)).toEqual({ kind: "constant", value: "zone 150" });
    expect(redone(history)).toBe(history);
  });

  it("is one step as long as somebody types in one place, and two after a pause", () => {
    let history = begin(3);
    for (let letters = 1; letters <= "Lisbon".length; letters++) {
      history = edited(history, fixed("Lisbon".slice(0, letters)), saved, letters * 200);
    }
    expect(history.past).toHaveLength(1);
    history = edited(history, fixed("Lisbon!"), saved, 60_000);
    expect(valueOf(undone(history))).toEqual({ kind: "constant", value: "Lisbon" });
    expect(undone(undone(history)).draft).toBeNull();
  });

  it("is a step of its own after an undo, even in the same place", () => {
    let history = edited(begin(3), fixed("A"), saved, 0);
    history = undone(history);
    history = edited(history, fixed("B"), saved, 100);
    expect(history.past).toHaveLength(1);
    expect(history.future).toEqual([]);
  });

  it("can be had back after it was discarded", () => {
    const history = discarded(edited(begin(3), fixed("A"), saved, 0), 3);
    expect(history.draft).toBeNull();
    expect(valueOf(undone(history))).toEqual({ kind: "constant", value: "A" });
  });

  it("goes back past a save to the rules that were saved before it", () => {
    let history = edited(begin(3), fixed("A"), saved, 0);
    history = savedAs(history, 4, saved);
    expect(history).toMatchObject({ version: 4, draft: null });
    expect(undone(history).draft).toBe(saved);
  });
});
