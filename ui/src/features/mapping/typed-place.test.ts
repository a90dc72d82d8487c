import { expect, it } from "vitest";
import { typedPlace } from "./typed-place";

const rule = (value: string, steps: unknown[] = []) => ({ target: "state", source: { kind: "constant", value }, transforms: steps });

it("names the place of the only text that changed", () => {
  expect(typedPlace([rule("A")], [rule("AB")])).toBe("/0/source/value");
});

it.each([
  ["nothing changed", [rule("A")], [rule("A")]],
  ["two texts changed", [rule("A"), rule("A")], [rule("B"), rule("B")]],
  ["something was added", [rule("A")], [rule("A"), rule("B")]],
  ["a step was added", [rule("A")], [rule("A", [{ kind: "trim" }])]],
  ["a text became nothing", [{ from: "x" }], [{ from: null }]],
])("names none if %s", (_, before, after) => {
  expect(typedPlace(before, after)).toBeNull();
});
