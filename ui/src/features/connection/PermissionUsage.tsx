import { Text } from "@mantine/core";
import type { UsageView } from "../../generated/api";
import { Time } from "../../shared/Time";
import { count } from "../../shared/words";

/** When a permission was last used, and how often of late. */
export function PermissionUsage({ usage: { in_30_days, last_at } }: { usage: UsageView }) {
  return (
    <Text size="sm">
      {last_at === null ? (
        "Not used yet"
      ) : in_30_days === 0 ? (
        <>
          Not used since <Time at={last_at} />
        </>
      ) : (
        <>
          Last used <Time at={last_at} ageOnly />, {count(in_30_days, "time")} in the last 30 days
        </>
      )}
    </Text>
  );
}
