import type { Reason, Suggestion, Transform } from "../generated/api";

const from = (
  target: string, field: string, reason: Reason, words: string, example: string | null, more: { exact?: boolean; transforms?: Transform[] } = {},
): Suggestion => ({
  rule: { target, source: { kind: "lever", field }, transforms: more.transforms ?? [] },
  reason, words, example, exact: more.exact ?? false, score: more.exact ? 100 : 90,
});

/** For the rows that a new mapping lacks. */
export const suggestions: Suggestion[] = [
  from("personal_email", "derived.primary_email", "known_alias", "Known alias of “Personal e-mail”", "anna.lindqvist@mail.example"),
  from("job_title", "offer.job_title", "same_name", "Same name", "Senior Software Engineer", { exact: true }),
  from("start_date", "offer.anticipated_start_date", "known_alias", "Known alias of “Start date”", "2026-12-01"),
  from("state", "requisition.state", "known_alias", "Known alias of “State or region”", "California", {
    transforms: [
      { kind: "value_map", pairs: [{ from: "CA", to: "California" }, { from: "NY", to: "New York" }], if_no_match: { kind: "keep" } },
    ],
  }),
  from("pay_amount", "offer.salary_amount", "same_name", "Same name", "684000", { exact: true }),
];
