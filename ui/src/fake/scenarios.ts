import { CommandError, type Host } from "../host";
import * as activity from "./activity";
import * as backTest from "./back-test";
import * as connection from "./connection";
import { createFakeHost, type Answers } from "./fake-host";
import * as gaps from "./gaps";
import * as grants from "./grants";
import * as imports from "./imports";
import * as inbox from "./inbox";
import * as letter from "./letter";
import * as letters from "./letters";
import * as mapping from "./mapping";
import * as versions from "./mapping-versions";
import * as offerListeners from "./offer-listeners";
import * as offers from "./offers";
import * as path from "./path";
import * as people from "./people";
import * as personFields from "./person-fields";
import { seenValues } from "./seen-values";
import * as settings from "./settings";
import { suggestions } from "./suggestions";
import * as workflows from "./workflows";

/** Every command with an answer, as in a company where all works. */
export const full: Answers = {
  "app.status": () => settings.open,
  "vault.unlock": () => settings.open,
  "vault.retry": () => settings.open,
  "vault.recover": () => settings.open,
  "vault.choose_passphrase": () => settings.secrets,
  "vault.show": () => settings.secrets,
  "vault.make_recovery_code": () => settings.newCode,
  "vault.test_recovery_code": () => settings.secrets,
  "settings.show": () => settings.settings,
  "settings.save": (input) => ({ ...settings.settings, ...input }),
  "home.show": () => activity.working,
  "relay.show": () => connection.relayConnected,
  "relay.use_this_copy": () => connection.relayConnected,
  "path.show": () => path.proven,
  "path.examine": () => path.healthy,
  "path.address_changed": () => path.proven,
  "gaps.list": () => gaps.missed,
  "gaps.find": () => gaps.missed,
  "gaps.run": () => gaps.none,
  "gaps.dismiss": () => gaps.none,
  "network.show": () => path.network,
  "network.save": () => path.network,
  "connections.show": ({ integration }) => ({ ...connection.verified, integration }),
  "connections.sign_in": () => connection.signIn,
  "connections.use_api_key": () => connection.byKey,
  "connections.change_client_secret": () => connection.verified,
  "connections.confirm_organisation": () => connection.connected,
  "connections.cancel": () => connection.notConnected,
  "connections.validate": () => connection.verified,
  "connections.stop_validation": () => connection.connected,
  "grants.list": () => grants.grants,
  "grants.revoke": () => grants.ended,
  "grants.revoke_all": () => grants.ended,
  "grants.forget": () => grants.noGrants,
  "company.show": () => offers.company,
  "company.save": (input) => ({ ...offers.company, ...input }),
  "mappings.fields": ({ mapping: which }) => (which === "offers" ? offers.offerFields : mapping.fields),
  "mappings.offer_rows": () => offers.offerRows,
  "mappings.show": ({ mapping: which }) => (which === "offers" ? offers.offerMapping : mapping.mapping),
  "mappings.save": ({ base_version, rules }) => ({ ...mapping.mapping, version: base_version + 1, rules }),
  "mappings.history": () => versions.versions,
  "mappings.compare": () => versions.differences,
  "mappings.restore": ({ base_version }) => ({ ...mapping.mapping, version: base_version + 1 }),
  "mappings.export": () => versions.file,
  "mappings.read_file": () => ({ rules: { rules: mapping.rules.slice(0, 4) }, changes: versions.differences, unknown: [] }),
  "mappings.keep_draft": ({ draft }) => ({ changed_at: draft === null ? null : Date.now() }),
  "mappings.compatibility": ({ rules: { rules } }) => mapping.compatibilities(rules),
  "mappings.sample": () => mapping.found,
  "mappings.preview": ({ mapping: which }) => (which === "offers" ? offers.offerPreview : mapping.preview),
  "mappings.values": seenValues,
  "mappings.suggest": () => ({ open: suggestions, dismissed: 0 }),
  "mappings.dismiss_suggestion": ({ target }) => ({ open: suggestions.filter(({ rule }) => rule.target !== target), dismissed: 1 }),
  "mappings.restore_suggestions": () => ({ open: suggestions, dismissed: 0 }),
  "mappings.read_hires": () => backTest.reading.hires,
  "mappings.stop_reading_hires": () => backTest.done.hires,
  "mappings.back_test": () => backTest.done,
  "workflows.list": () => workflows.workflows,
  "workflows.show": () => workflows.onboarding,
  "listeners.begin": ({ integration, event }) =>
    integration === "offer_letters" ? offerListeners.offerDraft(event) : workflows.draftListener,
  "listeners.of_offers": () => offerListeners.someOfThem,
  "listeners.set_up_offers": () => offerListeners.someOfThem,
  "listeners.show": () => workflows.draftListener,
  "listeners.create": () => ({ ...workflows.draftListener, state: "waiting_for_first_event" }),
  "listeners.admit": ({ admission }) => ({ ...workflows.draftListener, admission }),
  "listeners.choices": () => workflows.choices,
  "listeners.doubled": () => [],
  "listeners.set_up": () => ({ ...workflows.verifiedListener, set_up: "made" }),
  "listeners.switch": ({ on }) => ({ ...workflows.verifiedListener, on }),
  "listeners.run_held": () => ({ ...workflows.mismatched, held: 0 }),
  "listeners.remove": () => [],
  "inbox.list": ({ verdict }) => ({
    ...inbox.inboxPage,
    events: inbox.inboxRows.filter((row) => verdict === null || row.verdict === verdict),
  }),
  "inbox.show": ({ id }) => inbox.shown(id),
  "inbox.replay": () => inbox.replay,
  "inbox.run": ({ id }) => inbox.shown(id),
  "inbox.dismiss": ({ id }) => ({ ...inbox.shown(id), waits: null }),
  "inbox.try_token": () => ({ matches: true }),
  "inbox.storage": () => inbox.storage,
  "inbox.keep": (keeping) => ({ ...inbox.storage, keeping }),
  "letters.list": (request) => letters.page(letters.letters, request),
  "letters.show": ({ id }) => letter.shown(id),
  "letters.check_now": ({ id }) => letter.shown(id),
  "letters.keep": ({ id }) => letter.shown(id),
  "letters.take": ({ id }) => letter.shown(id),
  "letters.publish": ({ id }) => letter.shown(id),
  "letters.withdraw": ({ id }) => letter.shown(id),
  "letters.retry": ({ id }) => letter.shown(id),
  "letters.writes": ({ from }) => ({ writes: letters.writes.slice(from), more: false }),
  "letters.why": () => letter.why,
  "letters.settings": () => letters.settings,
  "letters.save_settings": letters.saved,
  "people.list": ({ search }) => people.people.filter(({ name }) => name.toLowerCase().includes((search ?? "").toLowerCase())),
  "people.show": () => people.anna,
  "person_fields.list": () => personFields.personFields,
  "person_fields.add": (edit) => personFields.added(edit),
  "person_fields.change": () => personFields.personFields,
  "person_fields.move": () => personFields.personFields,
  "person_fields.remove": () => personFields.personFields,
  "person_fields.put_back": () => ({ ...personFields.personFields, removed: [] }),
  "person_fields.erase": () => ({ ...personFields.personFields, removed: [] }),
  "imports.list": () => imports.noTray,
  "imports.fill_in": () => imports.noTray,
  "imports.decide": () => imports.noTray,
  "imports.try_again": () => imports.tray,
  "imports.decline": () => imports.noTray,
  "imports.take_back": () => imports.tray,
  "activity.list": ({ before }) => (before === null ? [...activity.lines, ...letter.annasLines] : []),
  "attention.list": () => activity.attention,
  "attention.retry": () => activity.attention.slice(1),
};

