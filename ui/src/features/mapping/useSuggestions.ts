import { useAction, useCommand } from "../../commands";
import type { Mapping, Rule, Suggestion } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { ruleFor, withRules } from "./draft";
import type { MappingDraft } from "./useDraft";

/** What could fill the rows without a rule; nothing of it is in the draft before somebody accepts it. */
export function useSuggestions(which: Mapping, draft: MappingDraft) {
  const announce = useAnnounce();
  const { data } = useCommand("mappings.suggest", { mapping: which });
  const dismissal = useAction("mappings.dismiss_suggestion");
  const restoring = useAction("mappings.restore_suggestions");
  const open = (data?.open ?? []).filter(({ rule }) => ruleFor(draft.rules, rule.target) === undefined);
  const exact = open.filter((suggestion) => suggestion.exact);
  const take = (rules: Rule[]) => draft.edit(withRules(draft.rules, rules));
  return {
    open,
    exact,
    dismissed: data?.dismissed ?? 0,
    error: dismissal.error ?? restoring.error,
    of: (target: string): Suggestion | undefined => open.find(({ rule }) => rule.target === target),
    accept: ({ rule }: Suggestion) => {
      take([rule]);
      announce("Suggestion accepted");
    },
    acceptExact: () => {
      take(exact.map(({ rule }) => rule));
      announce(exact.length === 1 ? "1 suggestion accepted" : `${exact.length} suggestions accepted`);
    },
    dismiss: ({ rule: { target, source } }: Suggestion) =>
      dismissal.mutate({ mapping: which, target, source }, { onSuccess: () => announce("Suggestion dismissed") }),
    restore: () => restoring.mutate({ mapping: which }),
  };
}

export type MappingSuggestions = ReturnType<typeof useSuggestions>;
