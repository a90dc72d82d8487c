import { Button, Group, Text } from "@mantine/core";
import { useId } from "react";
import type { MappingView } from "../../generated/api";
import { PageFoot } from "../../shared/PageFoot";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import classes from "./SaveBar.module.css";
import type { MappingDraft } from "./useDraft";
import type { MappingSave } from "./useSave";

interface SaveBarProps {
  mapping: MappingView;
  draft: MappingDraft;
  save: MappingSave;
}

/** *Save* at the bottom right, and in words why it waits. */
export function SaveBar({ mapping, draft, save: { blockers, submit, busy, error } }: SaveBarProps) {
  const why = useId();
  const blocked = blockers.length > 0;
  return (
    <PageFoot>
      <div className={classes.bar}>
        {error && <Problem error={error} onRetry={() => void submit()} />}
        <Group justify="flex-end" wrap="nowrap">
          <Text size="xs" c="dimmed" flex={1} id={why} data-testid="save-reason">
            {blocked ? blockers.join(" ") : unsaved(draft)}{" "}
            {!draft.edited && mapping.saved_at !== null && (
              <>
                Version {mapping.version}, saved <Time at={mapping.saved_at} />
                {mapping.saved_by !== null && ` by ${mapping.saved_by}`}.
              </>
            )}
          </Text>
          {draft.edited && (
            <Button variant="default" onClick={draft.discard}>
              Discard changes
            </Button>
          )}
          <Button
            aria-disabled={blocked}
            data-disabled={blocked || undefined}
            aria-describedby={why}
            loading={busy}
            onClick={() => void submit()}
            data-testid="save-mapping"
          >
            Save
          </Button>
        </Group>
      </div>
    </PageFoot>
  );
}

function unsaved({ edited, baseVersion, problem }: MappingDraft): string {
  if (!edited && baseVersion > 0) return "A field has another type in Lever now. Saving accepts it.";
  if (edited && problem !== null) return `Unsaved changes. They could not be kept for the next start: ${problem.message}`;
  return "Unsaved changes. They are kept here until you save.";
}
