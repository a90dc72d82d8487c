import { describe, expect, it } from "vitest";
import { regions } from "./regions";

describe("the countries of phone numbers", () => {
  it("are those of ISO 3166 by name, without what is none or was replaced", () => {
    const all = regions();
    const codes = all.map(({ value }) => value);
    expect(codes).toEqual(expect.arrayContaining(["US", "DE", "GB", "JP", "TW", "XK"]));
    for (const none of ["EU", "ZZ", "XA", "DD", "SU", "UK", "AN"]) expect(codes).not.toContain(none);
    expect(all).toContainEqual({ value: "DE", label: "Germany (DE)" });
    expect(all.length).toBeGreaterThan(240);
    expect(all[0]?.label).toBe("Afghanistan (AF)");
  });
});
