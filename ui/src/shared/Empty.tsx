import { Stack, Text } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface EmptyProps {
  icon: Icon;
  /** What would be here. */
  title: string;
  /** Why it is empty. */
  why: string;
  /** The one thing to do. */
  action?: ReactNode;
}

/** An empty list: what it is, why it is empty, the one thing to do. */
export function Empty({ icon: Mark, title, why, action }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={40} px="md" data-testid="empty">
      <Mark size={28} stroke={1.5} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={440}>
        {why}
      </Text>
      {action}
    </Stack>
  );
}