/** The first minutes: nothing is set up. */
export const empty: Answers = {
  ...full,
  "home.show": () => activity.fresh,
  "connections.show": ({ integration }) => ({ ...connection.notConnected, integration }),
  "grants.list": () => grants.noGrants,
  "gaps.list": () => gaps.none,
  "listeners.of_offers": () => offerListeners.notConnected,
  "mappings.show": () => ({ version: 0, rules: { rules: mapping.rules.slice(0, 2) }, saved_at: null, saved_by: null, drift: [], draft: null }),
  "workflows.show": () => ({ ...workflows.onboarding, listeners: [], people: [] }),
  "letters.list": (request) => letters.page([], request),
  "letters.writes": () => ({ writes: [], more: false }),
  "letters.settings": () => ({ ...letters.settings, stages: [] }),
  "people.list": () => [],
  "activity.list": () => [],
  "inbox.list": () => ({ events: [], counts: [], listeners: [] }),
  "inbox.storage": () => ({ ...inbox.storage, events: 0, bytes: 0, oldest_at: null }),
};

/** An error as the engine would send it. */
export const refused = new CommandError({
  code: "internal",
  message: "The answer could not be read. Try again.",
  field: null,
  detail: "expected value at line 1 column 1",
});

export const fail = () => {
  throw refused;
};

