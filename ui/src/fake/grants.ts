import type { GrantsView, GrantView, LeavingView } from "../generated/api";
import { minutesAgo } from "./time";

const onboarding: GrantView = {
  app: "Fulcrum",
  integration: "onboarding",
  state: "verified",
  api_key: false,
  client_id: "fulcrum-harbourpine",
  environment: "Production",
  account: { user_id: "3f8b2c1e", user_name: "Amina Kowalski", user_email: "amina@harbourpine.example", organisation: "Harbour & Pine" },
  connected_at: minutesAgo(60 * 24 * 64),
  last_used_at: minutesAgo(7),
  permissions: [
    { scope: "opportunities:read:admin", words: "View all opportunities" },
    { scope: "offers:read:admin", words: "View all candidates' offers" },
    { scope: "offline_access", words: "Allow offline access" },
    { scope: "sources:read:admin", words: null },
  ],
  secrets: "keychain",
  lever_url: "https://hire.lever.co/settings/integrations/authorized-apps",
  webhooks_url: "https://hire.lever.co/settings/integrations/webhooks",
  offer_form_url: "https://hire.lever.co/settings/offers/form",
  stops: [
    "The 2 listeners are switched off: a hire in Lever imports nobody. What their webhooks still send waits here, and connecting the same organisation again switches them on.",
    "Nothing is read from Lever any more, nor asked for changes.",
    "The 7 people who were imported stay, also in workflows.",
  ],
  data: [
    { choice: "keep", label: "Keep everything", about: "Connecting again goes on where it stopped." },
    { choice: "delete_events", label: "Delete events", about: "What Lever sent is deleted. People, mapping and listeners stay." },
    { choice: "delete_everything", label: "Delete everything", about: "People, mapping, listeners and events are deleted from this computer. This cannot be undone." },
  ],
};

const offerLetters: GrantView = {
  ...onboarding,
  integration: "offer_letters",
  state: "needs_reconnect",
  api_key: true,
  client_id: null,
  last_used_at: null,
  permissions: null,
  stops: ["No new offer letters are created.", "Letters that are published already stay until they expire or are deleted."],
  data: onboarding.data.filter(({ choice }) => choice !== "delete_events"),
  lever_url: "https://hire.lever.co/settings/integrations/api-credentials",
};

/** An access that was ended without a network. */
export const leaving: LeavingView = {
  id: "1",
  job_id: "41",
  integration: "onboarding",
  environment: "Production",
  left_at: minutesAgo(4),
  webhooks: 2,
  why: "Lever could not be told yet that its access has ended here. Fulcrum tries again by itself.",
  next_try_at: minutesAgo(-6),
  lever_url: "https://hire.lever.co/settings/integrations/authorized-apps",
};

export const grants: GrantsView = { grants: [onboarding, offerLetters], leaving: [] };

export const noGrants: GrantsView = { grants: [], leaving: [] };

export const ended: GrantsView = { grants: [offerLetters], leaving: [leaving] };
