import { Stack } from "@mantine/core";
import { useAction } from "../../commands";
import type { Mapping } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Confirm } from "../../shared/Confirm";
import { Problem } from "../../shared/Problem";
import { Differences } from "./VersionCard";

interface RestoreVersionProps {
  which: Mapping;
  /** The version to bring back; none while nobody asks for one. */
  version: number | null;
  /** The version in use. */
  current: number;
  onClose: () => void;
}

/** Asks before an older version comes back, with what would change. */
export function RestoreVersion({ which, version, current, onClose }: RestoreVersionProps) {
  const restore = useAction("mappings.restore");
  const announce = useAnnounce();
  const close = () => {
    restore.reset();
    onClose();
  };
  return (
    <Confirm
      opened={version !== null}
      title={`Restore version ${version ?? ""}?`}
      verb="Restore"
      busy={restore.isPending}
      onClose={close}
      onConfirm={() =>
        version !== null &&
        restore.mutate(
          { mapping: which, version, base_version: current },
          {
            onSuccess: (restored) => {
              announce(`Version ${version} restored as version ${restored.version}`);
              close();
            },
          },
        )
      }
    >
      <Stack gap="md">
        <span>
          It becomes version {current + 1} and counts from the next import on. Unsaved changes stay as a draft.
        </span>
        {version !== null && <Differences which={which} version={version} />}
        {restore.error && <Problem error={restore.error} />}
      </Stack>
    </Confirm>
  );
}
