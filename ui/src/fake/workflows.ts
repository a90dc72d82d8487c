import type { AdmissionChoices, EventChoice, ListenerView, WorkflowRow, WorkflowView } from "../generated/api";
import { people } from "./people";
import { minutesAgo } from "./time";

const events: EventChoice[] = [
  { event: "candidateHired", label: "Candidate hired", used: true },
  { event: "applicationCreated", label: "Application created", used: false },
  { event: "candidateStageChange", label: "Candidate stage change", used: true },
  { event: "candidateArchiveChange", label: "Candidate archive state change", used: false },
  { event: "candidateDeleted", label: "Candidate deleted", used: false },
  { event: "interviewCreated", label: "Interview created", used: false },
  { event: "interviewUpdated", label: "Interview updated", used: false },
  { event: "interviewDeleted", label: "Interview deleted", used: false },
  { event: "contactCreated", label: "Contact created", used: false },
  { event: "contactUpdated", label: "Contact updated", used: false },
];

export const draftListener: ListenerView = {
  id: "listener-2",
  integration: "onboarding",
  workflow_id: "onboarding",
  application: "Lever",
  event: "candidateHired",
  event_label: "Candidate hired",
  endpoint_url: "https://relay.harbourpine.example/e/9fKq2vTzXw7LmB4cRd8NyH",
  endpoint_problem: null,
  state: "draft",
  on: true,
  paused: false,
  token_hint: null,
  held: 0,
  set_up: "possible",
  admission: { stage: null, departments: [], locations: [], postings: [], origins: [] },
  created_at: minutesAgo(2),
  verified_at: null,
  last_event_at: null,
  lever_webhooks_url: "https://hire.lever.co/settings/integrations?tab=webhooks",
};

export const verifiedListener: ListenerView = {
  ...draftListener,
  id: "listener-1",
  state: "connection_verified",
  token_hint: "64 characters, ending in 9c1f",
  created_at: minutesAgo(64),
  verified_at: minutesAgo(61),
  last_event_at: minutesAgo(7),
};

export const mismatched: ListenerView = {
  ...verifiedListener,
  id: "listener-3",
  event: "candidateStageChange",
  event_label: "Candidate stage change",
  state: "token_did_not_match",
  verified_at: null,
  held: 2,
  admission: { ...draftListener.admission, stage: { id: "offer", name: "Offer" } },
};

export const choices: AdmissionChoices = {
  stages: [
    { id: "applicant-new", name: "New applicant" },
    { id: "6f1c2f0e-onsite", name: "On-site interview" },
    { id: "offer", name: "Offer" },
  ],
  departments: ["Engineering", "People", "Sales"],
  locations: ["Lisbon", "Porto", "Remote"],
  postings: [
    { id: "posting-1", name: "Account executive" },
    { id: "posting-2", name: "Staff engineer" },
  ],
  origins: [
    { id: "applied", name: "Applied" },
    { id: "sourced", name: "Sourced" },
    { id: "referred", name: "Referred" },
    { id: "university", name: "University" },
    { id: "agency", name: "Agency" },
    { id: "internal", name: "Internal" },
  ],
  problems: [],
};

export const switchedOff: ListenerView = { ...verifiedListener, id: "listener-4", on: false };

export const paused: ListenerView = { ...switchedOff, paused: true };

export const workflows: WorkflowRow[] = [
  { id: "onboarding", name: "Onboarding", description: "What a new hire goes through before and after the first day.", people: 6, listeners: 3 },
];

export const onboarding: WorkflowView = {
  id: "onboarding",
  name: "Onboarding",
  description: "What a new hire goes through before and after the first day.",
  listeners: [
    verifiedListener,
    mismatched,
    { ...draftListener, event: "candidateArchiveChange", event_label: "Candidate archive state change", held: 1 },
  ],
  people: people.slice(0, 6).map(({ id, name, imported_at, start_date }) => ({
    person_id: id, name, entered_at: imported_at, start_date,
  })),
  events,
};
