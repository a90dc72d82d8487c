import { Checkbox, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { PermissionView } from "../../generated/api";
import { integrationWords } from "../../shared/connection-words";
import { StateMark } from "../../shared/StateMark";
import classes from "./PermissionList.module.css";
import { PermissionUsage } from "./PermissionUsage";

/** Which of the optional permissions are ticked. */
export interface PermissionChoice {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

interface PermissionListProps {
  permissions: PermissionView[];
  /** Lets the user tick the optional ones; without it they are only named. */
  choice?: PermissionChoice;
}

/** Each permission in words with its reason, and once connected whether Lever granted it and how it is used. */
export function PermissionList({ permissions, choice }: PermissionListProps) {
  return (
    <ul className={classes.permissions} data-testid="permissions">
      {permissions.map((permission) => (
        <li key={permission.scope} className={classes.permission}>
          {permission.optional && choice ? (
            <Tick permission={permission} choice={choice} />
          ) : (
            <IconKey size={18} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
          )}
          <Explained permission={permission} />
          <Granted permission={permission} />
        </li>
      ))}
    </ul>
  );
}

function Tick({ permission: { scope, words }, choice: { chosen, onChange } }: { permission: PermissionView; choice: PermissionChoice }) {
  return (
    <Checkbox
      size="xs"
      radius={3}
      mt={2}
      aria-label={words}
      checked={chosen.includes(scope)}
      onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
    />
  );
}

function Explained({ permission: { scope, words, optional, needs, granted, usage } }: { permission: PermissionView }) {
  const missed = granted === false && !optional;
  const inUse = usage !== null && (granted !== false || !optional);
  return (
    <Stack gap={2} flex={1} miw={0}>
      <Text size="sm" fw={600}>
        {words}
        {optional && (
          <Text span size="sm" c="dimmed">
            {" (optional)"}
          </Text>
        )}
      </Text>
      {needs.map(({ integration, reason, blocked }) => (
        <Text key={integration} size="sm" c={missed ? undefined : "dimmed"}>
          {integrationWords[integration]}: {reason}
          {(inUse || missed) && ` Without it: ${blocked}`}
        </Text>
      ))}
      {inUse && <PermissionUsage usage={usage} />}
      <code className={classes.scope}>{scope}</code>
    </Stack>
  );
}

function Granted({ permission: { granted, optional } }: { permission: PermissionView }) {
  if (granted === null) return null;
  if (granted) return <StateMark tone="good" word="Granted" />;
  return optional ? <StateMark tone="none" word="Not asked for" /> : <StateMark tone="wait" word="Not granted" />;
}
