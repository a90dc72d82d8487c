import { Group, Text } from "@mantine/core";
import { IconPlayerPause } from "@tabler/icons-react";
import type { LettersPage } from "../../generated/api";
import { SecondsAgo } from "../../shared/SecondsAgo";
import { StateMark } from "../../shared/StateMark";
import { count } from "../../shared/words";

/** How many offers there are, when Lever was last asked about the offers, or why it is not asked now. */
export function CheckedLine({ page: { total, checked_at, watched, paused } }: { page: LettersPage }) {
  return (
    <Group gap="sm" data-testid="checked">
      {paused !== null && <StateMark tone="wait" icon={IconPlayerPause} word={`Paused: ${paused}`} />}
      <Text component="span" size="sm" c="dimmed">
        <span role="status">{count(total, "offer")}</span>
        {" · "}
        {checked_at === null ? "not checked yet" : <>checked <SecondsAgo at={checked_at} /></>}
        {paused === null && watched > 0 && ` · ${count(watched, "candidate is", "candidates are")} looked at every minute`}
      </Text>
    </Group>
  );
}
