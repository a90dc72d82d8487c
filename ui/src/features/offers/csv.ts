import type { LetterLine } from "../../generated/api";
import { candidateOf, sourceWords, statusMark } from "./letter-words";

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text as a cell that no spreadsheet runs, quoted where it must be (RFC 4180). */
export function csvCell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const moment = (at: number) => new Date(at).toISOString();

/** The letters as a table for spreadsheets; their pay only where it is asked for. */
export function lettersAsCsv(letters: readonly LetterLine[], withPay: boolean): string {
  const columns: [string, (letter: LetterLine) => string][] = [
    ["Candidate", candidateOf],
    ["Job", ({ job }) => job],
    ["Start date", ({ start_date }) => start_date ?? ""],
    ["Pay", ({ pay }) => pay],
    ["Status", (letter) => statusMark(letter).word],
    ["Source", ({ source }) => sourceWords[source]],
    ["Needs attention", ({ attention }) => attention ?? ""],
    ["Updated", ({ updated_at }) => moment(updated_at)],
    ["Checked", ({ checked_at }) => moment(checked_at)],
  ];
  const shown = columns.filter(([name]) => withPay || name !== "Pay");
  const lines = [shown.map(([name]) => name), ...letters.map((letter) => shown.map(([, cell]) => cell(letter)))];
  // Without the mark, spreadsheets take the text for another encoding than UTF-8.
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
