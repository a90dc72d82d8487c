import { Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { PermissionView } from "../../generated/api";
import { integrationWords } from "../../shared/connection-words";
import { StateMark } from "../../shared/StateMark";
import classes from "./PermissionList.module.css";
import { PermissionUsage } from "./PermissionUsage";

/** Each permission in words with its reason, and once connected whether Lever granted it and how it is used. */
export function PermissionList({ permissions }: { permissions: PermissionView[] }) {
  return (
    <ul className={classes.permissions} data-testid="permissions">
      {permissions.map(({ scope, words, needs, granted, usage }) => (
        <li key={scope} className={classes.permission}>
          <IconKey size={18} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
          <Stack gap={2} flex={1} miw={0}>
            <Text size="sm" fw={600}>
              {words}
            </Text>
            {needs.map(({ integration, reason, blocked }) => (
              <Text key={integration} size="sm" c={granted === false ? undefined : "dimmed"}>
                {integrationWords[integration]}: {reason}
                {(usage !== null || granted === false) && ` Without it: ${blocked}`}
              </Text>
            ))}
            {usage !== null && <PermissionUsage usage={usage} />}
            <code className={classes.scope}>{scope}</code>
          </Stack>
          {granted !== null && (
            <StateMark tone={granted ? "good" : "wait"} word={granted ? "Granted" : "Not granted"} />
          )}
        </li>
      ))}
    </ul>
  );
}
