import { Group, Stack, Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./Section.module.css";

interface SectionProps {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  /** Rows that reach the edges. */
  flush?: boolean;
  children: ReactNode;
  testId?: string;
}

/** A part of a page under its own heading. */
export function Section({ title, description, action, flush = false, children, testId }: SectionProps) {
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading} data-testid={testId}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" className={classes.head}>
        <Stack gap={2}>
          <Title order={2} id={heading}>
            {title}
          </Title>
          {description !== undefined && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </Stack>
        {action}
      </Group>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
