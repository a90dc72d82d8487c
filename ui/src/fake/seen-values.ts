import type { ForValueMap, Paired, SeenValues } from "../generated/api";
import { minutesAgo } from "./time";

const states: [string, number, string | null][] = [
  ["CA", 21, "California"], ["NY", 12, "New York"], ["TX", 7, "Texas"], ["WA", 5, "Washington"], ["Remote (US)", 3, null], ["MA", 2, "Massachusetts"],
];

function paired([text, count, name]: (typeof states)[number], pairs: { from: string; to: string }[]): Paired {
  const to = pairs.find(({ from }) => from === text)?.to ?? null;
  return { value: { text, count }, to, suggestion: to === null && name !== null ? { to: name, why: "US state" } : null };
}

/** The states of fifty requisitions, against the pairs that were drawn. */
export function seenValues({ rule, step }: ForValueMap): SeenValues {
  const map = rule.transforms[step];
  const values = states.map((state) => paired(state, map?.kind === "value_map" ? map.pairs : []));
  const sum = (some: Paired[]) => some.reduce((all, { value }) => all + value.count, 0);
  return {
    counted_in: "requisitions",
    records: 54,
    filled: 50,
    cut: false,
    values,
    further: 0,
    coverage: Math.floor((100 * sum(values.filter(({ to }) => to !== null))) / sum(values)),
    read_at: minutesAgo(2),
    reading: false,
    problem: null,
  };
}

/** A field that no list of Lever's tells, before anybody was read. */
export const nothingSeen: SeenValues = {
  counted_in: "kept_candidates", records: 0, filled: 0, cut: false, values: [], further: 0, coverage: null, read_at: null, reading: false, problem: null,
};
