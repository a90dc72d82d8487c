import type {
  CompanyView, Fields, FieldType, MappingView, NotSupported, OfferRow, Preview, Rule, Sample, SampleAnswer, SourceField, TargetField,
} from "../generated/api";
import { leverFields } from "./mapping";
import { minutesAgo } from "./time";

type Row = Pick<OfferRow, "kind" | "words"> & {
  id: string;
  label: string;
  type: FieldType;
  masked?: boolean;
  required?: boolean;
  source: Rule["source"] | null;
  transforms?: Rule["transforms"];
  lacking?: string[];
  raw: string | null;
  value?: string | null;
  note?: string | null;
};

const reads = (field: string): Rule["source"] => ({ kind: "lever", field });
const first = (...fields: string[]): Rule["source"] => ({ kind: "first_of", fields });
const part = (which: "first_word" | "rest"): Rule["transforms"] => [{ kind: "trim" }, { kind: "name_part", part: which }];
const asIs = "As in Lever.";

const rows: Row[] = [
  { id: "assignee", label: "Assignee", type: "person", kind: "derived", words: "The colleague with the recruiter's e-mail address: recruiter_email in the offer form, or else whoever made the offer, or else the owner of the opportunity. Where nobody is found, whoever connected Lever, and the letter says so.", source: first("derived.offer_creator_email", "owner.email", "company.connection_owner"), raw: "amina.kowalski@northwind.example", note: "No recruiter with an e-mail address was found, so the letter goes to whoever connected Lever." },
  { id: "base_salary", label: "Base salary", type: "number", masked: true, kind: "direct", words: asIs, source: reads("offer.salary_amount"), raw: "684000" },
  { id: "base_salary_pay_period", label: "Base salary pay period", type: "choice", kind: "direct", words: "Annual or hourly. Any other period in Lever holds the letter and asks.", source: reads("offer.salary_interval"), transforms: [{ kind: "value_map", pairs: [{ from: "per-year-salary", to: "Annual" }, { from: "per-hour-wage", to: "Hourly" }], if_no_match: { kind: "stop" } }], raw: "per-year-salary", value: "Annual" },
  { id: "benefit_package", label: "Benefit package", type: "text", kind: "constant", words: "Always the default package. Another one is chosen in the letter.", source: { kind: "constant", value: "Default" }, raw: "Default" },
  { id: "candidate_address_line_1", label: "Candidate address line 1", type: "text", kind: "direct", words: asIs, source: null, lacking: ["candidate_address_line_1"], raw: null },
  { id: "candidate_address_line_2", label: "Candidate address line 2", type: "text", kind: "direct", words: asIs, source: null, lacking: ["candidate_address_line_2"], raw: null },
  { id: "candidate_first_name", label: "Candidate first name", type: "text", required: true, kind: "derived", words: "The first part of the candidate's name.", source: reads("opportunity.name"), transforms: part("first_word"), raw: "Anna Lindqvist", value: "Anna" },
  { id: "candidate_last_name", label: "Candidate last name", type: "text", kind: "derived", words: "All but the first part of the candidate's name.", source: reads("opportunity.name"), transforms: part("rest"), raw: "Anna Lindqvist", value: "Lindqvist" },
  { id: "candidate_email", label: "Candidate email", type: "email", required: true, kind: "derived", words: "The first e-mail address of the candidate in Lever.", source: reads("opportunity.emails.first"), raw: "anna.lindqvist@mail.example" },
  { id: "currency", label: "Currency", type: "text", kind: "direct", words: "As in Lever, or else your company's default currency.", source: first("offer.compensation_currency", "company.currency"), transforms: [{ kind: "currency" }], raw: "SEK" },
  { id: "display_location", label: "Display Location", type: "text", kind: "direct", words: "Free text, as the candidate sees it.", source: reads("offer.location/office"), raw: "Stockholm" },
  { id: "type_of_shares", label: "Type of shares", type: "text", kind: "direct", words: asIs, source: null, lacking: ["equity_type"], raw: null },
  { id: "job_title", label: "Job title", type: "text", kind: "direct", words: asIs, source: reads("offer.job_title"), raw: "Senior Software Engineer" },
  { id: "number_of_shares", label: "Number of shares", type: "number", kind: "direct", words: "As in Lever, where it is a number. A percentage is left out.", source: reads("offer.offered_equity"), raw: "1200" },
  { id: "sign_on_bonus", label: "Sign-on bonus", type: "number", masked: true, kind: "derived", words: "Offered bonus and starting or signing bonus, added where both are filled in.", source: { kind: "sum", fields: ["offer.offered_bonus", "offer.offered_starting/signing_bonus"] }, raw: "5000 + 2500", value: "7500", note: "Several bonuses are filled in, so they were added." },
  { id: "start_date", label: "Start date", type: "date", kind: "direct", words: asIs, source: reads("offer.anticipated_start_date"), raw: "2026-12-01" },
  { id: "status", label: "Status", type: "choice", required: true, kind: "derived", words: "Accepted once the offer is signed, declined once it is denied, published before that. A state that Lever adds is shown as it is, with a warning.", source: reads("offer_status"), transforms: [{ kind: "value_map", pairs: [{ from: "signed", to: "Accepted" }, { from: "sent", to: "Published" }], if_no_match: { kind: "keep" } }], raw: "sent", value: "Published" },
  { id: "target_bonus_amount", label: "Target Bonus Amount", type: "number", masked: true, kind: "direct", words: asIs, source: reads("offer.offered_annual_bonus"), raw: null },
  { id: "target_bonus_percent", label: "Target bonus %", type: "number", masked: true, kind: "custom", words: "A field of your own: add it to the offer form in Lever with Target Bonus Percent as its description and Number as its type.", source: null, lacking: ["target_bonus_percent"], raw: null },
  { id: "expires", label: "Expires (valid until date)", type: "date", kind: "direct", words: "As in Lever, or else two calendar months after the offer was made, in your company's time zone.", source: first("offer.offer_expiration_date", "company.two_months_after_offer"), raw: "2027-01-18", note: "The offer names no last day, so it is two months after it was made." },
];

