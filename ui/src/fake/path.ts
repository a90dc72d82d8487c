import type { DoctorView, Examined, NetworkView, PathView, StepId } from "../generated/api";
import { minutesAgo } from "./time";

const HOURS = 14;

export const proven: PathView = {
  state: "proven",
  sentence: "A signed probe came back through the public address.",
  proven_at: minutesAgo(0.5),
  moved: [],
  hours: Array.from({ length: HOURS }, (_, hour) => ({
    from: minutesAgo((HOURS - hour) * 60),
    sent: 60,
    returned: hour === 6 ? 41 : 60,
    problem: hour === 6 ? "relay.example.com did not answer within 20 seconds." : null,
  })),
};

export const broken: PathView = {
  ...proven,
  state: "broken",
  sentence: "5 probes in a row did not come back. relay.example.com could not be reached from this computer.",
  proven_at: minutesAgo(7),
};

export const moved: PathView = {
  ...proven,
  moved: [
    {
      listener_id: "listener-1", event: "Candidate hired", purpose: "Onboarding",
      known_url: "https://old.example.com/e/3qk7…", url: "https://hooks.example.com/e/3qk7…",
    },
  ],
};

const step = (id: StepId, found: string, took_ms: number | null, rest: Partial<Examined> = {}): Examined => ({
  id, state: took_ms === null ? "not_needed" : "passed", found, took_ms, action: null, detail: null, ...rest,
});

const text = `Fulcrum, connection to its relay
Host: relay.example.com
Port: 443/tcp, outbound only`;

export const healthy: DoctorView = {
  at: minutesAgo(0),
  host: "relay.example.com",
  text,
  steps: [
    step("dns", "The name was found, at 203.0.113.7.", 12),
    step("tcp", "203.0.113.7:443 accepts connections.", 31),
    step("proxy", "No proxy is used for this address.", null),
    step("tls", "The certificate of relay.example.com is trusted.", 44),
    step("sign_in", "The relay answers, and this installation is signed in.", 29),
    step("probe", "A signed probe came back through the public address.", 78),
  ],
};

const untried = { state: "not_reached", found: "Not tried, because a step before it failed." } as const;

export const certificate: DoctorView = {
  ...healthy,
  steps: [
    ...healthy.steps.slice(0, 3),
    step("tls", "Its certificate was issued by an authority that this computer does not trust.", 40, {
      state: "failed",
      action: "If your company inspects encrypted traffic, add its certificate authority in Settings, or ask for an exception.",
      detail: "invalid peer certificate: UnknownIssuer",
    }),
    step("sign_in", "", null, untried),
    step("probe", "", null, untried),
  ],
};

export const network: NetworkView = {
  proxy: "address",
  proxy_address: "http://proxy.example.com:3128/",
  proxy_login: true,
  authorities_file: "company-ca.pem",
  authorities: 2,
  embedded: true,
  port: 45_300,
  public_url: "https://hooks.example.com/",
};
