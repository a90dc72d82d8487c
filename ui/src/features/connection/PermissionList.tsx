import { Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { PermissionView } from "../../generated/api";
import { integrationWords } from "../../shared/connection-words";
import { StateMark } from "../../shared/StateMark";
import classes from "./PermissionList.module.css";

/** Each permission in words with its reason, and whether Lever granted it where that is known. */
export function PermissionList({ permissions }: { permissions: PermissionView[] }) {
  return (
    <ul className={classes.permissions} data-testid="permissions">
      {permissions.map(({ scope, words, needs, granted }) => (
        <li key={scope} className={classes.permission}>
          <IconKey size={18} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
          <Stack gap={2} flex={1} miw={0}>
            <Text size="sm" fw={600}>
              {words}
            </Text>
            {needs.map(({ integration, reason, blocked }) => (
              <Text key={integration} size="sm" c={granted === false ? undefined : "dimmed"}>
                {integrationWords[integration]}: {granted === false ? blocked : reason}
              </Text>
            ))}
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
