import { describe, expect, it } from "vitest";
import { leverFields } from "../../fake/mapping";
import { findFields, sections, shownExample } from "./field-search";

const ids = (search: string) => findFields(leverFields, search).map(({ id }) => id);

describe("searching Lever fields", () => {
  it("finds by label without regard to case", () => {
    expect(ids("HEADLINE")).toEqual(["opportunity.headline"]);
  });

  it("finds by id", () => {
    expect(ids("offer.salary")).toEqual(["offer.salary_amount"]);
  });

  it("needs every word", () => {
    expect(ids("offer title")).toEqual(["offer.job_title"]);
  });

  it("keeps the order and puts each field under its group once", () => {
    const limit = leverFields.findIndex(({ group }) => group === "contact") + 1;
    const found = sections(leverFields, limit);
    expect(found.map(({ group }) => group)).toEqual(["opportunity", "contact"]);
    expect(found.flatMap(({ fields }) => fields)).toEqual(leverFields.slice(0, limit));
  });

  it("shows no pay as an example", () => {
    const examples = leverFields.filter(({ id }) => id === "offer.salary_amount").map(shownExample);
    expect(examples).toEqual([null]);
  });
});
