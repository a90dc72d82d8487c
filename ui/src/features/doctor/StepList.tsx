import { Loader, Text } from "@mantine/core";
import type { Examined, StepId, StepState } from "../../generated/api";
import { Details } from "../../shared/Details";
import { StateMark } from "../../shared/StateMark";
import type { Tone } from "../../shared/tones";
import classes from "./StepList.module.css";

const stepNames: [StepId, string][] = [
  ["dns", "DNS"],
  ["tcp", "TCP"],
  ["proxy", "Proxy"],
  ["tls", "TLS"],
  ["sign_in", "Relay sign-in"],
  ["probe", "Probe"],
];

const stateWords: Record<StepState, { tone: Tone; word: string }> = {
  passed: { tone: "good", word: "Works" },
  not_needed: { tone: "none", word: "Not needed" },
  failed: { tone: "bad", word: "Fails" },
  not_reached: { tone: "none", word: "Not tried" },
};

/** The steps in order; while they are being taken, their names. */
export function StepList({ steps, busy }: { steps: Examined[]; busy: boolean }) {
  return (
    <ol className={classes.steps} aria-busy={busy}>
      {stepNames.map(([id, name]) => (
        <li key={id} className={classes.step} data-testid={`step-${id}`}>
          <span className={classes.name}>{name}</span>
          {busy ? (
            <Loader size="xs" type="dots" aria-label={`${name}: being looked at`} />
          ) : (
            <Found step={steps.find((step) => step.id === id)} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Found({ step }: { step: Examined | undefined }) {
  if (step === undefined) return <StateMark {...stateWords.not_reached} />;
  return (
    <>
      <StateMark {...stateWords[step.state]} />
      <div className={classes.found}>
        <Text size="sm">{step.found}</Text>
        {step.detail !== null && <Details text={step.detail} />}
      </div>
      <span className={classes.took} data-figures>
        {step.took_ms !== null && `${step.took_ms} ms`}
      </span>
    </>
  );
}
