import { Button, Group } from "@mantine/core";
import { Notice } from "../../shared/Notice";
import type { MappingDraft } from "./useDraft";

/** The mapping was saved elsewhere while this draft was open; nothing is lost until the user chooses. */
export function OvertakenNotice({ version, draft }: { version: number; draft: MappingDraft }) {
  return (
    <Notice
      tone="wait"
      urgent
      testId="mapping-conflict"
      action={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={draft.keepOver}>
            Keep my draft
          </Button>
          <Button size="xs" variant="default" onClick={draft.discard}>
            Use the saved mapping
          </Button>
        </Group>
      }
    >
      Version {version} was saved while you were editing. Choose which one to go on with.
    </Notice>
  );
}
