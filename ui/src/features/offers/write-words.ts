import type { LetterWrite, WriteView } from "../../generated/api";

const words: Record<LetterWrite, string> = {
  note: "Note with the letter’s link",
  tag: "Tag",
  link: "Link to the letter",
};

/** What is written to Lever, in words. */
export const written = ({ kind, said }: Pick<WriteView, "kind" | "said">) => (said === null ? words[kind] : `${words[kind]} “${said}”`);
