import type { GapsView } from "../generated/api";
import { minutesAgo } from "./time";

export const none: GapsView = { open: [], compared_until: minutesAgo(4), left_out: 0 };

export const missed: GapsView = {
  ...none,
  open: [
    { id: 1, candidate: "Wirawan", what: "Marked as hired", event: "Candidate hired", changed_at: minutesAgo(310), runs: true },
    { id: 2, candidate: "Zo\u00eb \ud83c\udf3b Okafor", what: "Marked as hired", event: "Candidate hired", changed_at: minutesAgo(190), runs: true },
    { id: 3, candidate: "Anna-Lena van der Berg", what: "Deleted", event: "Candidate deleted", changed_at: minutesAgo(42), runs: false },
  ],
};
