import type { Check, ConnectionView, PermissionView, RelayView, SignIn, UsageView } from "../generated/api";
import { minutesAgo } from "./time";

const permissions: PermissionView[] = [
  { scope: "opportunities:read:admin", words: "Read candidates", optional: false, needs: [{ integration: "onboarding", reason: "Finds the person behind a hire.", blocked: "Nobody can be imported." }], granted: null, usage: null },
  { scope: "offers:read:admin", words: "Read offers", optional: false, needs: [{ integration: "onboarding", reason: "Fills start date and pay.", blocked: "Start date and pay stay empty." }], granted: null, usage: null },
  { scope: "users:read:admin", words: "Read users", optional: false, needs: [{ integration: "onboarding", reason: "Finds the manager by e-mail.", blocked: "The manager stays empty." }], granted: null, usage: null },
  { scope: "offline_access", words: "Work in the background", optional: false, needs: [{ integration: "onboarding", reason: "Imports a hire while you are away.", blocked: "Hires wait until you sign in again." }], granted: null, usage: null },
  { scope: "forms:read:admin", words: "Read profile forms", optional: true, needs: [{ integration: "onboarding", reason: "Answers on profile forms can be used in the mapping.", blocked: "Profile forms stay empty." }], granted: null, usage: null },
];

const notUsed: UsageView = { in_30_days: 0, last_at: null };

/** After weeks of use, by scope. */
const usages: Record<string, UsageView> = {
  "opportunities:read:admin": { in_30_days: 1_240, last_at: minutesAgo(7) },
  "offers:read:admin": { in_30_days: 1, last_at: minutesAgo(60 * 30) },
  "users:read:admin": { in_30_days: 0, last_at: minutesAgo(60 * 24 * 41) },
};

export const signIn: SignIn = {
  authorize_url: "https://auth.lever.example/authorize?client_id=fulcrum&state=q1w2e3r4",
  redirect_uri: "http://127.0.0.1:45110/callback",
  started_at: minutesAgo(0),
  expires_at: minutesAgo(-5),
  browser_opened: true,
  port_problem: null,
};

export const notConnected: ConnectionView = {
  integration: "onboarding",
  state: "not_connected",
  severity: 0,
  sentence: "Lever is not connected. Connect it, so that hires arrive here.",
  way: null,
  environment: null,
  account: null,
  client_secret_refused: false,
  blocked: [],
  connected_at: null,
  validated_at: null,
  last_event_at: null,
  permissions,
  sign_in: null,
  failure: null,
  other_organisation: null,
  checks: [],
  validation: null,
  environments: [
    { environment: "production", label: "Production", address: "https://auth.lever.co", client_known: false },
    { environment: "sandbox", label: "Sandbox", address: "https://sandbox-lever.auth0.com", client_known: false },
    { environment: "practice", label: "Practice", address: "http://127.0.0.1:45200", client_known: true },
  ],
  callback_addresses: ["http://127.0.0.1:45110/callback", "http://127.0.0.1:45111/callback"],
};

export const waitingForBrowser: ConnectionView = {
  ...notConnected,
  state: "waiting_for_browser",
  severity: 2,
  sentence: "Waiting for you to allow access in the browser.",
  sign_in: signIn,
};

export const connected: ConnectionView = {
  ...notConnected,
  state: "connected_not_validated",
  severity: 3,
  sentence: "Lever is connected as Amina Kowalski (Harbour & Pine). Click Validate to check it.",
  way: "lever_connect",
  environment: "practice",
  account: { user_id: "3f8b2c1e", user_name: "Amina Kowalski", user_email: "amina@harbourpine.example", organisation: "Harbour & Pine" },
  connected_at: minutesAgo(3),
  permissions: permissions.map((permission) => ({ ...permission, granted: !permission.optional, usage: notUsed })),
};

const passed = (id: string, title: string, what: string): Check => ({
  id, title, outcome: "passed", what, why: "", action: "", detail: null,
});

export const failed: ConnectionView = {
  ...notConnected,
  failure: {
    sentence: "Lever does not know this client id, or the client secret is wrong.",
    action: "Copy both again from what Lever sent you, and check that they are for this environment.",
    detail: "access_denied: Unauthorized",
    at: minutesAgo(1),
  },
};

export const byKey: ConnectionView = {
  ...connected,
  way: "api_key",
  sentence: "Lever is connected with an API key. Click Validate to check it.",
  account: { user_id: null, user_name: null, user_email: null, organisation: null },
  permissions: permissions.map((permission) => ({ ...permission, usage: permission.scope === "offline_access" ? null : notUsed })),
};

