import type { LeverEvent, ListenerView, OffersEvents } from "../generated/api";
import { minutesAgo } from "./time";
import { draftListener } from "./workflows";

const labels: [LeverEvent, string, string][] = [
  ["candidateStageChange", "Candidate stage change", "A candidate reaches the Offer stage: the letter of an offer that is Sent Manually is created. Later changes tell that the offer was signed or declined."],
  ["candidateArchiveChange", "Candidate archive state change", "The candidate is archived, so the letter is no longer open."],
  ["candidateHired", "Candidate hired", "The candidate is hired, so the letter counts as accepted."],
  ["candidateDeleted", "Candidate deleted", "The candidate is deleted in Lever, and the letter here with them."],
];

/** A listener of offer letters that was just begun. */
export function offerDraft(event: LeverEvent): ListenerView {
  const label = labels.find(([one]) => one === event)?.[1] ?? event;
  return { ...draftListener, integration: "offer_letters", id: `offers-${event}`, event, event_label: label };
}

/** The same, set up and verified. */
export function offerListener(event: LeverEvent): ListenerView {
  return {
    ...offerDraft(event), state: "connection_verified", token_hint: "48 characters, ending in 6978",
    created_at: minutesAgo(64), verified_at: minutesAgo(61), last_event_at: minutesAgo(7),
  };
}

/** The four events, with the listeners that there are; the others can be set up as `state` says. */
export function offersEvents(listeners: ListenerView[], state: OffersEvents["set_up"]): OffersEvents {
  const events = labels.map(([event, label, meaning]) => ({
    event, label, meaning, listener: listeners.find((listener) => listener.event === event) ?? null,
  }));
  const lacking = events.filter(({ listener }) => (listener?.token_hint ?? null) === null);
  return { events, set_up: state, to_set_up: state === "possible" ? lacking.map(({ event }) => event) : [] };
}

/** Two that work, one made by Fulcrum that Lever has not switched on, and one that nobody began. */
export const someOfThem = offersEvents(
  [
    offerListener("candidateStageChange"),
    { ...offerListener("candidateArchiveChange"), on: false },
    { ...offerListener("candidateHired"), set_up: "made", state: "waiting_for_first_event", verified_at: null, last_event_at: null },
  ],
  "possible",
);

export const noneOfThem = offersEvents([], "possible");

export const notConnected = offersEvents([], "not_connected");
