import type { ActivityLine, LetterFieldView, LetterView, WhyAnswer } from "../generated/api";
import { annasWrites, letters } from "./letters";
import { offerFields, offerPreview, offerRows } from "./offers";
import { minutesAgo } from "./time";

const fields: LetterFieldView[] = offerFields.target.map(({ id, label, masked }) => {
  const sample = offerPreview.samples.find(({ target }) => target === id);
  const lacking = offerRows.rows.find(({ target }) => target === id)?.lacking ?? [];
  return {
    id, label, masked,
    value: sample?.value ?? null,
    in_lever: sample?.value ?? null,
    raw: sample?.raw ?? null,
    rule: offerRows.rows.find(({ target }) => target === id)?.words ?? "",
    problem: sample?.value != null ? null : lacking.length > 0 ? `The offer form in Lever has no field ${lacking.join(", ")}.` : "The offer in Lever does not say it.",
    note: sample?.note ?? null,
    kept: null,
    overtaken: false,
  };
});

const kept = (reason: string, value: string, instead_of: string, days: number) => ({
  value, reason, instead_of, by: "amina", at: minutesAgo(days * 24 * 60),
});

const with_ = (id: string, change: Partial<LetterFieldView>) => (field: LetterFieldView) => (field.id === id ? { ...field, ...change } : field);

const annasFields = fields
  .map(with_("benefit_package", { value: "Nordic family", kept: kept("She moves with her family.", "Nordic family", "Default", 2) }))
  .map(with_("base_salary", {
    value: "690000", in_lever: "684000", raw: "684000", overtaken: true,
    kept: kept("Agreed by phone on Monday.", "690000", "672000", 1),
  }));

/** A letter that its candidate sees; one value was set here and Lever says another since. */
export const anna: LetterView = {
  id: "letter-1", candidate: "Anna Lindqvist", job: "Senior Software Engineer", status: "published", status_in_lever: "Published",
  source: "lever", attention: null, stage: "Offer", out: null, opportunity_id: "c1b7f0a2-5d0e-4a51-9a44-8a8f0d7c2f31",
  link: "https://relay.northwind.example/o/kZ3v8Qm1rT5w#hV2tY9", page_problem: null, expires_on: "2027-01-18",
  fields: annasFields,
  not_supported: offerRows.not_supported,
  versions: [
    {
      version: 3, made_at: minutesAgo(12), shown_at: minutesAgo(11),
      changes: [
        { field: "base_salary", label: "Base salary", old: "672000", new: "690000" },
        { field: "start_date", label: "Start date", old: "2026-11-23", new: "2026-12-01" },
      ],
    },
    {
      version: 2, made_at: minutesAgo(1_600), shown_at: minutesAgo(1_599),
      changes: [{ field: "display_location", label: "Display Location", old: null, new: "Stockholm" }],
    },
    { version: 1, made_at: minutesAgo(1_700), shown_at: null, changes: [] },
  ],
  writes: annasWrites, made_at: minutesAgo(1_700), updated_at: minutesAgo(12), checked_at: minutesAgo(0.2),
};

const gone: Partial<LetterView> = {
  fields: [], not_supported: [], versions: [], writes: [], stage: null, out: "deleted", opportunity_id: null, expires_on: null,
};

/** Any letter of the list, with the fields of Anna's. */
export function shown(id: string): LetterView {
  const line = letters.find((letter) => id === letter.id || id.startsWith(`${letter.id}-`));
  if (line === undefined || line.id === anna.id) return { ...anna, id };
  const { candidate, job, status, status_in_lever, source, attention, updated_at, checked_at } = line;
  const visible = status === "published" || status === "accepted";
  return {
    ...anna, id, candidate, job, status, status_in_lever, source, attention, updated_at, checked_at,
    made_at: updated_at - 90 * 60_000,
    fields,
    link: visible ? anna.link : null,
    page_problem: status === "accepted" ? "The relay does not take pages: it is another version." : null,
    out: status === "accepted" ? "hired" : null,
    versions: anna.versions.slice(2),
    writes: status === "held" || status === "unpublished" ? [] : anna.writes.map((write) => ({ ...write, letter_id: id, done_at: write.asked_at, problem: null })),
    ...(status === "deleted" ? gone : {}),
  };
}

const line = (id: number, minutes: number, rest: Partial<ActivityLine>): ActivityLine => ({
  id, at: minutesAgo(minutes), kind: "letter", actor: "fulcrum", outcome: "done", sentence: "",
  person_id: null, correlation: "letter/letter-1", detail: null, ...rest,
});

export const annasLines: ActivityLine[] = [
  line(100, 1_600, { actor: "lever", sentence: "The letter of Anna Lindqvist changed: Display Location." }),
  line(99, 1_610, { actor: "you", sentence: "You set Base salary of the letter of Anna Lindqvist: Agreed by phone on Monday." }),
  line(98, 1_699, { outcome: "waiting", sentence: "The tag for Anna Lindqvist waits: Lever asked us to wait." }),
];

/** Somebody whose offer was not sent in the way that makes a letter, and an earlier one with a letter. */
export const why: WhyAnswer = {
  found: [
    {
      opportunity_id: "opp-12",
      name: "Rosa Lindqvist",
      offers: [
        {
          status: "sent",
          conditions: [
            { check: "in_lever", met: true, evidence: "Rosa Lindqvist is in Lever.", fix: null },
            { check: "in_pipeline", met: true, evidence: "The candidate is in the pipeline.", fix: null },
            {
              check: "stage", met: false, evidence: "The stage is “Verbal offer” (id stage-verbal).",
              fix: "Move the candidate to the Offer stage in Lever. A stage that is only called Offer has another id.",
            },
            {
              check: "sent", met: false, evidence: "The offer is “sent”.",
              fix: "It was sent by Lever. Switch on letters for offers that Lever sends, in the settings of offer letters.",
            },
          ],
          letter_id: null,
          lacks: ["Base salary pay period: “per-month-salary” is neither annual nor hourly."],
          passed: false,
        },
        {
          status: "sent-manually",
          conditions: [
            { check: "in_lever", met: true, evidence: "Rosa Lindqvist is in Lever.", fix: null },
            { check: "sent", met: true, evidence: "The offer is “sent-manually”.", fix: null },
          ],
          letter_id: "letter-4",
          lacks: [],
          passed: true,
        },
      ],
    },
  ],
};