const ruleOf = ({ id, source, transforms = [] }: Row): Rule | null => (source === null ? null : { target: id, source, transforms });

export const offerRows: { rows: OfferRow[]; not_supported: NotSupported[] } = {
  rows: rows.map((row) => ({ target: row.id, kind: row.kind, words: row.words, standard: ruleOf(row), lacking: row.lacking ?? [] })),
  not_supported: ["Equity value", "Target commission"].map((label) => ({ label, why: "Lever's offer form has no standard field for it." })),
};

const rules = rows.flatMap((row) => ruleOf(row) ?? []);

/** The standard rules, before anybody saved others. */
export const offerMapping: MappingView = { version: 0, rules: { rules }, saved_at: null, saved_by: null, drift: [], draft: null };

const target = ({ id, label, type, masked = false, required = false }: Row): TargetField => ({
  id, label, group: "Offer letter", type, options: [], required, masked, custom: false,
});

const field = (id: string, label: string, group: SourceField["group"], type: FieldType): SourceField => ({ id, label, group, type, custom: false, example: null });

export const offerFields: Fields = {
  lever: [
    ...leverFields.filter(({ id }) => id !== "opportunity.emails.first"),
    field("opportunity.emails.first", "E-mail", "opportunity", "email"),
    field("owner.email", "Owner's e-mail", "opportunity", "email"),
    field("derived.offer_creator_email", "Offer creator's e-mail", "derived", "email"),
    field("offer.salary_interval", "Type of earnings", "offer", "text"),
    field("offer.compensation_currency", "Compensation currency", "offer", "text"),
    field("offer.location/office", "Office location", "offer", "text"),
    field("offer.offered_equity", "Offered equity", "offer", "text"),
    field("offer.offered_bonus", "Offered bonus", "offer", "number"),
    field("offer.offered_starting/signing_bonus", "Starting or signing bonus", "offer", "number"),
    field("offer.offered_annual_bonus", "Offered annual bonus", "offer", "number"),
    field("offer.offer_expiration_date", "Offer expiration date", "offer", "date"),
    field("offer_status", "Offer status", "offer", "text"),
    field("company.currency", "Default currency", "company", "text"),
    field("company.connection_owner", "Who connected Lever", "company", "email"),
    field("company.two_months_after_offer", "Two months after the offer was made", "company", "date"),
  ],
  target: rows.map(target),
  read_at: minutesAgo(4),
  reading: false,
  problem: null,
};

const sample = ({ id, raw, value = raw, note = null, transforms = [] }: Row): Sample => ({
  target: id, raw, value, steps: transforms.map(() => value), problem: null, note,
});

export const offerPreview: Preview = { samples: rows.filter(({ source }) => source !== null).map(sample), blockers: [] };

export const severalOffers: SampleAnswer = {
  kind: "choose",
  candidates: [
    { opportunity_id: "opp-1", offer_id: "offer-2", name: "Anna Lindqvist", description: "offer sent, made 18 Nov 2026" },
    { opportunity_id: "opp-1", offer_id: "offer-1", name: "Anna Lindqvist", description: "offer denied, made 6 Nov 2026" },
  ],
};

export const company: CompanyView = {
  currency: "SEK",
  time_zone: "Europe/Stockholm",
  currencies: [{ code: "EUR", name: "Euro" }, { code: "SEK", name: "Swedish krona" }, { code: "USD", name: "US Dollar" }],
  time_zones: ["Europe/Lisbon", "Europe/Stockholm", "UTC"],
};
