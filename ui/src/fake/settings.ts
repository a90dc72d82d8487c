import type { AppStatus, NewRecoveryCode, SecretsView, SettingsView } from "../generated/api";
import { minutesAgo } from "./time";

export const open: AppStatus = {
  vault: { kind: "open", place: "keychain" },
  recovery_code: true,
  version: "0.1.0",
  data_dir: "/home/amina/.local/share/fulcrum",
  practice: true,
};

export const settings: SettingsView = {
  relay_url: null,
  callback_ports: [45110, 45111, 45112],
  callback_addresses: [45110, 45111, 45112].map((port) => `http://127.0.0.1:${port}/callback`),
  data_dir: open.data_dir,
  version: open.version,
  sqlite_version: "3.53.4",
  overridden: [],
};

export const secrets: SecretsView = {
  place: "keychain",
  key_address: "fulcrum / database-key-5c1e90aa7b42",
  database: `${open.data_dir}/fulcrum.db`,
  recovery_code: { made_at: minutesAgo(20 * 24 * 60), tested_at: minutesAgo(3 * 24 * 60) },
};

/** After the recovery code opened the database. */
export const recovered: SecretsView = { ...secrets, place: "memory", key_address: null };

export const newCode: NewRecoveryCode = { code: "7Q2M-4XKD-9RTA-0WEN-6HBC-3VZP" };
