/** A token as it was pasted, without the spaces and line breaks that copying picks up. */
export function cleanToken(pasted: string): string {
  return pasted.replace(/\s+/gu, "");
}

/** Enough to recognise a token by, without showing it: its length and its last four characters. */
export function tokenHint(token: string): string | null {
  if (token.length < 8) return token === "" ? null : `${token.length} characters`;
  return `${token.length} characters, ending in ${token.slice(-4)}`;
}
