import type { AppStatus, SettingsView } from "../generated/api";

export const open: AppStatus = {
  vault: { kind: "open", place: "keychain" },
  version: "0.1.0",
  data_dir: "/home/amina/.local/share/fulcrum",
  practice: true,
};

export const settings: SettingsView = {
  relay_url: null,
  callback_ports: [45110, 45111, 45112],
  callback_addresses: [45110, 45111, 45112].map((port) => `http://127.0.0.1:${port}/callback`),
  secrets: "keychain",
  data_dir: open.data_dir,
  version: open.version,
  sqlite_version: "3.53.4",
  overridden: [],
};
