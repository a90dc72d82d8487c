import type { Rule } from "../../generated/api";
import { typedPlace } from "./typed-place";

/** How many steps can be undone. */
const MOST_STEPS = 200;

/** A pause in typing after which the next letter begins a step of its own. */
const TYPING_PAUSE_MS = 1_500;

/** The rules at one moment; null stands for those that are saved. */
type Moment = Rule[] | null;

/** What is being edited, with what can be undone and done again. */
export interface History {
  /** The saved version that the draft stands on. */
  version: number;
  draft: Moment;
  past: Moment[];
  future: Moment[];
  /** Where the last step was typed, and when. */
  typing: { place: string; at: number } | null;
}

export function begin(version: number, draft: Moment = null): History {
  return { version, draft, past: [], future: [], typing: null };
}

/** A change at the moment `at`. What is typed in one place without a pause is one step. */
export function edited(history: History, next: Rule[], saved: Rule[], at: number): History {
  const place = typedPlace(history.draft ?? saved, next);
  const { typing } = history;
  const goesOn = place !== null && typing?.place === place && at - typing.at < TYPING_PAUSE_MS;
  return {
    ...history,
    draft: next,
    past: goesOn ? history.past : [...history.past, history.draft].slice(-MOST_STEPS),
    future: [],
    typing: place === null ? null : { place, at },
  };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { ...history, draft: before, past: history.past.slice(0, -1), future: [...history.future, history.draft], typing: null };
}

export function redone(history: History): History {
  const after = history.future.at(-1);
  if (after === undefined) return history;
  return { ...history, draft: after, past: [...history.past, history.draft], future: history.future.slice(0, -1), typing: null };
}

/** Back to what is saved, which can be undone too. */
export function discarded(history: History, version: number): History {
  return { ...history, version, draft: null, past: [...history.past, history.draft].slice(-MOST_STEPS), future: [], typing: null };
}

/** The draft was saved as `version` in place of the rules `before`, which the steps before it may stand for. */
export function savedAs(history: History, version: number, before: Rule[]): History {
  const named = (moment: Moment) => moment ?? before;
  return { version, draft: null, past: history.past.map(named), future: [], typing: null };
}

/** The draft goes on top of a version that was saved elsewhere. */
export function movedOnto(history: History, version: number): History {
  return { ...history, version };
}
