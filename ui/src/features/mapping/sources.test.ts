import { describe, expect, it } from "vitest";
import { leverFields } from "../../fake/mapping";
import { newSource, sourceFields, sourceLabel } from "./sources";

describe("changing the kind of a source", () => {
  const name = { kind: "lever", field: "opportunity.name" } as const;

  it("takes the chosen field along", () => {
    expect(newSource("first_of", name)).toEqual({ kind: "first_of", fields: ["opportunity.name"] });
    expect(newSource("template", name)).toEqual({ kind: "template", text: "{{opportunity.name}}" });
  });

  it("takes the fields of a template along, but not its escaped braces", () => {
    const template = { kind: "template", text: String.raw`\{{a}} {{ b }}{{c}}` } as const;
    expect(sourceFields(template)).toEqual(["b", "c"]);
    expect(newSource("join", template)).toEqual({ kind: "join", fields: ["b", "c"], separator: " " });
  });

  it("leaves a source of that kind as it is", () => {
    const join = { kind: "join", fields: ["a", "b"], separator: ", " } as const;
    expect(newSource("join", { ...join, fields: [...join.fields] })).toEqual(join);
  });

  it("shows the label of a field, and its id once Lever has it no longer", () => {
    expect(sourceLabel(name, leverFields)).toBe("Name");
    expect(sourceLabel({ kind: "lever", field: "gone" }, leverFields)).toBe("gone");
    expect(sourceLabel({ kind: "sum", fields: [] }, leverFields)).toBe("Sum");
  });
});
