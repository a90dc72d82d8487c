import { Drawer, Stack, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { Mapping, MappingView } from "../../generated/api";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import classes from "./HistoryDrawer.module.css";
import { RestoreVersion } from "./RestoreVersion";
import { VersionCard } from "./VersionCard";

interface HistoryDrawerProps {
  opened: boolean;
  which: Mapping;
  mapping: MappingView;
  onClose: () => void;
}

/** Every saved version: who, when, what changed, what differs from now, and *Restore*. */
export function HistoryDrawer({ opened, which, mapping, onClose }: HistoryDrawerProps) {
  const history = useCommand("mappings.history", { mapping: which }, { enabled: opened });
  const [restoring, setRestoring] = useState<number | null>(null);
  return (
    <Drawer opened={opened} onClose={onClose} size={560} title="History of the mapping">
      <Loaded query={history}>
        {(versions) =>
          versions.length === 0 ? (
            <Empty icon={IconHistory} title="No version yet" why="Every save makes a version that you can come back to." />
          ) : (
            <Stack gap="md">
              <Text size="sm" c="dimmed">
                Nothing is ever overwritten: restoring an older version makes a new one.
              </Text>
              <ol className={classes.versions}>
                {versions.map((version) => (
                  <li key={version.version}>
                    <VersionCard
                      version={version}
                      which={which}
                      inUse={version.version === mapping.version}
                      onRestore={() => setRestoring(version.version)}
                    />
                  </li>
                ))}
              </ol>
            </Stack>
          )
        }
      </Loaded>
      <RestoreVersion which={which} version={restoring} current={mapping.version} onClose={() => setRestoring(null)} />
    </Drawer>
  );
}
