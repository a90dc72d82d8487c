import { useSyncExternalStore } from "react";
import { useHost } from "../../commands";
import type { Mapping, MappingView, Rule } from "../../generated/api";
import { sameRules } from "./draft";
import { begin, discarded, edited, movedOnto, redone, savedAs, undone, type History } from "./draft-history";
import { draftStoreOf } from "./draft-store";

/** The mapping as it is being edited, beside the saved one. */
export function useDraft(view: MappingView, which: Mapping = "people") {
  const { version, rules: { rules: saved } } = view;
  const store = draftStoreOf(useHost(), which, version, view.draft);
  const { history: held, restoredAt, problem } = useSyncExternalStore(store.subscribe, store.get);
  // Without a draft, the steps of another version stand for rules that are no longer those that are saved; and a
  // mapping that was deleted leaves nothing to go on with.
  const standing = (history: History) =>
    version < history.version || (history.draft === null && history.version !== version) ? begin(version) : history;
  const history = standing(held);
  const change = (step: (history: History) => History) => store.change((current) => step(standing(current)));

  const rules = history.draft ?? saved;
  const isEdited = history.draft !== null && !sameRules(history.draft, saved);
  return {
    rules,
    baseVersion: history.version,
    edited: isEdited,
    /** Before the first save, and where a save accepts the type that a field has now, there is something to save. */
    changed: isEdited || version === 0 || view.drift.some(({ change }) => change.kind === "retyped"),
    /** Somebody saved while this draft was open. */
    overtaken: isEdited && history.version !== version,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** When the draft was left, if it was there at the start. */
    restoredAt: isEdited ? restoredAt : null,
    /** Why it could not be kept. */
    problem,
    edit: (next: Rule[]) => change((current) => edited(current, next, saved, Date.now())),
    undo: () => change(undone),
    redo: () => change(redone),
    /** Puts the draft on top of what was saved meanwhile. */
    keepOver: () => change((current) => movedOnto(current, version)),
    discard: () => change((current) => discarded(current, version)),
    acknowledge: store.acknowledge,
    settled: store.settled,
    /** The draft was saved as this version; what was typed since is a draft on top of it. */
    saved: (as: number, draft: Rule[]) =>
      store.change((current) =>
        current.draft === null || current.draft === draft ? savedAs(current, as, saved) : movedOnto(current, as),
      ),
  };
}

export type MappingDraft = ReturnType<typeof useDraft>;
