import { CommandError, type Host } from "../../host";
import type { KeptDraft, Mapping } from "../../generated/api";
import { begin, type History } from "./draft-history";
import { perMapping } from "./per-mapping";

/** How long a change may wait for those that follow it before all of them are kept together. */
const KEEP_AFTER_MS = 400;

export interface DraftState {
  history: History;
  /** When the draft was last changed before this start of the app; null if there was none or it was acknowledged. */
  restoredAt: number | null;
  /** Why the draft could not be kept. */
  problem: CommandError | null;
}

/** The mapping being edited: over tabs and pages with every step, in the database over restarts. */
export interface DraftStore {
  get: () => DraftState;
  subscribe: (listener: () => void) => () => void;
  change: (step: (history: History) => History) => void;
  acknowledge: () => void;
  /** Resolves once the draft as it is now was kept, or could not be. */
  settled: () => Promise<void>;
}

export function createDraftStore(host: Host, mapping: Mapping, version: number, kept: KeptDraft | null): DraftStore {
  let state: DraftState = {
    history: begin(kept?.base_version ?? version, kept?.rules.rules ?? null),
    restoredAt: kept?.changed_at ?? null,
    problem: null,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keeping = Promise.resolve();
  const listeners = new Set<() => void>();

  const update = (next: Partial<DraftState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const keepNow = async () => {
    const { draft, version } = state.history;
    try {
      await host.call("mappings.keep_draft", {
        mapping,
        draft: draft === null ? null : { base_version: version, rules: { rules: draft } },
      });
      if (state.problem !== null) update({ problem: null });
    } catch (thrown) {
      update({ problem: CommandError.from(thrown) });
    }
  };
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    // One after the other, so that an older draft never comes last.
    keeping = keeping.then(keepNow);
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (step) => {
      const history = step(state.history);
      if (history === state.history) return;
      update({ history, restoredAt: history.draft === null ? null : state.restoredAt });
      timer ??= setTimeout(keep, KEEP_AFTER_MS);
    },
    acknowledge: () => update({ restoredAt: null }),
    settled: () => {
      if (timer !== undefined) keep();
      return keeping;
    },
  };
}

const storeOf = perMapping<DraftStore>();

/** The store of a mapping, made once for each host from the draft that was kept there. */
export function draftStoreOf(host: Host, mapping: Mapping, version: number, kept: KeptDraft | null): DraftStore {
  return storeOf(host, mapping, () => createDraftStore(host, mapping, version, kept));
}
