import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, type Icon } from "@tabler/icons-react";
import { useAnnounce } from "../../shared/announce";
import type { MappingDraft } from "./useDraft";
import { useUndoKeys } from "./useUndoKeys";

/** *Undo* and *Redo* over the table. */
export function MappingToolbar({ draft }: { draft: MappingDraft }) {
  const announce = useAnnounce();
  const undo = () => {
    if (!draft.canUndo) return;
    draft.undo();
    announce("Undone");
  };
  const redo = () => {
    if (!draft.canRedo) return;
    draft.redo();
    announce("Done again");
  };
  useUndoKeys(undo, redo);
  return (
    <Group gap="xs">
      <Step icon={IconArrowBackUp} label="Undo" keys="Ctrl+Z" enabled={draft.canUndo} onClick={undo} />
      <Step icon={IconArrowForwardUp} label="Redo" keys="Ctrl+Shift+Z" enabled={draft.canRedo} onClick={redo} />
    </Group>
  );
}

interface StepProps {
  icon: Icon;
  label: string;
  keys: string;
  enabled: boolean;
  onClick: () => void;
}

function Step({ icon: Mark, label, keys, enabled, onClick }: StepProps) {
  return (
    <Tooltip label={`${label} (${keys})`} openDelay={400}>
      {/* Not disabled in earnest: the last undo would take the focus away from whoever presses it. */}
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        aria-keyshortcuts={keys.replace("Ctrl", "Control")}
        aria-disabled={!enabled}
        data-disabled={!enabled || undefined}
        onClick={onClick}
      >
        <Mark size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
