import { Button, Group, Text } from "@mantine/core";
import { useId } from "react";

interface BlockedButtonProps {
  children: string;
  /** Why it does nothing yet, in words; none if it does. */
  blocker: string | null;
  loading?: boolean;
  onClick: () => void;
}

/** A button that can be reached while it does nothing yet, and says why. */
export function BlockedButton({ children, blocker, loading = false, onClick }: BlockedButtonProps) {
  const why = useId();
  return (
    <Group justify="flex-end">
      {blocker !== null && (
        <Text size="sm" c="dimmed" id={why}>
          {blocker}
        </Text>
      )}
      <Button
        loading={loading}
        data-disabled={blocker !== null || undefined}
        aria-disabled={blocker !== null}
        aria-describedby={blocker === null ? undefined : why}
        onClick={() => blocker === null && onClick()}
      >
        {children}
      </Button>
    </Group>
  );
}
