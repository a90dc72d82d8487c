import { describe, expect, it } from "vitest";
import type { Compatibility, Rule, TargetField } from "../../generated/api";
import { inFieldOrder, moved, sameRules, withSource, withTransforms } from "./draft";
import { saveBlockers } from "./save-blockers";

const field = (id: string, label: string, required = false): TargetField => ({
  id, label, group: "Name", type: "text", required, options: [], masked: false, custom: false,
});
const fields = [field("first_name", "First name", true), field("last_name", "Last name", true), field("team", "Team")];
const rule = (target: string, more: Partial<Rule> = {}): Rule => ({
  target, source: { kind: "lever", field: "opportunity.name" }, transforms: [], ...more,
});
const unknownYet = () => undefined;
const complete = [rule("first_name"), rule("last_name")];

describe("editing rules", () => {
  it("adds a rule for a field that had none", () => {
    expect(withSource([], "team", { kind: "lever", field: "posting.team" })).toEqual([
      { target: "team", source: { kind: "lever", field: "posting.team" }, transforms: [] },
    ]);
  });

  it("keeps the transforms when the source changes", () => {
    const rules = [rule("team", { transforms: [{ kind: "trim" }] })];
    const [changed] = withSource(rules, "team", { kind: "constant", value: "Sales" });
    expect(changed?.transforms).toEqual([{ kind: "trim" }]);
  });

  it("removes the rule of a field that is not mapped any more", () => {
    expect(withSource(complete, "last_name", null)).toEqual([rule("first_name")]);
  });

  it("sets the transforms of one field only", () => {
    const [first, last] = withTransforms(complete, "last_name", [{ kind: "trim" }]);
    expect(first?.transforms).toEqual([]);
    expect(last?.transforms).toEqual([{ kind: "trim" }]);
  });

  it("moves a step and leaves the list alone at its ends", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
  });

  it("saves rules in the order of the person fields", () => {
    const order = inFieldOrder([rule("unknown"), rule("team"), rule("first_name")], fields);
    expect(order.map(({ target }) => target)).toEqual(["first_name", "team", "unknown"]);
  });
});

describe("telling whether something changed", () => {
  it("takes rules in another order for the same mapping", () => {
    expect(sameRules(complete, [...complete].reverse())).toBe(true);
  });

  it("takes keys in another order for the same rule", () => {
    const reordered: Rule = { transforms: [], source: { field: "opportunity.name", kind: "lever" }, target: "team" };
    expect(sameRules([rule("team")], [reordered])).toBe(true);
  });

  it("takes steps in another order for a change", () => {
    const one = [rule("team", { transforms: [{ kind: "trim" }, { kind: "case", to: "upper" }] })];
    const other = [rule("team", { transforms: [{ kind: "case", to: "upper" }, { kind: "trim" }] })];
    expect(sameRules(one, other)).toBe(false);
  });
});

describe("saying why Save waits", () => {
  it("has nothing to say about a complete mapping that changed", () => {
    expect(saveBlockers(complete, fields, true, "people", unknownYet)).toEqual([]);
  });

  it("says that nothing changed", () => {
    expect(saveBlockers(complete, fields, false, "people", unknownYet)).toEqual(["Nothing has changed since the last save."]);
  });

  it("names every required field that is not mapped", () => {
    expect(saveBlockers([], fields, true, "people", unknownYet)).toEqual([
      "Choose a Lever field for First name and Last name: every import needs them.",
    ]);
    expect(saveBlockers([], fields.slice(0, 1), true, "offers", unknownYet)).toEqual([
      "Choose a Lever field for First name: every letter needs it.",
    ]);
  });

  it.each<[string, Partial<Rule>]>([
    ["a fixed value without text", { source: { kind: "constant", value: " " } }],
    ["a default without text", { transforms: [{ kind: "default_if_empty", value: "" }] }],
    ["a value map with an empty pair", { transforms: [{ kind: "value_map", pairs: [{ from: "", to: "x" }], if_no_match: { kind: "keep" } }] }],
  ])("names a field with %s", (_, unfinished) => {
    expect(saveBlockers([...complete, rule("team", unfinished)], fields, true, "people", unknownYet)).toEqual([
      "Finish Team: a value is missing.",
    ]);
  });

  it.each<[string, Compatibility, Partial<Rule>, string[]]>([
    ["can never fit", { kind: "impossible", why: "" }, {}, ["Choose another Lever field for Team: its type cannot be used there."]],
    ["loses something", { kind: "lossy", why: "" }, {}, ["Accept what is lost in Team, or choose another Lever field."]],
    ["loses what was accepted", { kind: "lossy", why: "" }, { accepts_loss: true }, []],
    ["converts", { kind: "converts" }, {}, []],
  ])("judges a field that %s", (_, found, more, expected) => {
    const of = (target: string) => (target === "team" ? { target, rule: found, types: [] } : undefined);
    expect(saveBlockers([...complete, rule("team", more)], fields, true, "people", of)).toEqual(expected);
  });
});
