import { describe, expect, it } from "vitest";
import { letters } from "../../fake/letters";
import { csvCell, lettersAsCsv } from "./csv";

describe("a cell of the file", () => {
  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "\"'\r=1\""],
  ])("that begins like a formula, %j, is no formula for a spreadsheet", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it("with a comma, a quote or a line break is quoted", () => {
    expect(csvCell("Finance, Mergers")).toBe('"Finance, Mergers"');
    expect(csvCell('the "best"\nof all')).toBe('"the ""best""\nof all"');
    expect(csvCell("O’Brien")).toBe("O’Brien");
  });
});

describe("the file", () => {
  it("leaves the pay out unless it is asked for", () => {
    const without = lettersAsCsv(letters, false);
    expect(without).not.toContain("Pay");
    expect(without).not.toContain("684000");
    expect(lettersAsCsv(letters, true)).toContain("Anna Lindqvist,Senior Software Engineer,2027-01-04,SEK 684000 annual,Published,Lever,");
  });

  it("has a line for each letter, in UTF-8 that spreadsheets know", () => {
    const text = lettersAsCsv(letters, false);
    expect(text.startsWith("\uFEFFCandidate,Job,Start date,Status,")).toBe(true);
    expect(text.trimEnd().split("\r\n")).toHaveLength(letters.length + 1);
  });
});
