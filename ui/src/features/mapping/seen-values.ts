import type { Pair, Paired, SeenValues } from "../../generated/api";

/** In what the values were counted: `43 postings`. */
export function countedIn({ counted_in, records, cut }: SeenValues): string {
  const number = cut ? `the first ${records}` : String(records);
  const one = records === 1;
  switch (counted_in) {
    case "opportunities":
      return `${number} ${one ? "candidate who was" : "candidates who were"} hired or ${one ? "is" : "are"} in the Offer stage`;
    case "postings":
      return `${number} ${one ? "posting" : "postings"}`;
    case "requisitions":
      return `${number} ${one ? "requisition" : "requisitions"}`;
    case "kept_candidates":
      return `${number} ${one ? "candidate" : "candidates"} read before`;
  }
}

/** The pair that a value gets: the suggested one, or else itself, which changes nothing until somebody does. */
export function pairFor({ value, suggestion }: Paired): Pair {
  return { from: value.text, to: suggestion?.to ?? value.text };
}

/** The pairs with more at their end; those that nobody filled in make room. */
export function withPairs(pairs: readonly Pair[], more: readonly Pair[]): Pair[] {
  return [...pairs.filter(({ from, to }) => from.trim() !== "" || to !== ""), ...more];
}