export const anotherOrganisation: ConnectionView = {
  ...connected,
  other_organisation: {
    sentence: "This sign-in is for another organisation in Lever than the connected one. It is not used until you confirm it.",
    current: { environment: "Production", account: { user_id: "3f8b2c1e", user_name: "Amina Kowalski", user_email: "amina@harbourpine.example", organisation: "5c1a7e90" } },
    offered: { environment: "Production", account: { user_id: "90aa12de", user_name: "Jon Idris", user_email: "jon@cedarandco.example", organisation: "b7712f04" } },
    certain: true,
    listeners: 2,
  },
};

export const verified: ConnectionView = {
  ...connected,
  state: "verified",
  severity: 1,
  sentence: "Lever is connected and every check passed.",
  connected_at: minutesAgo(60 * 24 * 64),
  validated_at: minutesAgo(42),
  last_event_at: minutesAgo(7),
  permissions: connected.permissions.map((permission) => ({ ...permission, usage: usages[permission.scope] ?? notUsed })),
  checks: [
    passed("token", "Lever accepts the connection", "Lever answered in 180 ms."),
    passed("account", "Organisation and user", "Amina Kowalski at Harbour & Pine."),
    passed("permissions", "Permissions", "All 4 permissions were granted."),
    passed("clock", "This computer's clock", "It differs from Lever's by 1 second."),
    passed("relay", "The way for events", "A probe came back through the relay."),
  ],
};

/** Lever issued another client secret. */
export const secretRefused: ConnectionView = {
  ...verified,
  state: "connected_not_validated",
  severity: 6,
  sentence: "Lever refuses the client secret, so nothing can be read. Change it, and everything goes on where it stopped.",
  client_secret_refused: true,
  checks: [
    {
      id: "client_secret", title: "Lever accepts the connection", outcome: "failed",
      what: "Lever refuses the client secret. Change the client secret under Integrations.",
      why: "Without it nothing can be read from Lever.",
      action: "Change the client secret. No sign-in is needed, and nothing is lost.",
      detail: "access_denied: Unauthorized",
    },
    { id: "account", title: "Organisation and user", outcome: "not_reached", what: "Not looked at, because an earlier check could not be made.", why: "", action: "", detail: null },
    ...verified.checks.slice(3),
  ],
};

/** In the middle of *Validate*, and Lever is slow. */
export const validating: ConnectionView = {
  ...connected,
  validation: { checks: verified.checks.slice(0, 2), total: 17, current: "View all candidates' offers", slow: true },
};

export const limited: ConnectionView = {
  ...verified,
  state: "connected_limited",
  severity: 4,
  sentence: "Lever is connected, but some permissions are missing:",
  blocked: ["Start date and pay stay empty. (Read offers)"],
  permissions: verified.permissions.map((permission) => ({ ...permission, granted: !permission.optional && permission.scope !== "offers:read:admin" })),
  checks: [
    ...verified.checks.slice(0, 2),
    {
      id: "permissions", title: "Permissions", outcome: "limited", what: "Lever did not grant: Read offers.",
      why: "Start date and pay stay empty.", action: "Connect again and accept every permission.",
      detail: "GET /v1/opportunities/…/offers → 403 Forbidden",
    },
    { id: "relay", title: "The way for events", outcome: "not_reached", what: "Not looked at, because a check before it did not pass.", why: "", action: "", detail: null },
  ],
};

export const relayConnected: RelayView = {
  state: "connected",
  sentence: "Events arrive through the relay inside the app.",
  public_url: "http://127.0.0.1:45300",
  embedded: true,
  since: minutesAgo(180),
  waiting: 0,
  last_proof_at: minutesAgo(1),
  path: "proven",
  way: "proven",
  way_sentence: "A signed probe came back through the public address.",
};

export const relayAway: RelayView = {
  ...relayConnected,
  path: "broken",
  state: "unreachable",
  sentence: "The relay does not answer. Fulcrum tries again every minute.",
  way: "unreachable",
  way_sentence: "The relay does not answer. Fulcrum tries again every minute.",
};

export const standsBy =
  "Another copy of this data folder is in use. This one stands by, so that nothing is done twice: it takes no events, does no work and asks Lever nothing. Close it, or use this copy instead of the other.";

export const standingBy: RelayView = {
  ...relayConnected, path: "proving", state: "standing_by", sentence: standsBy, way: "standing_by", way_sentence: standsBy,
};
