import type { ActivityLine, AttentionItem, HomeView } from "../generated/api";
import { standsBy } from "./connection";
import { minutesAgo } from "./time";

const line = (id: number, minutes: number, rest: Partial<ActivityLine>): ActivityLine => ({
  id, at: minutesAgo(minutes), kind: "event", actor: "fulcrum", outcome: "done", sentence: "",
  person_id: null, correlation: null, detail: null, ...rest,
});

const anna = { correlation: "evt-8f2c61", person_id: "person-1" };

export const lines: ActivityLine[] = [
  line(112, 7, { ...anna, kind: "workflow", sentence: "Anna Lindqvist entered the workflow Onboarding." }),
  line(111, 7, { ...anna, kind: "import", sentence: "Anna Lindqvist was imported through version 3 of the mapping." }),
  line(110, 7, { ...anna, kind: "event", sentence: "The hire was read again from Lever: still hired." }),
  line(109, 7, { ...anna, kind: "event", actor: "lever", sentence: "Candidate hired arrived and its signature is right.", detail: "candidateHired, 412 bytes, sha256 1f0c…9ab2" }),
  line(108, 31, { kind: "import", outcome: "waiting", correlation: "evt-77aa10", sentence: "Wirawan cannot be imported yet. Last name: There is no value for it." }),
  line(107, 31, { kind: "event", actor: "lever", correlation: "evt-77aa10", sentence: "Candidate hired arrived and its signature is right." }),
  line(106, 55, { kind: "event", actor: "lever", outcome: "skipped", correlation: "evt-50bd", sentence: "Candidate hired arrived again. It was already done, so nothing was run." }),
  line(105, 61, { kind: "listener", actor: "lever", sentence: "Verify connection arrived: the listener for Candidate hired is verified." }),
  line(104, 64, { kind: "listener", actor: "you", sentence: "You created the listener for Candidate hired." }),
  line(103, 70, { kind: "event", outcome: "refused", actor: "lever", sentence: "An event was refused: its signature does not fit the token." }),
  line(102, 90, { kind: "mapping", actor: "you", sentence: "You saved version 3 of the mapping." }),
  line(101, 1_560, { kind: "connection", actor: "you", sentence: "You connected Lever as Amina Kowalski (Harbour & Pine)." }),
];

export const attention: AttentionItem[] = [
  {
    id: "job-1", title: "A hire waits to be imported", why: "Wirawan cannot be imported yet. Last name: There is no value for it.",
    remedy: "tray", since: minutesAgo(31), attempts: 1, next_try_at: null,
  },
  {
    id: "job-2", title: "Zoë 🌻 Okafor waits to be read", why: "Lever asked us to wait.",
    remedy: "try_again", since: minutesAgo(2), attempts: 3, next_try_at: minutesAgo(-4),
  },
];

const steps = (done: number): HomeView["steps"] =>
  [
    ["connect", "Connect Lever"],
    ["validate", "Validate the connection"],
    ["map", "Map the fields that every import needs"],
    ["listen", "Add a listener for Candidate hired"],
    ["verify", "Click Verify connection in Lever"],
    ["hire", "See the first hire arrive"],
  ].map(([id = "", title = ""], index) => ({ id, title, done: index < done }));

const hop = (id: string, label: string, sentence: string, minutes: number | null, count: number | null, took_us: number | null = null): HomeView["hops"][number] => ({
  id, label, sentence, state: "working", at: minutes === null ? null : minutesAgo(minutes), count, took_us,
});

export const working: HomeView = {
  connection: "verified",
  hops: [
    hop("lever", "Lever", "Lever answered.", 1, null),
    hop("relay", "Relay", "A signed probe came back through the public address.", 1, 0, 42_000),
    hop("laptop", "This laptop", "Connected to the relay.", 1, null, 11_800),
    hop("verify", "Verify", "Seals are opened and signatures checked on this laptop.", 1, null, 160),
    hop("store", "Store", "Everything that arrived is on disk.", 7, 14, 2_300),
    hop("mapping", "Mapping", "Version 3 is in use.", 7, 13, 410),
    hop("people", "People", "Seven people were imported.", 7, 7),
  ],
  steps: steps(6),
  attention,
  recent: lines.slice(0, 6),
};

export const fresh: HomeView = {
  connection: "not_connected",
  hops: working.hops.map((station) => ({
    ...station,
    state: station.id === "relay" || station.id === "store" ? "working" : "waiting",
    sentence: "Nothing came through yet.",
    at: null,
    took_us: null,
    count: station.id === "lever" ? null : 0,
  })),
  steps: steps(0),
  attention: [],
  recent: [],
};

export const broken: HomeView = {
  ...working,
  hops: working.hops.map((station) =>
    station.id === "relay" ? { ...station, state: "broken", sentence: "The relay does not answer." } : station,
  ),
  steps: steps(4),
};

export const standingBy: HomeView = {
  ...working,
  hops: working.hops.map((station) =>
    station.id === "relay" ? { ...station, state: "broken", sentence: standsBy } : station,
  ),
  attention: [
    {
      id: "standing_by", title: "This copy stands by", why: standsBy, remedy: "use_this_copy",
      since: minutesAgo(3), attempts: 0, next_try_at: null,
    },
  ],
};
