import { Button, Text } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "wouter";
import type { SetupStep } from "../../generated/api";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import classes from "./SetupChecklist.module.css";

/** Where each step is done. */
const stepHref: Record<string, string> = {
  connect: "/integrations/lever",
  validate: "/integrations/lever",
  map: "/integrations/lever/mapping",
  listen: "/workflows",
  verify: "/workflows",
  hire: "/people",
};

/** What is left of the set-up, until nothing is. */
export function SetupChecklist({ steps }: { steps: SetupStep[] }) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  return (
    <Section title="Set up Fulcrum" description={`${done} of ${steps.length} steps done`} testId="setup">
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.id} className={classes.step} aria-current={step === next ? "step" : undefined}>
            {step.done ? (
              <IconCircleCheck size={20} color="var(--tone-good)" role="img" aria-label="Done" />
            ) : (
              <IconCircle size={20} color="var(--mantine-color-dimmed)" role="img" aria-label="To do" />
            )}
            <Text size="sm" c={step.done ? "dimmed" : undefined} fw={step === next ? 600 : 400} flex={1}>
              {step.title}
            </Text>
            {!step.done && <StepLink step={step} next={step === next} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The next step is the page's one primary action; the later ones are plain links. */
function StepLink({ step: { id, title }, next }: { step: SetupStep; next: boolean }) {
  const href = stepHref[id] ?? "/";
  if (!next) return <TextLink href={href} aria-label={`Open: ${title}`}>Open</TextLink>;
  return (
    <Button component={Link} href={href} size="xs" aria-label={`Continue: ${title}`}>
      Continue
    </Button>
  );
}
