import { useState } from "react";
import { useHost } from "../../commands";
import type { LetterLine } from "../../generated/api";
import { CommandError, type Host } from "../../host";
import { lettersAsCsv } from "./csv";
import { asked, type Wanted } from "./wanted";

const MOST = 500;

/** Saves every letter that is wanted as a file. */
export function useExport() {
  const host = useHost();
  const [busy, setBusy] = useState(false);
  const [place, setPlace] = useState<string | null>(null);
  const [problem, setProblem] = useState<CommandError | null>(null);
  const forget = () => {
    setPlace(null);
    setProblem(null);
  };
  const run = async (wanted: Wanted, withPay: boolean) => {
    forget();
    setBusy(true);
    try {
      const text = lettersAsCsv(await readAll(host, wanted), withPay);
      setPlace(await host.saveFile(`offers-${today()}.csv`, text));
    } catch (thrown) {
      setProblem(CommandError.from(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { save: (wanted: Wanted, withPay: boolean) => void run(wanted, withPay), busy, place, problem, forget };
}

/** Page after page; a letter that moves from one to the next meanwhile is there once. */
async function readAll(host: Host, wanted: Wanted): Promise<LetterLine[]> {
  const letters = new Map<string, LetterLine>();
  for (let from = 0; ; from += MOST) {
    const { rows, total } = await host.call("letters.list", { ...asked(wanted), from, most: MOST });
    for (const letter of rows) letters.set(letter.id, letter);
    if (rows.length === 0 || from + rows.length >= total) return [...letters.values()];
  }
}

/** Today where the user is, as `2026-11-21`. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
