import type { LetterLine, LettersPage, LetterStatus, ListLetters, LetterSettings, OfferSettings, WriteView } from "../generated/api";
import { minutesAgo } from "./time";

type Invented = Partial<LetterLine> & Pick<LetterLine, "candidate" | "job" | "status">;

const DAY = 24 * 60;

const invented: Invented[] = [
  { candidate: "Anna Lindqvist", job: "Senior Software Engineer", status: "published", pay: "SEK 684000 annual" },
  {
    candidate: "Tomás O’Brien", job: "Customer Success Lead", status: "held", pay: "EUR 5400 ",
    attention: "Base salary pay period: “per-month-salary” is neither annual nor hourly.",
  },
  { candidate: "ليلى حداد", job: "Account Executive", status: "accepted", pay: "EUR 72000 annual" },
  { candidate: "Nguyễn Thị Minh Khai", job: "Product Designer", status: "unpublished", pay: "EUR 64000 annual" },
  { candidate: "Mary Ann van der Berg-Wolfeschlegelstein", job: "Head of Finance, Mergers and International Consolidation", status: "declined", pay: "EUR 128000.50 annual" },
  { candidate: "Zoë 🌻 Okafor", job: "Recruiter", status: "expired", pay: "EUR 31.20 hourly" },
  { candidate: "Prince", job: "", status: "withdrawn", pay: "", start_date: null },
  { candidate: "Wirawan Sutanto", job: "Data Analyst", status: "other", status_in_lever: "approval-rescinded", pay: "EUR 58000 annual" },
  { candidate: "Ines Duarte", job: "Office Manager", status: "published", source: "hand", pay: "EUR 41000 annual" },
  { candidate: "", job: "", status: "deleted", pay: "", start_date: null },
];

const statusInLever: Partial<Record<LetterStatus, string>> = { accepted: "Accepted", declined: "Declined", deleted: "" };

export const letters: LetterLine[] = invented.map((letter, place) => ({
  id: `letter-${place + 1}`,
  start_date: `2027-01-${String(4 + place * 2).padStart(2, "0")}`,
  pay: "",
  status_in_lever: statusInLever[letter.status] ?? "Published",
  source: "lever",
  attention: null,
  updated_at: minutesAgo(12 + place * 900),
  checked_at: minutesAgo(place < 4 ? 0.2 : place * 300),
  ...letter,
}));

/** A company that sent ten thousand offers, to see that a long list stays quick. */
export const manyLetters: LetterLine[] = Array.from({ length: 1_000 }, (_, copy) =>
  letters.map((letter, place) => ({
    ...letter,
    id: `${letter.id}-${copy}`,
    candidate: letter.candidate && `${letter.candidate} ${copy + 1}`,
    updated_at: minutesAgo(12 + (copy * 10 + place) * 90),
  })),
).flat();

const compare: Record<ListLetters["order"], (one: LetterLine, other: LetterLine) => number> = {
  updated: (one, other) => other.updated_at - one.updated_at,
  candidate: (one, other) => one.candidate.localeCompare(other.candidate),
  job: (one, other) => one.job.localeCompare(other.job),
  start_date: (one, other) => (one.start_date ?? "9").localeCompare(other.start_date ?? "9"),
  status: (one, other) => one.status.localeCompare(other.status),
  checked: (one, other) => one.checked_at - other.checked_at,
};

/** A part of some letters, as the engine would find it. */
export function page(all: LetterLine[], { search, status, source, attention, order, turned, from, most }: ListLetters): LettersPage {
  const text = (search ?? "").toLowerCase();
  const rows = all.filter(
    (letter) =>
      (text === "" || `${letter.candidate}\n${letter.job}`.toLowerCase().includes(text)) &&
      (status === null || letter.status === status) &&
      (source === null || letter.source === source) &&
      (!attention || letter.attention !== null),
  );
  rows.sort(compare[order]);
  if (turned) rows.reverse();
  const counts: LettersPage["counts"] = {};
  for (const letter of all) counts[letter.status] = (counts[letter.status] ?? 0) + 1;
  return {
    rows: rows.slice(from, from + (most ?? 500)),
    total: rows.length,
    counts,
    attention: all.filter((letter) => letter.attention !== null).length,
    checked_at: all.length === 0 ? null : minutesAgo(0.2),
    watched: Math.min(all.length, 42),
    paused: null,
  };
}

export const settings: LetterSettings = {
  set: { stage: null, also_sent: false, secret_note: true, tag: "Agora Offer" },
  stages: [
    { id: "stage-new", name: "New applicant", is_offer: false },
    { id: "stage-interview", name: "On-site interview", is_offer: false },
    { id: "offer", name: "Offer", is_offer: true },
    { id: "stage-verbal", name: "Verbal offer", is_offer: false },
  ],
};

export const saved = (set: OfferSettings): LetterSettings => ({ ...settings, set });

const write = (letter: number, minutes: number, rest: Partial<WriteView> & Pick<WriteView, "kind">): WriteView => ({
  letter_id: `letter-${letter}`, opportunity_id: `opp-${letter}`, said: rest.kind === "tag" ? "Agora Offer" : null,
  asked_at: minutesAgo(minutes + 1), done_at: minutesAgo(minutes), problem: null, ...rest,
});

export const annasWrites: WriteView[] = [
  write(1, 190, { kind: "note" }),
  write(1, 190, { kind: "tag", done_at: null, problem: "Lever asked us to wait." }),
  write(1, 190, { kind: "link", done_at: null }),
];

export const writes: WriteView[] = [
  ...annasWrites,
  ...[3, 4, 5, 8].flatMap((letter) => (["note", "tag", "link"] as const).map((kind) => write(letter, letter * DAY, { kind }))),
];
