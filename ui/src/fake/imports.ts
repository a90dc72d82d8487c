import type { HeldImport, MissingValue, Tray } from "../generated/api";
import { fields } from "./mapping";
import { minutesAgo } from "./time";

const missing = (target: string, why: string, raw: string | null): MissingValue => {
  const field = fields.target.find(({ id }) => id === target) ?? null;
  return { target, label: field?.label ?? target, why, raw, entered: null, field };
};

const hire = (opportunity_id: string, name: string, minutes: number, rest: Partial<HeldImport>): HeldImport => ({
  opportunity_id,
  name,
  description: "",
  lever_url: `https://hire.lever.co/candidates/${opportunity_id}`,
  workflows: ["Onboarding"],
  since: minutesAgo(minutes),
  needs: [],
  same_person: [],
  next_try_at: null,
  problem: null,
  ...rest,
});

const noMatch = "The value is in no pair of the value map. Add a pair for it.";

export const tray: Tray = {
  held: [
    hire("opp-31", "Wirawan", 31, {
      description: "Product Designer, Offer",
      needs: [missing("last_name", "There is no value for it.", "Wirawan")],
    }),
    hire("opp-32", "ليلى حداد", 12, {
      description: "Account Executive, Offer",
      needs: [
        missing("timezone", "There is no value for it.", null),
        missing("state", noMatch, "Nuevo León"),
        missing("pay_amount", "The value is not a number written as 64000 or 64000.50.", "about 64 000"),
      ],
    }),
    hire("opp-33", "Zoë 🌻 Okafor", 2, {
      description: "Recruiter, Offer",
      needs: [missing("personal_email", "There is no value for it.", null)],
      next_try_at: minutesAgo(-4),
      problem: "Lever cannot be reached right now.",
    }),
  ],
  total: 3,
  declined: [{ opportunity_id: "opp-30", name: "Prince", description: "Recruiter, Offer", declined_at: minutesAgo(2_900) }],
  elsewhere: 1,
};

export const noTray: Tray = { held: [], total: 0, declined: [], elsewhere: 0 };

const differs = (label: string, person: string | null, hired: string | null, masked = false) => ({ label, person, hire: hired, masked });

/** A rehire: the same person by another opportunity. */
export const twice: Tray = {
  ...noTray,
  held: [
    hire("opp-40", "Anna M. Lindqvist", 6, {
      description: "Staff Engineer, Offer",
      same_person: [
        {
          id: "person-1",
          name: "Anna Lindqvist",
          imported_at: minutesAgo(400_000),
          same: 5,
          differences: [
            differs("Last name", "Lindqvist", "M. Lindqvist"),
            differs("Job title", "Senior Software Engineer", "Staff Engineer"),
            differs("Start date", "2026-03-01", "2026-12-07"),
            differs("Team", "Platform", null),
            differs("Pay", "684000", "792000", true),
          ],
        },
      ],
    }),
  ],
  total: 1,
};
