import type { StageChoice } from "../../generated/api";

/** What can be the Offer stage; the one that is set stays, though Lever has it no more. */
export function stageChoices(stages: StageChoice[], set: string | null): { value: string; label: string }[] {
  const names = stages.filter(({ is_offer }) => is_offer).map(({ name }) => name);
  const standard = `The stage that Lever calls Offer${names.length === 0 || names.join() === "Offer" ? "" : ` (${names.join(", ")})`}`;
  const known = stages.map(({ id, name }) => ({ value: id, label: name }));
  const gone = set !== null && stages.every(({ id }) => id !== set) ? [{ value: set, label: `Another stage (id ${set})` }] : [];
  return [{ value: "", label: standard }, ...known, ...gone];
}
