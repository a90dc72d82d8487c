import { Button } from "@mantine/core";
import { Notice } from "../../shared/Notice";
import { Time } from "../../shared/Time";
import type { MappingDraft } from "./useDraft";

/** The draft of the last time is back; said once and quietly. */
export function RestoredNotice({ at, draft }: { at: number; draft: MappingDraft }) {
  return (
    <Notice
      tone="info"
      testId="draft-restored"
      action={
        <Button size="xs" variant="default" onClick={draft.acknowledge}>
          Go on
        </Button>
      }
    >
      Your unsaved changes of <Time at={at} /> are here again. Save or discard them below.
    </Notice>
  );
}
