import { Button, Group } from "@mantine/core";
import { Link } from "wouter";

interface StepFootProps {
  back: string;
  next: string;
  /** *Next*, or *Done* on the last step. */
  label: string;
}

/** The way back and on. */
export function StepFoot({ back, next, label }: StepFootProps) {
  return (
    <Group justify="flex-end">
      <Button component={Link} href={back} variant="default">
        Back
      </Button>
      <Button component={Link} href={next}>
        {label}
      </Button>
    </Group>
  );
}
