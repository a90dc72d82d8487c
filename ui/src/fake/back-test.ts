import type { BackTest, ChangedCell, TestedHire } from "../generated/api";
import { minutesAgo } from "./time";

const cell = (target: string, label: string, live: string | null, draft: string | null, more: Partial<ChangedCell> = {}): ChangedCell => ({
  target, label, masked: false, live, draft, problem: null, ...more,
});

const hire = (id: string, name: string, days: number, more: Partial<TestedHire> = {}): TestedHire => ({
  candidate: { opportunity_id: id, offer_id: null, name, description: "Data Engineer, Offer" },
  hired_at: minutesAgo(days * 24 * 60),
  verdict: "same",
  cells: [],
  blockers: [],
  ...more,
});

const people: TestedHire[] = [
  hire("opp-1", "Anna Lindqvist", 2, {
    verdict: "changed",
    cells: [cell("state", "State or region", "CA", "California"), cell("pay_amount", "Pay", "684000", "57000", { masked: true })],
  }),
  hire("opp-5", "Bo Lund", 9, {
    verdict: "failed",
    cells: [cell("state", "State or region", "BY", null, { problem: "No pair of the value map fits." })],
    blockers: ["State or region: No pair of the value map fits."],
  }),
  hire("opp-6", "Mika Saari", 30),
];

/** All hires are read. */
export const done: BackTest = { hires: { reading: false, done: 3, total: 3, problem: null }, version: 3, people };

/** Some are still to come. */
export const reading: BackTest = { ...done, hires: { reading: true, done: 2, total: 50, problem: null }, people: people.slice(0, 2) };
