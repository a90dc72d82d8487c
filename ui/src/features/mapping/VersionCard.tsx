import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { Mapping, VersionView } from "../../generated/api";
import { Loaded, Lines } from "../../shared/Loaded";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { ChangeList } from "./ChangeList";

interface VersionCardProps {
  version: VersionView;
  which: Mapping;
  inUse: boolean;
  onRestore: () => void;
}

/** One version in the history. */
export function VersionCard({ version: { version, saved_at, saved_by, restored_from, changes }, which, inUse, onRestore }: VersionCardProps) {
  const [comparing, setComparing] = useState(false);
  return (
    <Stack gap="sm" data-testid={`version-${version}`}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text fw={600}>Version {version}</Text>
            {inUse && <StateMark badge tone="good" word="In use" />}
          </Group>
          <Text size="sm" c="dimmed">
            {restored_from !== null && `Restored from version ${restored_from}, `}
            <Time at={saved_at} />
            {saved_by !== null && ` by ${saved_by}`}
          </Text>
        </div>
        {!inUse && (
          <Group gap="xs" wrap="nowrap">
            <Button
              size="xs"
              variant="subtle"
              aria-label={`Compare version ${version} with now`}
              aria-expanded={comparing}
              onClick={() => setComparing(!comparing)}
            >
              Compare with now
            </Button>
            <Button size="xs" variant="default" aria-label={`Restore version ${version}`} onClick={onRestore}>
              Restore
            </Button>
          </Group>
        )}
      </Group>
      <ChangeList changes={changes} none={version === 1 ? "The first version." : "The same as the version before."} />
      {comparing && <Differences which={which} version={version} />}
    </Stack>
  );
}

/** What would change if this version came back now. */
export function Differences({ which, version }: { which: Mapping; version: number }) {
  const compared = useCommand("mappings.compare", { mapping: which, with: { kind: "version", version } });
  return (
    <Stack gap="xs" data-testid="differences">
      <Text size="sm" fw={600}>
        What would change now
      </Text>
      <Loaded query={compared} skeleton={<Lines rows={2} />}>
        {(changes) => <ChangeList changes={changes} none="Nothing: it is the same as the version in use." />}
      </Loaded>
    </Stack>
  );
}
