import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
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
  /** Called with the scopes of the optional permissions that are ticked. */
  onNext: (also: string[]) => void;
}

/** Our own page before Lever's: what is asked for, and why (SCREENS.md 4.2.1). */
export function PermissionsStep({ permissions, busy, error, onBack, onNext }: PermissionsStepProps) {
  const [chosen, setChosen] = useState(() => allowedBefore(permissions));
  const optional = permissions.some((permission) => permission.optional);
  return (
    <Section
      title="Fulcrum asks Lever for these permissions"
      description="Lever shows the same list next, in your browser. Click Accept there."
      testId="permissions-step"
    >
      <Stack gap="lg">
        <PermissionList permissions={permissions} choice={{ chosen, onChange: setChosen }} />
        {error && <Problem error={error} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed" maw={480}>
            Lever is changed only by what this list names.
            {optional && " What is optional is asked for only if you tick it; you can sign in again later to allow it."}
          </Text>
          <Group>
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
            <Button loading={busy} onClick={() => onNext(chosen)}>
              Next
            </Button>
          </Group>
        </Group>
      </Stack>
    </Section>
  );
}

/** What Lever allows already is asked for again. */
function allowedBefore(permissions: PermissionView[]): string[] {
  return permissions.filter(({ optional, granted }) => optional && granted === true).map(({ scope }) => scope);
}
