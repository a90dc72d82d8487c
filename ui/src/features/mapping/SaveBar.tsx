import { Button, Group, Text } from "@mantine/core";
import { useId } from "react";
import { useAction } from "../../commands";
import type { Fields, Mapping, MappingView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { PageFoot } from "../../shared/PageFoot";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import { inFieldOrder } from "./draft";
import { saveBlockers } from "./save-blockers";
import classes from "./SaveBar.module.css";
import type { MappingDraft } from "./useDraft";

interface SaveBarProps {
  which: Mapping;
  fields: Fields;
  mapping: MappingView;
  draft: MappingDraft;
  onReload: () => void;
}

/** *Save* at the bottom right, and in words why it waits. */
export function SaveBar({ which, fields, mapping, draft, onReload }: SaveBarProps) {
  const why = useId();
  const announce = useAnnounce();
  const save = useAction("mappings.save");
  const blockers = draft.overtaken
    ? ["Choose first which version to go on with."]
    : saveBlockers(draft.rules, fields.target, draft.changed);
  const blocked = blockers.length > 0;

  const submit = async () => {
    if (blocked) return;
    const { rules } = draft;
    // What is kept after the save would come back as a draft.
    await draft.settled();
    save.mutate(
      { mapping: which, base_version: draft.baseVersion, rules: { rules: inFieldOrder(rules, fields.target) } },
      {
        onSuccess: ({ version }) => {
          draft.saved(version, rules);
          announce(`Mapping saved as version ${version}`);
        },
        onError: ({ code }) => code === "conflict" && onReload(),
      },
    );
  };
  return (
    <PageFoot>
      <div className={classes.bar}>
        {save.error && save.error.code !== "conflict" && <Problem error={save.error} onRetry={() => void submit()} />}
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
            loading={save.isPending}
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
