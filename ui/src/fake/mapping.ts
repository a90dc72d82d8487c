import type { Compatibility, Fields, FieldType, KeptSample, MappingView, Preview, Rule, SampleAnswer, SourceField, TargetCompatibility, TargetField } from "../generated/api";
import { minutesAgo } from "./time";

const person = (id: string, label: string, group: string, type: FieldType, more: Partial<TargetField> = {}): TargetField => ({
  id, label, group, type, options: [], required: false, masked: false, custom: false, ...more,
});

const personFields: TargetField[] = [
  person("first_name", "First name", "Name", "text", { required: true }),
  person("last_name", "Last name", "Name", "text", { required: true }),
  person("preferred_name", "Preferred name", "Name", "text"),
  person("personal_email", "Personal e-mail", "Contact", "email", { required: true }),
  person("timezone", "Time zone", "Contact", "time_zone", { required: true }),
  person("job_title", "Job title", "Job", "text"),
  person("start_date", "Start date", "Job", "date"),
  person("state", "State or region", "Place", "text"),
  person("pay_amount", "Pay", "Pay", "number", { masked: true }),
];

const lever = (id: string, label: string, group: SourceField["group"], type: FieldType, example: string | null, custom = false): SourceField => ({
  id, label, group, type, custom, example,
});

export const leverFields: SourceField[] = [
  lever("opportunity.name", "Name", "opportunity", "text", "Anna Lindqvist"),
  lever("opportunity.headline", "Headline", "opportunity", "text", "Northwind, Contoso"),
  lever("opportunity.created_at", "Created", "opportunity", "instant", "2026-10-02T08:30:00Z"),
  lever("opportunity.location", "Location", "opportunity", "text", "Stockholm"),
  lever("contact.emails", "E-mails", "contact", "list", "anna.lindqvist@mail.example"),
  lever("contact.phones", "Phones", "contact", "list", null),
  lever("posting.text", "Posting title", "posting", "text", "Senior Software Engineer"),
  lever("requisition.state", "State", "requisition", "text", "CA", true),
  lever("offer.job_title", "Job title", "offer", "text", "Senior Software Engineer"),
  lever("offer.anticipated_start_date", "Anticipated start date", "offer", "date", "2026-12-01"),
  lever("offer.salary_amount", "Salary amount", "offer", "number", "684000"),
  lever("derived.primary_email", "First e-mail address", "derived", "email", "anna.lindqvist@mail.example"),
];

/** A customer with hundreds of fields of their own. */
export const manyLeverFields: SourceField[] = [
  ...leverFields,
  ...Array.from({ length: 500 }, (_, index) =>
    lever(`requisition.custom_${index}`, `Custom field ${index}`, "requisition", "text", null, true),
  ),
];

/** And with fifty fields of people. */
export const manyTargetFields: TargetField[] = [
  ...personFields,
  ...Array.from({ length: 51 }, (_, index): TargetField => ({
    id: `own_${index}`, label: `Own field ${index}`, group: "Own fields", type: "text", required: false, options: [], masked: false, custom: true,
  })),
];

export const fields: Fields = { lever: leverFields, target: personFields, read_at: minutesAgo(4), reading: false, problem: null };

const from = (target: string, field: string, transforms: Rule["transforms"] = []): Rule => ({
  target, source: { kind: "lever", field }, transforms,
});

export const rules: Rule[] = [
  from("first_name", "opportunity.name", [{ kind: "trim" }, { kind: "name_part", part: "first_word" }]),
  from("last_name", "opportunity.name", [{ kind: "trim" }, { kind: "name_part", part: "rest" }]),
  from("personal_email", "derived.primary_email"),
  { target: "timezone", source: { kind: "constant", value: "Europe/Stockholm" }, transforms: [] },
  from("job_title", "offer.job_title"),
  from("start_date", "offer.anticipated_start_date"),
  from("state", "requisition.state", [
    { kind: "value_map", pairs: [{ from: "CA", to: "California" }, { from: "NY", to: "New York" }], if_no_match: { kind: "keep" } },
  ]),
  from("pay_amount", "offer.salary_amount"),
];

export const mapping: MappingView = { version: 3, rules: { rules }, saved_at: minutesAgo(90), saved_by: "ines", drift: [], draft: null };

const sample = (target: string, raw: string | null, steps: (string | null)[], problem: string | null = null) => ({
  target, raw, steps, value: steps.at(-1) ?? raw, problem, note: null,
});

export const annasSample: KeptSample = {
  candidate: { opportunity_id: "opp-1", offer_id: null, name: "Anna Lindqvist", description: "Senior Software Engineer, Offer" },
  read_at: minutesAgo(0),
  not_fresh: null,
};

export const found: SampleAnswer = { kind: "found", sample: annasSample };

/** What is shown while Lever is away. */
export const foundEarlier: SampleAnswer = {
  kind: "found",
  sample: { ...annasSample, read_at: minutesAgo(200), not_fresh: "Lever cannot be reached right now." },
};

export const severalMatches: SampleAnswer = {
  kind: "choose",
  candidates: [
    { opportunity_id: "opp-1", offer_id: null, name: "Anna Lindqvist", description: "Senior Software Engineer, Offer" },
    { opportunity_id: "opp-2", offer_id: null, name: "Anna Lindqvist", description: "Staff Engineer, Archived" },
  ],
};

export const preview: Preview = {
  samples: [
    sample("first_name", " Anna Lindqvist", ["Anna Lindqvist", "Anna"]),
    sample("last_name", " Anna Lindqvist", ["Anna Lindqvist", "Lindqvist"]),
    sample("personal_email", "anna.lindqvist@mail.example", []),
    sample("timezone", "Europe/Stockholm", []),
    sample("job_title", null, []),
    sample("start_date", "2026-12-01", []),
    sample("state", "CA", ["California"]),
    sample("pay_amount", "684000", []),
  ],
  blockers: [],
};

const timeOfDay: Compatibility = { kind: "lossy", why: "The time of day is left out." };
const types: FieldType[] = ["text", "email", "phone", "number", "date", "instant", "flag", "list", "time_zone", "choice", "person"];

/** Only what dates take is told apart; the engine knows the rest. */
function compatible(from: FieldType | undefined, to: FieldType): Compatibility {
  if (from === to) return { kind: "exact" };
  if (to !== "date" || from === undefined || from === "text" || from === "choice") return { kind: "converts" };
  return from === "instant" ? timeOfDay : { kind: "impossible", why: "This cannot become a date." };
}

export function compatibilities(drawn: Rule[]): TargetCompatibility[] {
  return personFields.map(({ id, type: to }) => {
    const rule = drawn.find(({ target }) => target === id);
    const source = rule?.source;
    const kind = leverFields.find((field) => source?.kind === "lever" && field.id === source.field)?.type;
    return {
      target: id,
      rule: rule ? compatible(kind, to) : null,
      types: types.map((type) => ({ type, compatibility: compatible(type, to) })),
    };
  });
}