export const failing: Answers = {
  ...full,
  "home.show": fail,
  "connections.show": fail,
  "grants.list": fail,
  "mappings.show": fail,
  "workflows.list": fail,
  "workflows.show": fail,
  "letters.list": fail,
  "letters.show": fail,
  "letters.writes": fail,
  "letters.settings": fail,
  "people.list": fail,
  "person_fields.list": fail,
  "activity.list": fail,
  "inbox.list": fail,
  "listeners.of_offers": fail,
  "path.show": fail,
  "gaps.list": fail,
  "settings.show": fail,
  "vault.show": fail,
};

const locked = (first_time: boolean): Answers => ({
  "app.status": () => ({
    ...settings.open,
    recovery_code: !first_time,
    vault: { kind: "needs_passphrase", first_time, why: "This computer has no keychain, so a passphrase protects the key." },
  }),
});

const scenarios: Record<string, Answers> = {
  full,
  empty,
  failing,
  locked: locked(false),
  choosing: locked(true),
  recovered: { ...full, "vault.show": () => settings.recovered },
  unreadable: {
    "app.status": () => ({
      ...settings.open,
      vault: { kind: "unreadable", why: "The keychain did not answer. Unlock it, then try again. Nothing was changed.", detail: "org.freedesktop.Secret.Error.IsLocked" },
    }),
  },
  loading: { "app.status": full["app.status"] },
  connected: { ...full, "connections.show": () => connection.connected },
  validating: { ...full, "connections.show": () => connection.validating },
  waiting: { ...full, "connections.show": () => connection.waitingForBrowser },
  failed: { ...empty, "connections.show": () => connection.failed },
  secret: { ...full, "connections.show": ({ integration }) => ({ ...connection.secretRefused, integration }) },
  another: { ...full, "connections.show": () => connection.anotherOrganisation },
  off: { ...full, "workflows.show": () => ({ ...workflows.onboarding, listeners: [workflows.switchedOff] }) },
  limited: { ...full, "connections.show": () => connection.limited, "relay.show": () => connection.relayAway, "path.show": () => path.broken, "path.examine": () => path.certificate, "home.show": () => activity.broken },
  copy: { ...full, "relay.show": () => connection.standingBy, "home.show": () => activity.standingBy },
  moved: { ...full, "path.show": () => path.moved },
  reading: { ...full, "mappings.back_test": () => backTest.reading },
  older: { ...full, "mappings.sample": () => mapping.foundEarlier },
  tray: { ...full, "imports.list": () => imports.tray },
  twice: { ...full, "imports.list": () => imports.twice },
  webhooks: { ...full, "listeners.of_offers": () => offerListeners.noneOfThem },
  paused: {
    ...full,
    "letters.list": (request) => ({ ...letters.page(letters.letters, request), paused: "Lever cannot be reached since 14:02. Fulcrum tries again by itself." }),
  },
  leaving: { ...full, "grants.list": () => grants.ended },
  many: {
    ...full,
    "letters.list": (request) => letters.page(letters.manyLetters, request),
    "people.list": () => people.manyPeople,
    "mappings.fields": () => ({ ...mapping.fields, lever: mapping.manyLeverFields, target: mapping.manyTargetFields }),
  },
};

/** The scenario that `?scenario=` names, for `vite --mode fake`. */
export function hostForAddress({ search }: Location): Host {
  return createFakeHost(scenarios[new URLSearchParams(search).get("scenario") ?? "full"] ?? full);
}
