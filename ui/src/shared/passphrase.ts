/** The fewest characters of a passphrase that is being chosen. */
export const SHORTEST_PASSPHRASE = 12;

interface PassphraseProblem {
  field: "passphrase" | "again";
  sentence: string;
}

/** Why the passphrase cannot be used; `again` is none unless it is being chosen. */
export function passphraseProblem(passphrase: string, again: string | null): PassphraseProblem | null {
  if (passphrase === "") return { field: "passphrase", sentence: "Enter the passphrase." };
  if (again === null) return null;
  if (Array.from(passphrase).length < SHORTEST_PASSPHRASE) {
    return { field: "passphrase", sentence: `Use at least ${SHORTEST_PASSPHRASE} characters.` };
  }
  if (passphrase !== again) return { field: "again", sentence: "The two passphrases differ." };
  return null;
}
