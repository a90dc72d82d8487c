import type { SecretsPlace } from "../../generated/api";

/** Where the key is kept that opens the database with the secrets. */
export const secretsWords: Record<SecretsPlace, string> = {
  keychain: "In the encrypted database on this computer; its key is in the keychain",
  passphrase_file: "In the encrypted database on this computer; its key is in a file under your passphrase",
  memory: "In the encrypted database on this computer; its key is only in memory",
};
