import type { InboxEvent, InboxPage, InboxRow, InboxStorage, Replay } from "../generated/api";
import { lines } from "./activity";
import { minutesAgo } from "./time";

const row = (id: number, minutes: number, rest: Partial<InboxRow>): InboxRow => ({
  id, listener_id: "listener-1", event_label: "Candidate hired", received_at: minutesAgo(minutes),
  stored_at: minutesAgo(minutes), verdict: "verified", reason: null, size: 812, ...rest,
});

export const inboxRows: InboxRow[] = [
  row(18, 7, {}),
  row(17, 31, { verdict: "skipped", reason: "Skipped: department is Sales." }),
  row(16, 55, { verdict: "duplicate", reason: "Duplicate of #14." }),
  row(15, 58, { verdict: "quarantined", reason: "Its time lies in the future: check this computer's clock." }),
  row(14, 61, { verdict: "test" }),
  row(13, 70, { verdict: "rejected", reason: "This token did not match: the signature was made with another one." }),
  row(12, 74, { verdict: "held", listener_id: "listener-3", event_label: "Candidate stage change" }),
];

export const inboxPage: InboxPage = {
  events: inboxRows,
  counts: inboxRows.map(({ verdict }) => ({ verdict, count: 1 })),
  listeners: [
    { id: "listener-1", label: "Candidate hired" },
    { id: "listener-3", label: "Candidate stage change, Offer" },
  ],
};

const token = "00112233445566778899aabbccddeeff0011223344556677";
const signature = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

export const inboxEvent: InboxEvent = {
  row: row(18, 7, {}),
  headers: [
    { name: "content-type", value: "application/json" },
    { name: "user-agent", value: "Lever-Webhooks" },
  ],
  body: JSON.stringify({
    event: "candidateHired", triggeredAt: 1_795_360_954_486, token, signature,
    data: { opportunityId: "3f0c5a4e-7a53-4a8e-9d0a-0c2f7a1b1001" },
  }),
  checks: [
    { title: "token, as received", value: token, passed: true, words: "It has the form of Lever's." },
    { title: "triggeredAt, as received", value: "1795360954486", passed: true, words: "A time in milliseconds." },
    { title: "What is signed", value: `${token}1795360954486`, passed: true, words: "Both joined, without anything between them." },
    { title: "signature, as received", value: signature, passed: true, words: "64 hexadecimal digits." },
    { title: "Computed and received", value: null, passed: true, words: "HMAC-SHA256 with the listener's token matches the signature." },
  ],
  way: lines.slice(0, 4).reverse(),
  person_id: "person-1",
  can_run: true,
  can_replay: true,
  waits: null,
  can_try_token: false,
};

export const rejectedEvent: InboxEvent = {
  ...inboxEvent,
  row: row(13, 70, { verdict: "rejected", reason: "This token did not match: the signature was made with another one." }),
  checks: inboxEvent.checks.map((step) =>
    step.value === null ? { ...step, passed: false, words: "HMAC-SHA256 with the listener's token does not match." } : step,
  ),
  way: [],
  person_id: null,
  can_run: false,
  can_replay: false,
  can_try_token: true,
};

export const quarantinedEvent: InboxEvent = {
  ...inboxEvent,
  row: row(15, 58, { verdict: "quarantined", reason: "Its time lies in the future: check this computer's clock." }),
  waits: "Its time lies in the future: check this computer's clock.",
  person_id: null,
};

export const replay: Replay = {
  version: 2,
  newest: 3,
  sentence: "Anna Lindqvist would be imported and enter the workflow, once.",
  imports: true,
  fields: [
    { label: "First name", masked: false, value: "Anna", problem: null, newest: "Anna" },
    { label: "State", masked: false, value: "CA", problem: null, newest: "California" },
    { label: "Pay amount", masked: true, value: "85000", problem: null, newest: "85000" },
  ],
};

export const storage: InboxStorage = {
  keeping: { days: 30, megabytes: 200 },
  events: 18,
  bytes: 14_200,
  oldest_at: minutesAgo(2_600),
  file_bytes: 1_900_000,
};

/** One event as the inspector shows it. */
export const shown = (id: number): InboxEvent =>
  [inboxEvent, rejectedEvent, quarantinedEvent].find(({ row: { id: known } }) => known === id) ?? inboxEvent;
