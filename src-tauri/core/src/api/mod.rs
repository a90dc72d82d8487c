//! Every command, declared once. The list yields the dispatcher, the screens' TypeScript types and what
//! `fulcrum-cli commands` prints.

pub mod activity;
pub mod app;
mod company;
pub mod connections;
pub mod contract;
mod embedded;
mod engine;
pub mod error;
mod fields;
mod gaps;
mod glance;
pub mod grants;
mod home;
pub mod imports;
pub mod inbox;
pub mod letters;
pub mod listeners;
pub mod mappings;
mod mark;
mod network;
mod path;
pub mod people;
pub mod person_fields;
mod relay;
mod running;
pub mod vault;
pub mod workflows;

use self::activity::{ActivityLine, AttentionItem, HomeView, ListActivity};
use self::app::{AppStatus, NoInput, SettingsInput, SettingsView};
use self::company::{CompanyInput, CompanyView};
use self::connections::{
    ApiKeyInput, ChangeClientSecret, ConfirmOrganisation, ConnectionView, ForIntegration,
    PasteBack, SignIn, SignInInput,
};
pub use self::engine::{Engine, Host, StartError};
use self::gaps::{ChooseGap, GapsView};
pub use self::glance::Glance;
use self::grants::{GrantsView, Revoke, RevokeAll};
use self::imports::{Decide, FillIn, ForImport, Tray};
use self::inbox::{
    ByNumber, InboxEvent, InboxPage, InboxStorage, Keeping, ListInbox, Replay, ReplayInput,
    TriedToken, TryToken,
};
use self::letters::{
    KeepValue, LetterField, LetterSettings, LetterView, LettersPage, ListLetters, RetryWrite,
    WhyAnswer, WhyInput, WritesInput, WritesPage,
};
use self::listeners::{
    AdmissionChoices, Admit, BeginListener, CreateListener, DoubledListener, ListenerView,
    OffersEvents, SwitchListener,
};
use self::mappings::{
    BackTest, BackTestInput, CompareMapping, DismissSuggestion, DraftKept, ExportMapping, Fields,
    FileRead, ForMapping, ForRules, ForValueMap, HiresRead, KeepDraft, ListFields, MappingFile,
    MappingView, OfferRows, Preview, PreviewInput, ReadMappingFile, RestoreMapping, SampleAnswer,
    SampleInput, SaveMapping, SeenValues, Suggestions, TargetCompatibility, VersionView,
};
pub use self::mark::Mark;
use self::network::{NetworkInput, NetworkView};
use self::path::{DoctorView, PathView};
use self::people::{ListPeople, PersonRow, PersonView};
use self::person_fields::{ChangeField, MoveField, PersonFields};
use self::relay::RelayView;
use self::vault::{NewRecoveryCode, SecretsView, TypedCode, Unlock};
use self::workflows::{ById, WorkflowRow, WorkflowView};
use crate::mapping::Change;
use crate::mapping::edit::FieldEdit;
use crate::offers::OfferSettings;

