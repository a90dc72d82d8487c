import { useSyncExternalStore } from "react";
import type { MappingView, Rule } from "../../generated/api";
import { sameRules } from "./draft";
import { draftStore } from "./draft-store";

/** The mapping as it is being edited, beside the saved one. */
export function useDraft({ version, rules: saved }: MappingView) {
  const draft = useSyncExternalStore(draftStore.subscribe, draftStore.get);
  const rules = draft?.rules ?? saved.rules;
  const edited = draft !== null && !sameRules(draft.rules, saved.rules);
  const baseVersion = draft?.baseVersion ?? version;
  return {
    rules,
    baseVersion,
    edited,
    /** What Fulcrum proposes before the first save counts as something to save. */
    changed: edited || version === 0,
    /** Somebody saved while this draft was open. */
    overtaken: edited && baseVersion !== version,
    edit: (next: Rule[]) => draftStore.set({ baseVersion, rules: next }),
    /** Puts the draft on top of what was saved meanwhile. */
    keepOver: () => draftStore.set({ baseVersion: version, rules }),
    discard: () => draftStore.set(null),
  };
}

export type MappingDraft = ReturnType<typeof useDraft>;
