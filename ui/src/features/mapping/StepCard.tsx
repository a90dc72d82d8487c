import { ActionIcon, Group, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Transform } from "../../generated/api";
import { StepFields } from "./StepFields";
import classes from "./TransformsDrawer.module.css";
import { transformNames } from "./transforms";

interface StepCardProps {
  step: Transform;
  /** Its place, from one. */
  place: number;
  last: boolean;
  /** The sample after this step, if there is one. */
  result: ReactNode;
  /** What the field takes, if that is a choice. */
  options: string[];
  /** What belongs under its settings. */
  children?: ReactNode;
  onChange: (step: Transform) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One step with its settings, its place and what it gives. */
export function StepCard({ step, place, last, result, options, children, onChange, onMove, onRemove }: StepCardProps) {
  const name = `${transformNames[step.kind]}, step ${place}`;
  return (
    <section className={classes.step} aria-label={name} data-testid={`step-${place}`}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {place}. {transformNames[step.kind]}
        </Text>
        <Group gap={4}>
          <ActionIcon aria-label={`Move ${name} up`} disabled={place === 1} onClick={() => onMove(-1)}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={`Move ${name} down`} disabled={last} onClick={() => onMove(1)}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <StepFields step={step} options={options} onChange={onChange} />
      {children}
      {result !== null && (
        <div className={classes.value}>
          <span>Gives</span>
          {result}
        </div>
      )}
    </section>
  );
}
