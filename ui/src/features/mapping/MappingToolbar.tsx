import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconFileExport, IconFileImport, IconHistory, type Icon } from "@tabler/icons-react";
import { useState } from "react";
import type { Mapping, MappingView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { TextLink } from "../../shared/TextLink";
import { ExportMapping } from "./ExportMapping";
import { HistoryDrawer } from "./HistoryDrawer";
import { ImportMapping } from "./ImportMapping";
import type { MappingDraft } from "./useDraft";
import { useUndoKeys } from "./useUndoKeys";

interface MappingToolbarProps {
  which: Mapping;
  mapping: MappingView;
  draft: MappingDraft;
}

/** Over the table: *Undo* and *Redo*, the history, and the mapping as a file. */
export function MappingToolbar({ which, mapping, draft }: MappingToolbarProps) {
  const [open, setOpen] = useState<"history" | "export" | "import" | null>(null);
  const close = () => setOpen(null);
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
    <Group justify="space-between">
      <Group gap="xs">
        <Step icon={IconArrowBackUp} label="Undo" keys="Ctrl+Z" enabled={draft.canUndo} onClick={undo} />
        <Step icon={IconArrowForwardUp} label="Redo" keys="Ctrl+Shift+Z" enabled={draft.canRedo} onClick={redo} />
      </Group>
      <Group gap="xs">
        {which === "people" && <TextLink href="/settings/person-fields">Edit person fields</TextLink>}
        <Part icon={IconHistory} label="History" onClick={() => setOpen("history")} />
        <Part icon={IconFileExport} label="Export" onClick={() => setOpen("export")} />
        <Part icon={IconFileImport} label="Import" onClick={() => setOpen("import")} />
      </Group>
      <HistoryDrawer opened={open === "history"} which={which} mapping={mapping} onClose={close} />
      <ExportMapping opened={open === "export"} which={which} rules={draft.rules} onClose={close} />
      <ImportMapping opened={open === "import"} which={which} rules={draft.rules} onTake={draft.edit} onClose={close} />
    </Group>
  );
}

function Part({ icon: Mark, label, onClick }: { icon: Icon; label: string; onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" size="sm" leftSection={<Mark size={16} stroke={1.6} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
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
