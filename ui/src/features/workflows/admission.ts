import type { Admission, Choice } from "../../generated/api";

/** Lets every candidate in. */
export const everybody: Admission = { stage: null, departments: [], locations: [], postings: [], origins: [] };

/** Whom a listener lets in, a line for each condition; none if it lets all in. */
export function admissionLines({ stage, departments, locations, postings, origins }: Admission): string[] {
  const list = (what: string, values: string[]) => (values.length === 0 ? [] : [`${what}: ${values.join(", ")}`]);
  return [
    ...(stage === null ? [] : [`Stage: ${stage.name} (${stage.id})`]),
    ...list("Department", departments),
    ...list("Location", locations),
    ...list("Posting", postings.map(({ name }) => name)),
    ...list("Origin", origins),
  ];
}

/** What can be chosen, with what is chosen already though Lever does not list it any more. */
export function withChosen(listed: readonly Choice[], chosen: readonly Choice[]): Choice[] {
  return [...listed, ...chosen.filter(({ id }) => listed.every((choice) => choice.id !== id))];
}
