import { useAction } from "../../commands";
import type { Fields, Mapping, MappingView, TargetCompatibility } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { inFieldOrder } from "./draft";
import { saveBlockers } from "./save-blockers";
import type { MappingDraft } from "./useDraft";

interface Saving {
  which: Mapping;
  fields: Fields;
  draft: MappingDraft;
  /** What can fill each row; none until that is known. */
  compatibilityOf: (target: string) => TargetCompatibility | undefined;
  /** Reads the saved mapping again after a conflict. */
  onReload: () => void;
}

/** Saving the draft as the next version, and in words why it waits. */
export function useSave({ which, fields, draft, compatibilityOf, onReload }: Saving) {
  const announce = useAnnounce();
  const save = useAction("mappings.save");
  const blockers = draft.overtaken
    ? ["Choose first which version to go on with."]
    : saveBlockers(draft.rules, fields.target, draft.changed, which, compatibilityOf);

  const submit = async (done?: () => void) => {
    if (blockers.length > 0) return;
    const { rules } = draft;
    // What is kept after the save would come back as a draft.
    await draft.settled();
    save.mutate(
      { mapping: which, base_version: draft.baseVersion, rules: { rules: inFieldOrder(rules, fields.target) } },
      {
        onSuccess: ({ version }: MappingView) => {
          draft.saved(version, rules);
          announce(`Mapping saved as version ${version}`);
          done?.();
        },
        onError: ({ code }) => code === "conflict" && onReload(),
      },
    );
  };
  return {
    blockers,
    /** Saves, if nothing stands in the way, and then calls `done`. */
    submit,
    busy: save.isPending,
    error: save.error?.code === "conflict" ? null : save.error,
  };
}

export type MappingSave = ReturnType<typeof useSave>;
