import { expect, it } from "vitest";
import { pagesAfterFirst } from "./useLetters";

it("reads the pages whose rows are in view, and no others", () => {
  expect(pagesAfterFirst({ first: 0, end: 40 }, 10_000)).toEqual([]);
  expect(pagesAfterFirst({ first: 180, end: 220 }, 10_000)).toEqual([200]);
  expect(pagesAfterFirst({ first: 5_390, end: 5_430 }, 10_000)).toEqual([5_200, 5_400]);
  expect(pagesAfterFirst({ first: 190, end: 230 }, 195)).toEqual([]);
});