contract::commands! {
    /// Tells whether the database is open and where this installation keeps its data.
    "app.status" => app::status, NoInput, AppStatus, reads [App], changes [];
    /// Opens the database with the passphrase, or chooses the passphrase the first time.
    "vault.unlock" => vault::unlock, Unlock, AppStatus, reads [], changes [App, Connection, Mapping, Workflows, Listeners, People, Activity, Relay, Settings];
    /// Looks for the key and the database again, after they could not be read.
    "vault.retry" => vault::retry, NoInput, AppStatus, reads [], changes [App, Connection, Mapping, Workflows, Listeners, People, Activity, Relay, Settings];
    /// Opens the database with the recovery code, when the keychain or the passphrase is lost.
    "vault.recover" => vault::recover, TypedCode, AppStatus, reads [], changes [App, Connection, Mapping, Workflows, Listeners, People, Activity, Relay, Settings];
    /// Keeps the key of the database under a new passphrase, after the recovery code opened it.
    "vault.choose_passphrase" => vault::choose_passphrase, Unlock, SecretsView, reads [], changes [App, Settings, Connection, Activity];
    /// Shows where the secrets of this installation are.
    "vault.show" => vault::show, NoInput, SecretsView, reads [Settings, App], changes [];
    /// Makes a recovery code, shown this once; an older one opens nothing from then on.
    "vault.make_recovery_code" => vault::make_recovery_code, NoInput, NewRecoveryCode, reads [], changes [Settings, App, Activity];
    /// Tells whether a recovery code opens this database.
    "vault.test_recovery_code" => vault::test_recovery_code, TypedCode, SecretsView, reads [], changes [Settings, Activity];
    /// Shows what can be set for this installation.
    "settings.show" => app::show_settings, NoInput, SettingsView, reads [Settings, App], changes [];
    /// Saves the relay's address and the redirect ports.
    "settings.save" => app::save_settings, SettingsInput, SettingsView, reads [], changes [Settings, Relay, Connection, Listeners, Activity];
    /// Shows the currency and the time zone of the company, and what can be chosen.
    "company.show" => company::show, NoInput, CompanyView, reads [Settings], changes [];
    /// Saves the currency and the time zone of the company.
    "company.save" => company::save, CompanyInput, CompanyView, reads [], changes [Settings, Mapping, Activity];
    /// Answers the three questions of Home: is it working, what happened, what needs me.
    "home.show" => home::home, NoInput, HomeView, reads [Connection, Mapping, Workflows, Listeners, People, Activity, Relay], changes [];
    /// Shows the way from the internet to this laptop.
    "relay.show" => relay::show, NoInput, RelayView, reads [Relay], changes [];
    /// Uses this copy of the data folder from now on; another one that is in use stands by as soon as it notices.
    "relay.use_this_copy" => relay::use_this_copy, NoInput, RelayView, reads [], changes [Relay, Activity, Connection];
    /// Shows whether events can arrive, as the probes of the last day tell.
    "path.show" => path::show, NoInput, PathView, reads [Relay, Listeners], changes [];
    /// Goes the way of an event step by step and says where it fails.
    "path.examine" => path::examine, NoInput, DoctorView, reads [], changes [Relay];
    /// Notes that a listener's webhook in Lever has its new address.
    "path.address_changed" => path::address_changed, ById, PathView, reads [], changes [Relay, Listeners, Activity];
    /// Lists the changes in Lever that no event told of.
    "gaps.list" => gaps::list, NoInput, GapsView, reads [Listeners, People, Activity], changes [];
    /// Compares what changed in Lever with what arrived.
    "gaps.find" => gaps::find, NoInput, GapsView, reads [], changes [Listeners, Activity];
    /// Runs a change without an event, or all, through the same work as an event.
    "gaps.run" => gaps::run, ChooseGap, GapsView, reads [], changes [Listeners, People, Activity];
    /// Dismisses a change without an event, or all.
    "gaps.dismiss" => gaps::dismiss, ChooseGap, GapsView, reads [], changes [Listeners, Activity];
    /// Shows how this computer reaches the internet and is reached from it.
    "network.show" => network::show, NoInput, NetworkView, reads [Settings, Relay], changes [];
    /// Saves the proxy, the extra certificate authorities and the user's own tunnel.
    "network.save" => network::save, NetworkInput, NetworkView, reads [], changes [Settings, Relay, Connection, Listeners, Activity];
    /// Shows an integration's connection to Lever, its permissions and the last validation.
    "connections.show" => connections::show, ForIntegration, ConnectionView, reads [Connection], changes [];
    /// Starts signing in to Lever and returns the address that the system browser opens.
    "connections.sign_in" => connections::sign_in, SignInInput, SignIn, reads [], changes [Connection, Activity];
    /// Connects with an API key, which is tried first.
    "connections.use_api_key" => connections::use_api_key, ApiKeyInput, ConnectionView, reads [], changes [Connection, Activity];
    /// Changes the client secret of a connection, which Lever is asked about first, and checks the connection.
    "connections.change_client_secret" => connections::change_client_secret, ChangeClientSecret, ConnectionView, reads [], changes [Connection, Activity];
    /// Waits until the sign-in under way has ended and shows the connection.
    "connections.wait" => connections::wait, ForIntegration, ConnectionView, reads [], changes [Connection, Activity];
    /// Ends the sign-in under way.
    "connections.cancel" => connections::cancel, ForIntegration, ConnectionView, reads [], changes [Connection, Activity];
    /// Completes the sign-in with the address copied from the browser.
    "connections.paste_back" => connections::paste_back, PasteBack, ConnectionView, reads [], changes [Connection, Activity];
    /// Takes over the sign-in for another organisation that waits, or throws it away.
    "connections.confirm_organisation" => connections::confirm_organisation, ConfirmOrganisation, ConnectionView, reads [], changes [Connection, Activity, Listeners, Workflows];
    /// Checks the connection, one check after the other; meanwhile `connections.show` tells how far it is.
    "connections.validate" => connections::validate, ForIntegration, ConnectionView, reads [], changes [Connection, Activity];
    /// Stops the validation under way; the connection is as it was before.
    "connections.stop_validation" => connections::stop_validation, ForIntegration, ConnectionView, reads [], changes [Connection];
    /// Lists who lets Fulcrum act in Lever, and what of it is still being ended there.
    "grants.list" => grants::list, NoInput, GrantsView, reads [Connection, Listeners, People, Activity], changes [];
    /// Ends Fulcrum's access to Lever for one integration: here at once, in Lever as soon as it answers.
    "grants.revoke" => grants::revoke, Revoke, GrantsView, reads [], changes [Connection, Mapping, Workflows, Listeners, People, Activity];
    /// Ends all of Fulcrum's access to Lever.
    "grants.revoke_all" => grants::revoke_all, RevokeAll, GrantsView, reads [], changes [Connection, Mapping, Workflows, Listeners, People, Activity];
    /// Gives up telling Lever of an access that was ended here, and deletes the secrets kept for that.
    "grants.forget" => grants::forget, ById, GrantsView, reads [], changes [Connection, Activity];
    /// Lists what Lever offers, custom fields included, and what a person has.
    "mappings.fields" => mappings::fields, ListFields, Fields, reads [Mapping, Connection], changes [];
    /// Lists the rows of an offer letter, each with the rule that fills it where nobody chose another.
    "mappings.offer_rows" => mappings::offer_rows, NoInput, OfferRows, reads [Mapping], changes [];
    /// Shows the saved mapping, and the draft that was kept beside it.
    "mappings.show" => mappings::show, ForMapping, MappingView, reads [Mapping], changes [];
    /// Saves the mapping as the next version.
    "mappings.save" => mappings::save, SaveMapping, MappingView, reads [], changes [Mapping, Activity];
    /// Lists the saved versions of the mapping with what each changed, the newest first.
    "mappings.history" => mappings::history, ForMapping, Vec<VersionView>, reads [Mapping], changes [];
    /// Says what a version or a draft would change, if it were saved now.
    "mappings.compare" => mappings::compare, CompareMapping, Vec<Change>, reads [Mapping], changes [];
    /// Brings an older version back as the next one.
    "mappings.restore" => mappings::restore, RestoreMapping, MappingView, reads [], changes [Mapping, Activity];
    /// Writes the mapping on screen as a file that people can read.
    "mappings.export" => mappings::export, ExportMapping, MappingFile, reads [], changes [];
    /// Reads such a file and says what it would change; nothing is saved.
    "mappings.read_file" => mappings::read_file, ReadMappingFile, FileRead, reads [], changes [];
    /// Keeps what is being edited until it is saved or discarded.
    "mappings.keep_draft" => mappings::keep_draft, KeepDraft, DraftKept, reads [], changes [];
    /// Reads a candidate from Lever and keeps what it said for `mappings.preview`; while Lever is away, names what was kept before.
    "mappings.sample" => mappings::sample, SampleInput, SampleAnswer, reads [], changes [Samples];
    /// Judges which Lever fields can fill which rows of an unsaved draft.
    "mappings.compatibility" => mappings::compatibility, ForRules, Vec<TargetCompatibility>, reads [Mapping], changes [];
    /// Shows what an unsaved draft gives for a kept sample, without asking Lever.
    "mappings.preview" => mappings::preview, PreviewInput, Preview, reads [Mapping, Samples], changes [];
    /// Counts the values that arrive at a value map of an unsaved draft, and tells which have a pair. Where Lever's lists tell them, they are read beside it.
    "mappings.values" => mappings::values, ForValueMap, SeenValues, reads [Mapping, Samples], changes [];
    /// Suggests rules for the fields of a mapping, without asking Lever; nothing is saved.
    "mappings.suggest" => mappings::suggestions, ForMapping, Suggestions, reads [Mapping, Samples], changes [];
    /// Shows a suggestion no more.
    "mappings.dismiss_suggestion" => mappings::dismiss, DismissSuggestion, Suggestions, reads [], changes [Mapping];
    /// Shows every dismissed suggestion of a mapping again.
    "mappings.restore_suggestions" => mappings::restore_all, ForMapping, Suggestions, reads [], changes [Mapping];
    /// Begins to read the last hires, which takes a while; meanwhile `mappings.back_test` tells how far it is.
    "mappings.read_hires" => mappings::read_hires, ForMapping, HiresRead, reads [], changes [Samples];
    /// Stops that reading; what was read stays.
    "mappings.stop_reading_hires" => mappings::stop_reading_hires, ForMapping, HiresRead, reads [], changes [Samples];
    /// Shows what an unsaved draft would change for the last hires that were read, without asking Lever.
    "mappings.back_test" => mappings::back_test, BackTestInput, BackTest, reads [Mapping, Samples], changes [];
    /// Lists the workflows.
    "workflows.list" => workflows::list, NoInput, Vec<WorkflowRow>, reads [Workflows, Listeners], changes [];
    /// Shows a workflow, its listeners and who is in it.
    "workflows.show" => workflows::show, ById, WorkflowView, reads [Workflows, Listeners, People], changes [];
    /// Begins a listener: its address is live at once, and events before the token are held.
    "listeners.begin" => listeners::begin, BeginListener, ListenerView, reads [], changes [Listeners, Workflows, Activity];
    /// Lists the events that tell of offers, each with its listener: on or off, its state and what last arrived.
    "listeners.of_offers" => listeners::of_offers, NoInput, OffersEvents, reads [Listeners, Relay, Connection], changes [];
    /// Makes in Lever the webhooks of every event that tells of offers and that nobody has set up yet.
    "listeners.set_up_offers" => listeners::set_up_offers, NoInput, OffersEvents, reads [], changes [Listeners, Activity];
    /// Shows a listener.
    "listeners.show" => listeners::show, ById, ListenerView, reads [Listeners, Relay], changes [];
    /// Completes a listener with its signature token, or replaces the token.
    "listeners.create" => listeners::create, CreateListener, ListenerView, reads [], changes [Listeners, Workflows, Activity];
    /// Saves whom a listener lets in: the stage of a stage change, and filters.
    "listeners.admit" => listeners::admit, Admit, ListenerView, reads [], changes [Listeners, Workflows, Activity];
    /// Reads from Lever which stages, departments, locations, postings and origins a listener can ask for.
    "listeners.choices" => listeners::choices, NoInput, AdmissionChoices, reads [Connection], changes [];
    /// Asks Lever which listeners have an address that more than one of its webhooks calls.
    "listeners.doubled" => listeners::doubled, NoInput, Vec<DoubledListener>, reads [Connection, Listeners], changes [];
    /// Makes the webhook of a listener in Lever, and completes the listener with its signature token.
    "listeners.set_up" => listeners::set_up, ById, ListenerView, reads [], changes [Listeners, Workflows, Activity];
    /// Switches a listener on or off; while it is off its events are stored and not run.
    "listeners.switch" => listeners::switch, SwitchListener, ListenerView, reads [], changes [Listeners, Workflows, Activity];
    /// Runs the held events of a listener that verify with its token.
    "listeners.run_held" => listeners::run_held, ById, ListenerView, reads [], changes [Listeners, Activity];
    /// Removes a listener; its address answers 410 from then on.
    "listeners.remove" => listeners::remove, ById, Vec<ListenerView>, reads [], changes [Listeners, Workflows, Activity];
    /// Lists what arrived, newest first, with its verdicts.
    "inbox.list" => inbox::list, ListInbox, InboxPage, reads [Listeners, Activity], changes [];
    /// Shows an event: what came, how its signature was checked, and where it went.
    "inbox.show" => inbox::show, ByNumber, InboxEvent, reads [Listeners, Activity, People], changes [];
    /// Shows what an event would do now, through any version of the mapping; writes nothing.
    "inbox.replay" => inbox::replay, ReplayInput, Replay, reads [], changes [];
    /// Runs an event by hand: the same work as by itself, which happens once.
    "inbox.run" => inbox::run, ByNumber, InboxEvent, reads [], changes [Listeners, Activity, People, Workflows];
    /// Decides against an event that waits for a person.
    "inbox.dismiss" => inbox::dismiss, ByNumber, InboxEvent, reads [], changes [Listeners, Activity];
    /// Tells whether an event that did not verify was signed with another token.
    "inbox.try_token" => inbox::try_token, TryToken, TriedToken, reads [], changes [];
    /// Shows how much of what was delivered is kept, and how much room it takes.
    "inbox.storage" => inbox::storage, NoInput, InboxStorage, reads [Listeners, Settings], changes [];
    /// Sets how much is kept, and drops what is too much.
    "inbox.keep" => inbox::keep, Keeping, InboxStorage, reads [], changes [Listeners, Settings];
    /// Lists offer letters.
    "letters.list" => letters::list, ListLetters, LettersPage, reads [Letters, Connection], changes [];
    /// Shows a letter: what it says, where each value comes from, and what was written to Lever.
    "letters.show" => letters::show, ById, LetterView, reads [Letters], changes [];
    /// Asks Lever about a letter now.
    "letters.check_now" => letters::check_now, ById, LetterView, reads [], changes [Letters, Activity];
    /// Sets a value of a letter in place of Lever's.
    "letters.keep" => letters::keep, KeepValue, LetterView, reads [], changes [Letters, Activity];
    /// Has a field of a letter say what Lever says again.
    "letters.take" => letters::take, LetterField, LetterView, reads [], changes [Letters, Activity];
    /// Shows a letter to its candidate.
    "letters.publish" => letters::publish, ById, LetterView, reads [], changes [Letters, Activity];
    /// Takes a letter back: its link answers that it is no longer available.
    "letters.withdraw" => letters::withdraw, ById, LetterView, reads [], changes [Letters, Activity];
    /// Tries a change in Lever again.
    "letters.retry" => letters::retry, RetryWrite, LetterView, reads [], changes [Letters, Activity];
    /// Lists every change that was ever made in Lever for letters, the newest first.
    "letters.writes" => letters::writes, WritesInput, WritesPage, reads [Letters], changes [];
    /// Tells why a candidate has no letter, from Lever's own words.
    "letters.why" => letters::why, WhyInput, WhyAnswer, reads [], changes [];
    /// Shows what is set about offer letters.
    "letters.settings" => letters::settings, NoInput, LetterSettings, reads [Settings, Connection], changes [];
    /// Saves what is set about offer letters.
    "letters.save_settings" => letters::save, OfferSettings, LetterSettings, reads [], changes [Settings, Letters, Activity];
    /// Lists the people.
    "people.list" => people::list, ListPeople, Vec<PersonRow>, reads [People, Workflows], changes [];
    /// Shows a person and where each value came from.
    "people.show" => people::show, ById, PersonView, reads [People, Workflows], changes [];
    /// Lists the hires that wait to be imported with what each lacks, and those that the user decided against.
    "imports.list" => imports::list, NoInput, Tray, reads [People, Activity, Mapping, Workflows], changes [];
    /// Keeps values that the user typed for one hire only, and tries to import it again.
    "imports.fill_in" => imports::fill_in, FillIn, Tray, reads [], changes [People, Activity];
    /// Says whether a hire is somebody who is in People already, and imports it accordingly.
    "imports.decide" => imports::decide_person, Decide, Tray, reads [], changes [People, Activity];
    /// Tries to import a hire again now.
    "imports.try_again" => imports::try_again, ForImport, Tray, reads [], changes [People, Activity];
    /// Decides against importing a hire, which can be taken back.
    "imports.decline" => imports::decline, ForImport, Tray, reads [], changes [People, Activity];
    /// Takes that back and tries to import the hire.
    "imports.take_back" => imports::take_back, ForImport, Tray, reads [], changes [People, Activity];
    /// Lists the fields that people have, and the removed ones whose values are still there.
    "person_fields.list" => person_fields::list, NoInput, PersonFields, reads [Mapping, People], changes [];
    /// Adds a field to people.
    "person_fields.add" => person_fields::add, FieldEdit, PersonFields, reads [], changes [Mapping, People, Activity];
    /// Changes a field of people; one that comes with Fulcrum keeps its type and group.
    "person_fields.change" => person_fields::change, ChangeField, PersonFields, reads [], changes [Mapping, People, Activity];
    /// Moves a field of people one place within its group.
    "person_fields.move" => person_fields::move_one, MoveField, PersonFields, reads [], changes [Mapping, People];
    /// Removes a field that the user added; people keep their values of it.
    "person_fields.remove" => person_fields::remove, ById, PersonFields, reads [], changes [Mapping, People, Activity];
    /// Puts a removed field back.
    "person_fields.put_back" => person_fields::put_back, ById, PersonFields, reads [], changes [Mapping, People, Activity];
    /// Erases the values of a removed field.
    "person_fields.erase" => person_fields::erase, ById, PersonFields, reads [], changes [Mapping, People, Activity];
    /// Lists what happened, newest first.
    "activity.list" => activity::list, ListActivity, Vec<ActivityLine>, reads [Activity], changes [];
    /// Lists what waits for the user.
    "attention.list" => activity::attention, NoInput, Vec<AttentionItem>, reads [Activity], changes [];
    /// Tries waiting work again now.
    "attention.retry" => activity::retry, ById, Vec<AttentionItem>, reads [], changes [Activity, People, Workflows];
}
