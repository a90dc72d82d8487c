import { Link } from "wouter";
import classes from "./SetupSteps.module.css";
import { setupSteps, type SetupStep } from "./steps";

/** Where one is in *Configure Lever*. */
export function SetupSteps({ current }: { current: SetupStep }) {
  return (
    <nav aria-label="Configure Lever">
      <ol className={classes.steps}>
        {setupSteps.map(({ step, label, href }, place) => (
          <li key={step}>
            <Link href={href} className={classes.step} aria-current={step === current ? "step" : undefined}>
              <span className={classes.number} aria-hidden>
                {place + 1}
              </span>
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
