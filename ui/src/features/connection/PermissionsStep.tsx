import { Button, Group, Stack, Text } from "@mantine/core";
import type { PermissionView } from "../../generated/api";
import type { CommandError } from "../../host";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { PermissionList } from "./PermissionList";

interface PermissionsStepProps {
  permissions: PermissionView[];
  busy: boolean;
  error: CommandError | null;
  onBack: () => void;
  onNext: () => void;
}

/** Our own page before Lever's: what is asked for, and why (SCREENS.md 4.2.1). */
export function PermissionsStep({ permissions, busy, error, onBack, onNext }: PermissionsStepProps) {
  return (
    <Section
      title="Fulcrum asks Lever for these permissions"
      description="Lever shows the same list next, in your browser. Click Accept there."
      testId="permissions-step"
    >
      <Stack gap="lg">
        <PermissionList permissions={permissions} />
        {error && <Problem error={error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Lever is changed only by what this list names.
          </Text>
          <Group>
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
            <Button loading={busy} onClick={onNext}>
              Next
            </Button>
          </Group>
        </Group>
      </Stack>
    </Section>
  );
}
