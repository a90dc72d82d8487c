import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useId, useMemo, useState } from "react";
import { useHost } from "../../commands";
import { useHold } from "../../shared/leaving";
import { Problem } from "../../shared/Problem";
import type { MappingDraft } from "./useDraft";
import type { MappingSave } from "./useSave";

interface LeaveQuestionProps {
  draft: MappingDraft;
  save: MappingSave;
  /** Where the addresses of the page begin: going from tab to tab leaves nothing. */
  page: string;
}

/** Asks what becomes of unsaved changes when the page is left or the window closed (SCREENS.md 4.4.10). */
export function LeaveQuestion({ draft, save, page }: LeaveQuestionProps) {
  const host = useHost();
  const why = useId();
  const [leave, setLeave] = useState<{ go: () => void } | null>(null);
  const { edited } = draft;
  const hold = useMemo(
    () => (edited ? { ask: (go: () => void) => setLeave({ go }), stays: (to: string) => to.startsWith(page) } : null),
    [edited, page],
  );
  useHold(hold);
  useEffect(() => (edited ? host.onClosing((go) => setLeave({ go })) : undefined), [edited, host]);
  const done = () => {
    setLeave(null);
    leave?.go();
  };
  const blocked = save.blockers.length > 0;
  return (
    <Modal opened={leave !== null} onClose={() => setLeave(null)} title="Leave with unsaved changes?" size="md">
      <Stack gap="lg">
        <Text size="sm">
          A kept draft waits here, also after a restart, and changes no import. Discarded changes are gone.
        </Text>
        {blocked && (
          <Text size="sm" c="dimmed" id={why}>
            It cannot be saved yet. {save.blockers.join(" ")}
          </Text>
        )}
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <Button
            color="var(--tone-bad)"
            variant="outline"
            onClick={() => {
              draft.discard();
              void draft.settled().then(done);
            }}
          >
            Discard
          </Button>
          <Button variant="default" data-autofocus onClick={() => void draft.settled().then(done)}>
            Keep draft
          </Button>
          <Button
            aria-disabled={blocked}
            data-disabled={blocked || undefined}
            aria-describedby={blocked ? why : undefined}
            loading={save.busy}
            onClick={() => void save.submit(done)}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
