// Written by `make types` from the commands in src-tauri/core/src/api. Do not edit.

export type Account = { 
/**
 * Lever's id of the user, as its token names it.
 */
user_id: string | null, 
/**
 * The user's name, or none if Lever did not say.
 */
user_name: string | null, 
/**
 * The user's e-mail address.
 */
user_email: string | null, 
/**
 * Lever's id of the organisation, as its token names it.
 */
organisation: string | null, };

export type ActivityLine = { 
/**
 * Counts up.
 */
id: number, 
/**
 * When, in milliseconds since 1970 UTC.
 */
at: number, 
/**
 * What it is about.
 */
kind: Kind, 
/**
 * Who.
 */
actor: Actor, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * What happened, in words.
 */
sentence: string, 
/**
 * The person it is about.
 */
person_id: string | null, 
/**
 * Joins the lines of one event's way.
 */
correlation: string | null, 
/**
 * The raw text, if any.
 */
detail: string | null, };

export type Actor = "lever" | "you" | "fulcrum";

export type Admission = { 
/**
 * For a listener of stage changes: the stage to come into. Without one its events are recorded only.
 */
stage: Choice | null, 
/**
 * Departments of the posting, as Lever writes them.
 */
departments: Array<string>, 
/**
 * Locations of the posting, as Lever writes them.
 */
locations: Array<string>, 
/**
 * Postings.
 */
postings: Array<Choice>, 
/**
 * How the candidate came, as Lever writes it, such as `referred` (LEVER.md 5.5).
 */
origins: Array<string>, };

export type AdmissionChoices = { 
/**
 * Stages, in Lever's order.
 */
stages: Array<Choice>, 
/**
 * Departments of postings.
 */
departments: Array<string>, 
/**
 * Locations of postings.
 */
locations: Array<string>, 
/**
 * Postings, the newest first.
 */
postings: Array<Choice>, 
/**
 * How candidates can come.
 */
origins: Array<Choice>, 
/**
 * What could not be read, each as a sentence.
 */
problems: Array<string>, };

export type Admit = { 
/**
 * The listener's id.
 */
id: string, 
/**
 * Whom.
 */
admission: Admission, };

export type ApiKeyInput = { 
/**
 * What the connection is for.
 */
integration: Integration, 
/**
 * Which Lever.
 */
environment: Environment, 
/**
 * The key as copied from Lever; outer white space is cut.
 */
api_key: string, };

export type AppError = { 
/**
 * What to do about it.
 */
code: ErrorCode, 
/**
 * One sentence in the user's words, with the next step.
 */
message: string, 
/**
 * The input it is about, by its request key.
 */
field: string | null, 
/**
 * The raw text behind it, for *Details*.
 */
detail: string | null, };

export type AppStatus = { 
/**
 * Whether the database is open.
 */
vault: VaultState, 
/**
 * Whether a recovery code was made, which opens the database when its key is lost.
 */
recovery_code: boolean, 
/**
 * The version of the program.
 */
version: string, 
/**
 * The folder that holds everything.
 */
data_dir: string, 
/**
 * Whether the Lever it talks to, or would talk to, is a practice one.
 */
practice: boolean, };

export type AttentionItem = { 
/**
 * The id of the waiting work.
 */
id: string, 
/**
 * What waits, in words.
 */
title: string, 
/**
 * Why, in words.
 */
why: string, 
/**
 * Where it is put right.
 */
remedy: Remedy, 
/**
 * Since when.
 */
since: number, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * When it is tried again by itself; none if it waits for the user.
 */
next_try_at: number | null, };

export type AuthoritiesInput = { "kind": "keep" } | { "kind": "remove" } | { "kind": "file", 
/**
 * The name of the file.
 */
name: string, 
/**
 * Its content, in PEM.
 */
pem: string, };

export type BackTest = { 
/**
 * How far the reading of the hires is.
 */
hires: HiresRead, 
/**
 * The version that the draft is compared with; 0 while nothing was saved.
 */
version: number, 
/**
 * The hires that were read, the latest first.
 */
people: Array<TestedHire>, };

export type BackTestInput = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The unsaved draft.
 */
rules: Rules, };

export type BeginListener = { 
/**
 * The event it waits for.
 */
event: LeverEvent, } & ({ "integration": "onboarding", 
/**
 * The workflow.
 */
workflow_id: string, } | { "integration": "offer_letters" });

export type ById = { 
/**
 * The id.
 */
id: string, };

export type ByNumber = { 
/**
 * The number.
 */
id: number, };

export type CandidateChoice = { 
/**
 * The opportunity's id.
 */
opportunity_id: string, 
/**
 * The offer's id, in a choice among offers.
 */
offer_id: string | null, 
/**
 * The name as in Lever.
 */
name: string, 
/**
 * Job title or headline, and stage.
 */
description: string, };

export type Change = { 
/**
 * The id of the field that the mapping fills.
 */
target: string, 
/**
 * Its label at that time; the id if it is no field of the mapping.
 */
label: string, 
/**
 * What happened to its rule.
 */
kind: ChangeKind, 
/**
 * What happened in words, to be read after the label: `now Lever: Headline, was Lever: Job title`.
 */
words: string, };

export type ChangeClientSecret = { 
/**
 * What the connection is for.
 */
integration: Integration, 
/**
 * The secret as copied from Lever; outer white space is cut.
 */
client_secret: string, };

export type ChangeField = { 
/**
 * Its id.
 */
id: string, 
/**
 * All of it, changed or not.
 */
edit: FieldEdit, };

export type ChangeKind = "added" | "removed" | "source" | "steps";

export type ChangedCell = { 
/**
 * The field's id.
 */
target: string, 
/**
 * Its label; the id again if there is no such field.
 */
label: string, 
/**
 * Whether it is masked on screen until revealed.
 */
masked: boolean, 
/**
 * The value under the saved mapping; none if empty.
 */
live: string | null, 
/**
 * The value under the draft; none if empty.
 */
draft: string | null, 
/**
 * Why the draft gives no usable value, in words.
 */
problem: string | null, };

export type Check = { 
/**
 * A stable id.
 */
id: string, 
/**
 * What is checked, in words.
 */
title: string, 
/**
 * How it went.
 */
outcome: CheckOutcome, 
/**
 * What was found, or what is wrong.
 */
what: string, 
/**
 * Why that matters; empty if it passed.
 */
why: string, 
/**
 * The one thing to do; empty if it passed.
 */
action: string, 
/**
 * The raw text, if any.
 */
detail: string | null, };

export type CheckOutcome = "passed" | "limited" | "failed" | "not_reached";

export type CheckStep = { 
/**
 * What is looked at.
 */
title: string, 
/**
 * What was found there; none where nothing is shown.
 */
value: string | null, 
/**
 * Whether it is right; none if it could not be told.
 */
passed: boolean | null, 
/**
 * What that means, in words.
 */
words: string, };

export type Choice = { 
/**
 * Lever's id, which stays when the name changes.
 */
id: string, 
/**
 * The name.
 */
name: string, };

export type ChooseGap = { 
/**
 * Which one; all that are open if left out.
 */
id: number | null, };

export type Colleague = { 
/**
 * The person's id.
 */
id: string, 
/**
 * First and last name.
 */
name: string, };

export type CompanyInput = { 
/**
 * The ISO 4217 code of a currency; none for no default.
 */
currency: string | null, 
/**
 * The IANA name of a time zone.
 */
time_zone: string, };

export type CompanyView = { 
/**
 * The ISO 4217 code of its currency; none if nobody chose one.
 */
currency: string | null, 
/**
 * The IANA name of its time zone; UTC if nobody chose one.
 */
time_zone: string, 
/**
 * Every currency in use, by code.
 */
currencies: Array<CurrencyChoice>, 
/**
 * Every time zone, by name.
 */
time_zones: Array<string>, };

export type CompareMapping = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The other side.
 */
with: Compared, };

export type Compared = { "kind": "rules", 
/**
 * The rules, which need not be complete.
 */
rules: Rules, } | { "kind": "version", 
/**
 * Its number.
 */
version: number, };

export type Compatibility = { "kind": "exact" } | { "kind": "converts" } | { "kind": "lossy", 
/**
 * What is lost, as a sentence.
 */
why: string, } | { "kind": "impossible", 
/**
 * The reason, as a sentence.
 */
why: string, };

export type ConfirmOrganisation = { 
/**
 * What the connection is for.
 */
integration: Integration, 
/**
 * Whether the waiting sign-in takes the connection's place; otherwise it is thrown away.
 */
accept: boolean, };

export type ConnectionState = "not_connected" | "waiting_for_browser" | "connected_not_validated" | "verified" | "connected_limited" | "needs_reconnect" | "lever_not_reachable" | "disconnected";

export type ConnectionView = { 
/**
 * What it is for.
 */
integration: Integration, 
/**
 * The state.
 */
state: ConnectionState, 
/**
 * How much the state needs a person, the higher the more; 0 while the connection is not in use.
 */
severity: number, 
/**
 * The sentence beside it.
 */
sentence: string, 
/**
 * How calls prove whose they are; none while not connected.
 */
way: Way | null, 
/**
 * Which Lever; none while not connected.
 */
environment: Environment | null, 
/**
 * Who authorised it; none while not connected or if Lever did not say.
 */
account: Account | null, 
/**
 * Whether Lever refuses the client secret, which is changed without another sign-in.
 */
client_secret_refused: boolean, 
/**
 * What does not work because permissions are missing, a sentence each.
 */
blocked: Array<string>, 
/**
 * When it was connected, in milliseconds since 1970 UTC.
 */
connected_at: number | null, 
/**
 * When it was last validated.
 */
validated_at: number | null, 
/**
 * When the last event arrived.
 */
last_event_at: number | null, 
/**
 * What is asked for, why, and whether it was granted.
 */
permissions: Array<PermissionView>, 
/**
 * The sign-in under way.
 */
sign_in: SignIn | null, 
/**
 * How the last sign-in ended, if it did not succeed; shown until the next one.
 */
failure: SignInFailure | null, 
/**
 * A sign-in for another organisation that waits to be confirmed.
 */
other_organisation: OtherOrganisation | null, 
/**
 * The checks of the last validation.
 */
checks: Array<Check>, 
/**
 * The validation under way.
 */
validation: Validation | null, 
/**
 * The choices for the next sign-in.
 */
environments: Array<EnvironmentChoice>, 
/**
 * The redirect addresses that the app's registration with Lever must list.
 */
callback_addresses: Array<string>, };

export type Counted = { 
/**
 * The value, in its most frequent spelling.
 */
text: string, 
/**
 * In how many records; of a list, every item counts.
 */
count: number, };

export type CountedIn = "opportunities" | "postings" | "requisitions" | "kept_candidates";

export type CountryForm = "name" | "alpha2" | "alpha3";

export type CreateListener = { 
/**
 * The listener's id.
 */
id: string, 
/**
 * The signature token as copied from Lever; outer white space is cut.
 */
signature_token: string, };

export type CurrencyChoice = { 
/**
 * Its ISO 4217 code.
 */
code: string, 
/**
 * Its name.
 */
name: string, };

export type DataChoice = { 
/**
 * Which.
 */
choice: LocalData, 
/**
 * Its name on screen.
 */
label: string, 
/**
 * What it deletes and what stays.
 */
about: string, };

export type Decide = { 
/**
 * The id of its opportunity in Lever.
 */
opportunity_id: string, 
/**
 * Whose it is.
 */
same_person: SamePerson, };

export type DecimalMark = "point" | "comma";

export type DeclinedImport = { 
/**
 * The id of its opportunity in Lever.
 */
opportunity_id: string, 
/**
 * The candidate's name as in Lever.
 */
name: string, 
/**
 * Job title or headline, and stage.
 */
description: string, 
/**
 * When the user decided.
 */
declined_at: number, };

export type Direction = "up" | "down";

export type DismissSuggestion = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The field's id.
 */
target: string, 
/**
 * What was suggested for it; another suggestion for the field is shown again.
 */
source: Source, };

export type DoctorView = { 
/**
 * When it began.
 */
at: number, 
/**
 * The host that was looked at.
 */
host: string, 
/**
 * Every step, in order.
 */
steps: Array<Examined>, 
/**
 * The same as a text for the people who look after the network; without secrets.
 */
text: string, };

export type DoubledListener = { 
/**
 * The listener.
 */
listener_id: string, 
/**
 * How many webhooks Lever has with its address.
 */
webhooks: number, };

export type Draft = { 
/**
 * The saved version that it was made from; 0 if nothing was saved then.
 */
base_version: number, 
/**
 * The rules, which need not be complete.
 */
rules: Rules, };

export type DraftKept = { 
/**
 * When the draft was kept; none if there is no draft any more.
 */
changed_at: number | null, };

export type Drift = { 
/**
 * The id of the field whose rule reads it.
 */
target: string, 
/**
 * The Lever field's id.
 */
field: string, 
/**
 * Its label at the save; the id if there was none.
 */
label: string, 
/**
 * What became of it.
 */
change: DriftKind, 
/**
 * The same in words: `No longer in Lever`.
 */
words: string, };

export type DriftKind = { "kind": "vanished" } | { "kind": "retyped", 
/**
 * The type at the save.
 */
was: FieldType, 
/**
 * The type as last read.
 */
now: FieldType, };

export type End = "start" | "end";

export type Environment = "production" | "sandbox" | "practice" | "custom";

export type EnvironmentChoice = { 
/**
 * Which.
 */
environment: Environment, 
/**
 * Its name on screen.
 */
label: string, 
/**
 * The address of its sign-in page.
 */
address: string, 
/**
 * Whether the client id and secret are known, so that they need not be typed.
 */
client_known: boolean, };

export type ErrorCode = "locked" | "reconnect_lever" | "lever_unreachable" | "outcome_unknown" | "relay_unreachable" | "invalid_input" | "not_found" | "conflict" | "internal";

export type EventChoice = { 
/**
 * Lever's name of it.
 */
event: LeverEvent, 
/**
 * Its label in Lever.
 */
label: string, 
/**
 * Whether this workflow acts on it; the others are only recorded.
 */
used: boolean, };

export type EventVerdict = "verified" | "late" | "test" | "held" | "rejected" | "duplicate" | "quarantined" | "off" | "other_stage" | "skipped" | "expired";

export type Examined = { 
/**
 * Which one.
 */
id: StepId, 
/**
 * How it went.
 */
state: StepState, 
/**
 * How long it took, in milliseconds; none if it was not tried.
 */
took_ms: number | null, 
/**
 * What was found, in words.
 */
found: string, 
/**
 * What to do about it, in words; none where nothing is to be done.
 */
action: string | null, 
/**
 * The raw text behind it.
 */
detail: string | null, };

export type ExportMapping = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The rules, saved or not.
 */
rules: Rules, };

export type FieldChange = { 
/**
 * The id of the field.
 */
field: string, 
/**
 * Its label.
 */
label: string, 
/**
 * What it showed; none if it was empty.
 */
old: string | null, 
/**
 * What it shows.
 */
new: string | null, };

export type FieldDifference = { 
/**
 * The field's label.
 */
label: string, 
/**
 * The person's value; none if empty.
 */
person: string | null, 
/**
 * The hire's value; none if empty.
 */
hire: string | null, 
/**
 * Whether to mask both until revealed.
 */
masked: boolean, };

export type FieldEdit = { 
/**
 * The label on screen.
 */
label: string, 
/**
 * The heading it stands under.
 */
group: string, 
/**
 * Its type.
 */
type: FieldType, 
/**
 * The values that a choice takes, in their order; none for other types.
 */
options: Array<string>, 
/**
 * Whether an import needs it.
 */
required: boolean, 
/**
 * Whether it is masked on screen until revealed.
 */
masked: boolean, };

export type FieldGroup = { 
/**
 * The heading.
 */
name: string, 
/**
 * The fields.
 */
fields: Array<FieldValue>, };

export type FieldType = "text" | "email" | "phone" | "number" | "date" | "instant" | "flag" | "list" | "time_zone" | "choice" | "person";

export type FieldValue = { 
/**
 * The field's id.
 */
id: string, 
/**
 * The field's label.
 */
label: string, 
/**
 * The value; none if empty.
 */
value: string | null, 
/**
 * Whether to mask it until revealed.
 */
masked: boolean, 
/**
 * Where it came from, in words; none if the mapping does not set it.
 */
origin: string | null, 
/**
 * Who is meant, if the value is the address of somebody in the directory.
 */
colleague: Colleague | null, };

export type Fields = { 
/**
 * What Lever offers, custom fields included, in the order of the dropdown.
 */
lever: Array<SourceField>, 
/**
 * What the mapping fills, in the order of the rows.
 */
target: Array<TargetField>, 
/**
 * When Lever was read; none if it could not be and only the standard fields are listed.
 */
read_at: number | null, 
/**
 * Whether Lever is being read right now.
 */
reading: boolean, 
/**
 * Why custom fields are missing, in words.
 */
problem: string | null, };

export type FileRead = { 
/**
 * The rules, a draft until they are saved.
 */
rules: Rules, 
/**
 * What differs from the rules on screen, in words.
 */
changes: Array<Change>, 
/**
 * Rules for or from fields that are not known here, each in a sentence; they are kept.
 */
unknown: Array<string>, };

export type FillIn = { 
/**
 * The id of its opportunity in Lever.
 */
opportunity_id: string, 
/**
 * What was typed, by the field's id; a blank takes an earlier value back.
 */
values: { [key in string]: string }, };

export type ForImport = { 
/**
 * The id of its opportunity in Lever.
 */
opportunity_id: string, };

export type ForIntegration = { 
/**
 * The integration that it belongs to.
 */
integration: Integration, };

export type ForMapping = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, };

export type ForRules = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The rules, which need not be complete.
 */
rules: Rules, };

export type ForValueMap = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The rule with the value map.
 */
rule: Rule, 
/**
 * The place of the value map among its transforms, from 0.
 */
step: number, };

export type GapView = { 
/**
 * Its id.
 */
id: number, 
/**
 * The candidate's name.
 */
candidate: string, 
/**
 * What changed, in words.
 */
what: string, 
/**
 * The event that did not come, as Lever labels it.
 */
event: string, 
/**
 * When it changed.
 */
changed_at: number, 
/**
 * Whether running it does anything: only some events are acted on.
 */
runs: boolean, };

export type GapsView = { 
/**
 * Those that wait for a decision, the oldest change first.
 */
open: Array<GapView>, 
/**
 * Every change up to this moment was compared; none before the first comparison.
 */
compared_until: number | null, 
/**
 * How many times the relay's own numbers showed that it left something out.
 */
left_out: number, };

export type GrantView = { 
/**
 * The app that Lever let in.
 */
app: string, 
/**
 * What it is for.
 */
integration: Integration, 
/**
 * How it stands.
 */
state: ConnectionState, 
/**
 * Whether it is an API key instead of a sign-in.
 */
api_key: boolean, 
/**
 * The app's client id with Lever; none for an API key.
 */
client_id: string | null, 
/**
 * Which Lever, by its name on screen.
 */
environment: string, 
/**
 * Who authorised it, for which organisation.
 */
account: Account, 
/**
 * When, in milliseconds since 1970 UTC.
 */
connected_at: number, 
/**
 * When it was last used, in milliseconds since 1970 UTC; none if it was not. Staying signed in and trying what is
 * allowed are no uses.
 */
last_used_at: number | null, 
/**
 * What it allows; none where Lever does not tell, as for an API key.
 */
permissions: Array<GrantedView> | null, 
/**
 * Where the key of the encrypted database is kept, in which its secrets are.
 */
secrets: SecretsPlace, 
/**
 * The page in Lever where it can be ended too.
 */
lever_url: string | null, 
/**
 * The page in Lever with the webhooks, of which those added by hand are removed there.
 */
webhooks_url: string | null, 
/**
 * The page in Lever with the fields of the offer form.
 */
offer_form_url: string | null, 
/**
 * What stops and what stays when it is ended, a sentence each.
 */
stops: Array<string>, 
/**
 * What can become of what came from Lever.
 */
data: Array<DataChoice>, };

export type GrantedView = { 
/**
 * Lever's name of it.
 */
scope: string, 
/**
 * What it allows, in words; none if it is not one that Fulcrum asks for.
 */
words: string | null, };

export type GrantsView = { 
/**
 * Each permission to act in Lever that this installation holds.
 */
grants: Array<GrantView>, 
/**
 * What was ended here and not yet in Lever.
 */
leaving: Array<LeavingView>, };

export type Grouping = "none" | "comma" | "point" | "space" | "apostrophe";

export type Header = { 
/**
 * Its name, in lower case.
 */
name: string, 
/**
 * Its value.
 */
value: string, };

export type HeldImport = { 
/**
 * The id of its opportunity in Lever.
 */
opportunity_id: string, 
/**
 * The candidate's name as in Lever.
 */
name: string, 
/**
 * Job title or headline, and stage.
 */
description: string, 
/**
 * The candidate's page in Lever.
 */
lever_url: string | null, 
/**
 * The names of the workflows that the person would enter.
 */
workflows: Array<string>, 
/**
 * Since when it is held.
 */
since: number, 
/**
 * What it lacks, in the order of the person fields.
 */
needs: Array<MissingValue>, 
/**
 * The people it may be, if that is what is asked.
 */
same_person: Array<PersonMatch>, 
/**
 * When it is tried again by itself; none if it waits for the user.
 */
next_try_at: number | null, 
/**
 * Why it could not even be looked at again, in words.
 */
problem: string | null, };

export type HiresRead = { 
/**
 * Whether it runs.
 */
reading: boolean, 
/**
 * How many of them are there.
 */
done: number, 
/**
 * How many there are; 0 until Lever said it.
 */
total: number, 
/**
 * Why it ended early, in words.
 */
problem: string | null, };

export type HomeView = { 
/**
 * The connection's state.
 */
connection: ConnectionState, 
/**
 * The way of an event, in order.
 */
hops: Array<Hop>, 
/**
 * What is left of the set-up.
 */
steps: Array<SetupStep>, 
/**
 * What waits for the user.
 */
attention: Array<AttentionItem>, 
/**
 * The newest lines of the log.
 */
recent: Array<ActivityLine>, };

export type Hop = { 
/**
 * `lever`, `relay`, `laptop`, `verify`, `store`, `mapping` or `people`.
 */
id: string, 
/**
 * Its name.
 */
label: string, 
/**
 * Whether it works.
 */
state: HopState, 
/**
 * What is known, in words.
 */
sentence: string, 
/**
 * When it was last seen working.
 */
at: number | null, 
/**
 * How many passed it.
 */
count: number | null, 
/**
 * How long the last probe took from the station before to this one, in microseconds.
 */
took_us: number | null, };

export type HopState = "working" | "waiting" | "broken";

export type IfNoMatch = { "kind": "keep" } | { "kind": "default", 
/**
 * That value.
 */
value: string, } | { "kind": "stop" };

export type InboxEvent = { 
/**
 * As the list shows it.
 */
row: InboxRow, 
/**
 * The headers in the order received; none if they are not kept.
 */
headers: Array<Header>, 
/**
 * The body as text; none if it is not kept any more.
 */
body: string | null, 
/**
 * The check of the signature, step by step.
 */
checks: Array<CheckStep>, 
/**
 * Its way through Fulcrum, oldest first.
 */
way: Array<ActivityLine>, 
/**
 * The person who came of it.
 */
person_id: string | null, 
/**
 * Whether it can be run by hand, or once more.
 */
can_run: boolean, 
/**
 * Whether the mapping can be tried on it, as on those that lead into a workflow.
 */
can_replay: boolean, 
/**
 * Why it waits for a person, in words; none if it does not.
 */
waits: string | null, 
/**
 * Whether another token can be tried on it.
 */
can_try_token: boolean, };

export type InboxListener = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it waits for, in words.
 */
label: string, };

export type InboxPage = { 
/**
 * The events, the newest first.
 */
events: Array<InboxRow>, 
/**
 * How many events of the chosen listener there are, by verdict.
 */
counts: Array<VerdictCount>, 
/**
 * The listeners that something arrived for.
 */
listeners: Array<InboxListener>, };

export type InboxRow = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its listener, if the address has one.
 */
listener_id: string | null, 
/**
 * What Lever's settings call the event; its own name where it has another, none without any.
 */
event_label: string | null, 
/**
 * When the relay received it, in milliseconds since 1970 UTC.
 */
received_at: number, 
/**
 * When it was stored here.
 */
stored_at: number, 
/**
 * The verdict.
 */
verdict: EventVerdict, 
/**
 * Why, in words; none where the verdict says it all.
 */
reason: string | null, 
/**
 * The size in bytes, sealed.
 */
size: number, };

export type InboxStorage = { 
/**
 * What is set.
 */
keeping: Keeping, 
/**
 * Of how many events headers and body are kept.
 */
events: number, 
/**
 * Their size in bytes.
 */
bytes: number, 
/**
 * When the oldest of them was stored, in milliseconds since 1970 UTC.
 */
oldest_at: number | null, 
/**
 * The size in bytes of the file with everything that Fulcrum keeps.
 */
file_bytes: number, };

export type Integration = "onboarding" | "offer_letters";

export type KeepDraft = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The draft as it is now; none if it was discarded.
 */
draft: Draft | null, };

export type KeepValue = { 
/**
 * The letter's id.
 */
id: string, 
/**
 * The field's id.
 */
field: string, 
/**
 * The value in its canonical text; none leaves the field empty.
 */
value: string | null, 
/**
 * Why.
 */
reason: string, };

export type Keeping = { 
/**
 * For how many days.
 */
days: number, 
/**
 * Megabytes at most.
 */
megabytes: number, };

export type Kept = { 
/**
 * The value; none leaves the field empty.
 */
value: string | null, 
/**
 * Why, in the person's words.
 */
reason: string, 
/**
 * Who: the name of the user of this computer.
 */
by: string, 
/**
 * When, in milliseconds since 1970 UTC.
 */
at: number, 
/**
 * What Lever said then; another value since is asked about.
 */
instead_of: string | null, };

export type KeptDraft = { 
/**
 * The saved version that it was made from; 0 if nothing was saved then.
 */
base_version: number, 
/**
 * The rules, which need not be complete.
 */
rules: Rules, 
/**
 * When it was last changed.
 */
changed_at: number, };

export type KeptSample = { 
/**
 * Whose they are.
 */
candidate: CandidateChoice, 
/**
 * When Lever was read.
 */
read_at: number, 
/**
 * Why Lever could not be read again just now, in words; none if it was.
 */
not_fresh: string | null, };

export type Kind = "connection" | "mapping" | "listener" | "event" | "import" | "workflow" | "letter" | "relay" | "settings";

export type LeavingView = { 
/**
 * Its id, for telling Lever no more.
 */
id: string, 
/**
 * The work of telling Lever, for trying it now.
 */
job_id: string | null, 
/**
 * What it was for.
 */
integration: Integration, 
/**
 * Which Lever, by its name on screen.
 */
environment: string, 
/**
 * When it was ended here, in milliseconds since 1970 UTC.
 */
left_at: number, 
/**
 * How many webhooks that Fulcrum made are still to be deleted there.
 */
webhooks: number, 
/**
 * Why Lever could not be told yet; none before the first try.
 */
why: string | null, 
/**
 * When it is tried next; none while it waits for a person.
 */
next_try_at: number | null, 
/**
 * The page in Lever where it can be ended by hand.
 */
lever_url: string | null, };

export type LetterCase = "upper" | "lower" | "title";

export type LetterCheck = "in_lever" | "in_pipeline" | "stage" | "sent";

export type LetterCondition = { 
/**
 * What has to be so.
 */
check: LetterCheck, 
/**
 * Whether it is.
 */
met: boolean, 
/**
 * What Lever says, in words.
 */
evidence: string, 
/**
 * What to do about it; none if it is met.
 */
fix: string | null, };

export type LetterFieldView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its label.
 */
label: string, 
/**
 * What the letter shows; none if it is empty.
 */
value: string | null, 
/**
 * Whether to mask it until revealed.
 */
masked: boolean, 
/**
 * What the mapping makes of Lever's value.
 */
in_lever: string | null, 
/**
 * The value as it stands in Lever.
 */
raw: string | null, 
/**
 * The rule, in words.
 */
rule: string, 
/**
 * Why it is empty, in words.
 */
problem: string | null, 
/**
 * What a person should look at although nothing is wrong.
 */
note: string | null, 
/**
 * What a person set in place of Lever's value.
 */
kept: Kept | null, 
/**
 * Whether Lever says something else since then.
 */
overtaken: boolean, };

export type LetterLine = { 
/**
 * Its id.
 */
id: string, 
/**
 * The candidate's name; empty once they are gone.
 */
candidate: string, 
/**
 * The job title.
 */
job: string, 
/**
 * The first day of the job, as `2026-11-21`.
 */
start_date: string | null, 
/**
 * The pay with its currency and period, to be masked; empty if it says none.
 */
pay: string, 
/**
 * How far it is.
 */
status: LetterStatus, 
/**
 * What Lever says where nobody knows it.
 */
status_in_lever: string, 
/**
 * Where its offer is.
 */
source: LetterSource, 
/**
 * What should be put right, in words.
 */
attention: string | null, 
/**
 * When it last changed.
 */
updated_at: number, 
/**
 * When Lever was last asked.
 */
checked_at: number, };

export type LetterOrder = "updated" | "candidate" | "job" | "start_date" | "status" | "checked";

export type LetterSettings = { 
/**
 * What is set.
 */
set: OfferSettings, 
/**
 * The stages of Lever; empty while it is not connected or may not be asked.
 */
stages: Array<StageChoice>, };

export type LetterSource = "lever" | "hand";

export type LetterStatus = "held" | "unpublished" | "published" | "accepted" | "declined" | "expired" | "withdrawn" | "deleted" | "other";

export type LetterVersion = { 
/**
 * Counts from 1.
 */
version: number, 
/**
 * What it said otherwise than the one before.
 */
changes: Array<FieldChange>, 
/**
 * When it was made.
 */
made_at: number, 
/**
 * Since when the candidate could see it; none if never.
 */
shown_at: number | null, };

export type LetterView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The candidate's name; empty once they are gone.
 */
candidate: string, 
/**
 * The job title.
 */
job: string, 
/**
 * How far it is.
 */
status: LetterStatus, 
/**
 * What Lever says where nobody knows it.
 */
status_in_lever: string, 
/**
 * Where its offer is.
 */
source: LetterSource, 
/**
 * What should be put right, in words.
 */
attention: string | null, 
/**
 * The stage in Lever.
 */
stage: string | null, 
/**
 * Why the candidate is out of the pipeline; none while they are in it.
 */
out: Out | null, 
/**
 * Lever's id of the opportunity.
 */
opportunity_id: string | null, 
/**
 * Its candidate's address; none while it is not shown.
 */
link: string | null, 
/**
 * Why the relay does not show it, in words.
 */
page_problem: string | null, 
/**
 * The last day on which it can be seen.
 */
expires_on: string | null, 
/**
 * Its fields, in the order of the letter.
 */
fields: Array<LetterFieldView>, 
/**
 * What a letter has and Lever cannot fill.
 */
not_supported: Array<NotSupported>, 
/**
 * Its versions, the newest first.
 */
versions: Array<LetterVersion>, 
/**
 * What is written to Lever for it.
 */
writes: Array<WriteView>, 
/**
 * When it was made.
 */
made_at: number, 
/**
 * When it last changed.
 */
updated_at: number, 
/**
 * When Lever was last asked.
 */
checked_at: number, };

export type LetterWrite = "note" | "tag" | "link";

export type LettersPage = { 
/**
 * These letters.
 */
rows: Array<LetterLine>, 
/**
 * How many there are of which these are a part.
 */
total: number, 
/**
 * How many there are in all, by how far they are.
 */
counts: { [key in LetterStatus]?: number }, 
/**
 * In how many something should be put right.
 */
attention: number, 
/**
 * When Lever was last asked about any of them; none if never.
 */
checked_at: number | null, 
/**
 * How many candidates are looked at every minute.
 */
watched: number, 
/**
 * Why nothing is checked now; none if it is.
 */
paused: string | null, };

export type LeverEvent = "applicationCreated" | "candidateHired" | "candidateStageChange" | "candidateArchiveChange" | "candidateDeleted" | "interviewCreated" | "interviewUpdated" | "interviewDeleted" | "contactCreated" | "contactUpdated";

export type ListActivity = { 
/**
 * Only lines before this id; the newest if left out.
 */
before: number | null, 
/**
 * Only lines about this person.
 */
person_id: string | null, 
/**
 * At most this many, up to 200; 100 if left out.
 */
limit: number | null, };

export type ListFields = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * Whether to read Lever first, which takes some seconds; without it the fields read last come at once.
 */
fresh?: boolean, };

export type ListInbox = { 
/**
 * Only events with this verdict.
 */
verdict: EventVerdict | null, 
/**
 * Only events of this listener.
 */
listener_id: string | null, 
/**
 * Only events before this id; the newest if left out.
 */
before: number | null, 
/**
 * At most this many, up to 500; 200 if left out.
 */
limit: number | null, };

export type ListLetters = { 
/**
 * Text to find in names and job titles; all if empty.
 */
search: string | null, 
/**
 * Only those that are so far; all if left out.
 */
status: LetterStatus | null, 
/**
 * Only those whose offer is there; all if left out.
 */
source: LetterSource | null, 
/**
 * Only those in which something should be put right.
 */
attention: boolean, 
/**
 * By what they are sorted.
 */
order: LetterOrder, 
/**
 * Whether the order is turned round.
 */
turned: boolean, 
/**
 * The place of the first one, from 0.
 */
from: number, 
/**
 * How many at most; 500 are the most.
 */
most: number | null, };

export type ListPeople = { 
/**
 * Text to find in names and e-mail addresses; all if empty.
 */
search: string | null, };

export type ListenerState = "draft" | "waiting_for_first_event" | "connection_verified" | "token_did_not_match";

export type ListenerView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The application that sends.
 */
application: string, 
/**
 * The event it waits for.
 */
event: LeverEvent, 
/**
 * That event's label.
 */
event_label: string, 
/**
 * The address to paste into Lever; stays the same for the listener's life.
 */
endpoint_url: string | null, 
/**
 * Why there is no address yet, or why it does not work, in words.
 */
endpoint_problem: string | null, 
/**
 * How far it is.
 */
state: ListenerState, 
/**
 * Whether its events are run, as opposed to stored only.
 */
on: boolean, 
/**
 * Whether it is off only because Lever was disconnected: connecting the same organisation again puts it back.
 */
paused: boolean, 
/**
 * Length and last four characters of the token, in words; none without one.
 */
token_hint: string | null, 
/**
 * Events held because they came before the token.
 */
held: number, 
/**
 * Whom it lets in.
 */
admission: Admission, 
/**
 * Whether Fulcrum can make its webhook, or has.
 */
set_up: SetUpState, 
/**
 * When it was made.
 */
created_at: number, 
/**
 * When *Verify connection* last arrived.
 */
verified_at: number | null, 
/**
 * When the last genuine event arrived.
 */
last_event_at: number | null, 
/**
 * The page in Lever where the webhook is set up.
 */
lever_webhooks_url: string | null, } & ({ "integration": "onboarding", 
/**
 * The workflow.
 */
workflow_id: string, } | { "integration": "offer_letters" });

export type LocalData = "keep" | "delete_events" | "delete_everything";

export type Mapping = "people" | "offers";

export type MappingFile = { 
/**
 * What to call it.
 */
name: string, 
/**
 * What it holds.
 */
text: string, };

export type MappingView = { 
/**
 * Counts up with every save; 0 while nothing was saved.
 */
version: number, 
/**
 * Its rules; of offers, while nothing was saved, the standard ones, which are in use then.
 */
rules: Rules, 
/**
 * When it was saved.
 */
saved_at: number | null, 
/**
 * The name by which the operating system knows who saved it; none if it could not be told.
 */
saved_by: string | null, 
/**
 * What became of Lever fields that its rules read.
 */
drift: Array<Drift>, 
/**
 * What was edited after it and neither saved nor discarded.
 */
draft: KeptDraft | null, };

export type MissingValue = { 
/**
 * The field's id.
 */
target: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Why there is no usable value.
 */
why: string, 
/**
 * What Lever said; none if empty.
 */
raw: string | null, 
/**
 * What the user typed before, which did not help.
 */
entered: string | null, 
/**
 * The field; none if people have no such field, so that only the mapping can help.
 */
field: TargetField | null, };

export type MoveField = { 
/**
 * Its id.
 */
id: string, 
/**
 * Which way.
 */
to: Direction, };

export type MovedAddress = { 
/**
 * The listener.
 */
listener_id: string, 
/**
 * Its event, as Lever labels it.
 */
event: string, 
/**
 * What it is for: the name of its workflow, or *Offer letters*.
 */
purpose: string, 
/**
 * The address that Lever has.
 */
known_url: string, 
/**
 * The address that Lever needs.
 */
url: string, };

export type NamePart = "first_word" | "rest" | "last_word" | "all_but_last" | "initials";

export type NamedBy = { 
/**
 * The label of the field, for example `Manager`.
 */
label: string, 
/**
 * The people, by name.
 */
people: Array<Colleague>, };

export type NeedView = { 
/**
 * Which integration.
 */
integration: Integration, 
/**
 * What it does with it.
 */
reason: string, 
/**
 * What does not work without it.
 */
blocked: string, };

export type NetworkInput = { 
/**
 * Which proxy is used.
 */
proxy: ProxyKind, 
/**
 * The proxy's address, `http://host:port`, perhaps with `user:password@`. The same address without them keeps them.
 */
proxy_address: string | null, 
/**
 * The extra certificate authorities.
 */
authorities: AuthoritiesInput, 
/**
 * The local port of the relay inside the app, from 1024 to 65535; none keeps it.
 */
port: number | null, 
/**
 * The public address of the user's own tunnel to that port, `https://…`; none without one.
 */
public_url: string | null, };

export type NetworkView = { 
/**
 * Which proxy is used.
 */
proxy: ProxyKind, 
/**
 * The proxy that was typed in, without user name and password.
 */
proxy_address: string | null, 
/**
 * Whether a user name and password are kept for it.
 */
proxy_login: boolean, 
/**
 * The file that the extra certificate authorities came from.
 */
authorities_file: string | null, 
/**
 * How many there are in it.
 */
authorities: number, 
/**
 * Whether the relay inside the app is used, which the rest is about.
 */
embedded: boolean, 
/**
 * The local port of the relay inside the app, once it ran.
 */
port: number | null, 
/**
 * The public address of the user's own tunnel to that port.
 */
public_url: string | null, };

export type NewRecoveryCode = { 
/**
 * The code in groups.
 */
code: string, };

export type NoInput = Record<symbol, never>;

export type NotSupported = { 
/**
 * Its name in the letter.
 */
label: string, 
/**
 * Why, in words.
 */
why: string, };

export type NumberStyle = { 
/**
 * How many decimals, half of the last one rounded away from zero; none writes as many as there are.
 */
decimals: number | null, 
/**
 * What stands between the thousands.
 */
grouping: Grouping, 
/**
 * What stands before the decimals.
 */
mark: DecimalMark, };

export type OfLetterField = { 
/**
 * The letter's id.
 */
id: string, 
/**
 * The field's id.
 */
field: string, };

export type OfferRow = { 
/**
 * The id of the field in the letter.
 */
target: string, 
/**
 * What kind of row it is.
 */
kind: RowKind, 
/**
 * Its rule in words.
 */
words: string, 
/**
 * Its rule; none if the offer form has none of the fields that it reads.
 */
standard: Rule | null, 
/**
 * The identifiers that the rule would read and the offer form lacks.
 */
lacking: Array<string>, };

export type OfferRows = { 
/**
 * The rows in the order of the letter, each with its standard rule.
 */
rows: Array<OfferRow>, 
/**
 * What a letter has and Lever cannot fill.
 */
not_supported: Array<NotSupported>, };

export type OfferSettings = { 
/**
 * The Offer stage, by its id in Lever; none for the one that Lever itself calls so.
 */
stage: string | null, 
/**
 * Whether offers that Lever sends have letters too, not only those that are sent manually.
 */
also_sent: boolean, 
/**
 * Whether only privileged users of Lever see the note with the letter's link.
 */
secret_note: boolean, 
/**
 * The tag that a candidate with a letter gets in Lever.
 */
tag: string, };

export type OffersEvent = { 
/**
 * The event.
 */
event: LeverEvent, 
/**
 * Its label in Lever.
 */
label: string, 
/**
 * What it means for a letter.
 */
meaning: string, 
/**
 * Its listener, on or off, with what last arrived; none if nobody began one.
 */
listener: ListenerView | null, };

export type OffersEvents = { 
/**
 * Each of them.
 */
events: Array<OffersEvent>, 
/**
 * The events whose webhook Fulcrum can make in Lever now: what nobody has set up yet.
 */
to_set_up: Array<LeverEvent>, 
/**
 * Whether Fulcrum can make webhooks through this connection at all.
 */
set_up: SetUpState, };

export type OtherOrganisation = { 
/**
 * What happened, in words.
 */
sentence: string, 
/**
 * What is connected now.
 */
current: Party, 
/**
 * What would take its place.
 */
offered: Party, 
/**
 * Whether they certainly differ, as opposed to Lever not telling.
 */
certain: boolean, 
/**
 * How many listeners start switched off if it is accepted.
 */
listeners: number, };

export type Out = "hired" | "archived" | "anonymized" | "deleted";

export type Outcome = "done" | "skipped" | "waiting" | "refused";

export type Pair = { 
/**
 * The value as it comes from Lever.
 */
from: string, 
/**
 * The value to use.
 */
to: string, };

export type PairSuggestion = { 
/**
 * The value to use.
 */
to: string, 
/**
 * Why, in a few words.
 */
why: string, };

export type Paired = { 
/**
 * The value, and how often it arrived.
 */
value: Counted, 
/**
 * What the map makes of it; none if no pair has it.
 */
to: string | null, 
/**
 * What it could become, where no pair has it.
 */
suggestion: PairSuggestion | null, };

export type Party = { 
/**
 * The environment's label.
 */
environment: string, 
/**
 * Who it is, as far as Lever tells.
 */
account: Account, };

export type PasteBack = { 
/**
 * What the connection is for.
 */
integration: Integration, 
/**
 * The whole address.
 */
address: string, };

export type PathHour = { 
/**
 * When it began.
 */
from: number, 
/**
 * Probes sent.
 */
sent: number, 
/**
 * Probes of those that came back.
 */
returned: number, 
/**
 * Why the last lost one did not, in words.
 */
problem: string | null, };

export type PathState = "proving" | "proven" | "offline" | "broken";

export type PathView = { 
/**
 * Right now.
 */
state: PathState, 
/**
 * The sentence beside it.
 */
sentence: string, 
/**
 * When a probe last came back.
 */
proven_at: number | null, 
/**
 * The hours of the last day in which probes were sent, oldest first.
 */
hours: Array<PathHour>, 
/**
 * The listeners whose address is another one than Lever has.
 */
moved: Array<MovedAddress>, };

export type PermissionView = { 
/**
 * Lever's name of the scope (LEVER.md 1.10).
 */
scope: string, 
/**
 * What it allows, in words.
 */
words: string, 
/**
 * Whether nothing that is set up needs it, so that the user chooses whether to allow it.
 */
optional: boolean, 
/**
 * Who needs it, and for what.
 */
needs: Array<NeedView>, 
/**
 * Whether Lever granted it; none while that is not known. Lever does not tell what an API key may do, so the
 * last validation does.
 */
granted: boolean | null, 
/**
 * How it is used; none while nothing is connected, and where the way in does without it.
 */
usage: UsageView | null, };

export type PersonField = { 
/**
 * The field.
 */
field: TargetField, 
/**
 * Whether the saved mapping fills it.
 */
mapped: boolean, 
/**
 * How many people have a value.
 */
people: number, 
/**
 * Whether it cannot be made optional.
 */
always_required: boolean, };

export type PersonFields = { 
/**
 * The fields in the order of the screens.
 */
fields: Array<PersonField>, 
/**
 * Those that the user removed and whose values are still there, the newest first.
 */
removed: Array<RemovedField>, };

export type PersonMatch = { 
/**
 * The person's id.
 */
id: string, 
/**
 * First and last name.
 */
name: string, 
/**
 * When the person was imported.
 */
imported_at: number, 
/**
 * What an update would change, in the order of the person fields.
 */
differences: Array<FieldDifference>, 
/**
 * How many filled fields are the same on both sides.
 */
same: number, };

export type PersonRow = { 
/**
 * The person's id.
 */
id: string, 
/**
 * First and last name.
 */
name: string, 
/**
 * The personal e-mail address.
 */
email: string | null, 
/**
 * The job title.
 */
job_title: string | null, 
/**
 * The start date, as `2026-11-21`.
 */
start_date: string | null, 
/**
 * The names of the workflows the person is in.
 */
workflows: Array<string>, 
/**
 * When the person was imported.
 */
imported_at: number, };

export type PersonView = { 
/**
 * The person's id.
 */
id: string, 
/**
 * First and last name.
 */
name: string, 
/**
 * The fields by heading.
 */
groups: Array<FieldGroup>, 
/**
 * Whose colleague the person is: for each such field the people who name them in it.
 */
named_by: Array<NamedBy>, 
/**
 * The workflows the person is in.
 */
workflows: Array<PersonWorkflow>, 
/**
 * Lever's id of the opportunity the person came from.
 */
opportunity_id: string, 
/**
 * The candidate's page in Lever.
 */
lever_url: string | null, 
/**
 * When the person was imported.
 */
imported_at: number, 
/**
 * When the values were last read from Lever.
 */
updated_at: number, };

export type PersonWorkflow = { 
/**
 * The workflow's id.
 */
id: string, 
/**
 * The workflow's name.
 */
name: string, 
/**
 * When they entered.
 */
entered_at: number, };

export type Preview = { 
/**
 * One for each rule, in order.
 */
samples: Array<Sample>, 
/**
 * Required fields that would stop the import, in words.
 */
blockers: Array<string>, };

export type PreviewInput = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * Whose values to show, as `mappings.sample` gave it.
 */
opportunity_id: string, 
/**
 * The unsaved draft.
 */
rules: Rules, };

export type ProxyKind = "system" | "none" | "address";

export type ReadMappingFile = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * What the file holds.
 */
text: string, 
/**
 * The rules on screen, to say what differs from them.
 */
over: Rules, };

export type Reason = "same_name" | "similar_name" | "known_alias" | "same_values" | "same_type";

export type RecoveryCodeFacts = { 
/**
 * When it was made, in milliseconds since 1970 UTC; none if that is not known.
 */
made_at: number | null, 
/**
 * When it was last typed in and found right.
 */
tested_at: number | null, };

export type RelayState = "connecting" | "connected" | "unreachable" | "standing_by";

export type RelayView = { 
/**
 * How it stands, in one word.
 */
way: WayState, 
/**
 * The sentence beside it.
 */
way_sentence: string, 
/**
 * The state of the session with the relay.
 */
state: RelayState, 
/**
 * The sentence beside that.
 */
sentence: string, 
/**
 * The public base address of the endpoints.
 */
public_url: string | null, 
/**
 * Whether the relay runs inside the app.
 */
embedded: boolean, 
/**
 * Since when it is in this state.
 */
since: number, 
/**
 * Events that wait at the relay, as it last said.
 */
waiting: number, 
/**
 * When a probe last came back through the public address.
 */
last_proof_at: number | null, 
/**
 * Whether events can arrive, as the probes tell.
 */
path: PathState, };

export type Remedy = "mapping" | "connection" | "lever" | "tray" | "declined" | "path" | "missed" | "use_this_copy" | "try_again";

export type RemovedField = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its label.
 */
label: string, 
/**
 * Whether the saved mapping still has a rule for it, which does nothing.
 */
mapped: boolean, 
/**
 * How many people have a value.
 */
people: number, 
/**
 * When it was removed.
 */
removed_at: number, };

export type Replay = { 
/**
 * The version of the mapping that was tried.
 */
version: number, 
/**
 * The newest version, which is the one that a real run takes.
 */
newest: number, 
/**
 * What would happen, in words.
 */
sentence: string, 
/**
 * Whether somebody would be imported.
 */
imports: boolean, 
/**
 * What each field of the person would get.
 */
fields: Array<ReplayField>, };

export type ReplayField = { 
/**
 * The field's label.
 */
label: string, 
/**
 * Whether its values are shown only when asked for.
 */
masked: boolean, 
/**
 * Its value through the version that was tried; none if empty.
 */
value: string | null, 
/**
 * Why there is no usable value, in words.
 */
problem: string | null, 
/**
 * Its value through the newest version; none if empty.
 */
newest: string | null, };

export type ReplayInput = { 
/**
 * The event's number.
 */
id: number, 
/**
 * The version of the mapping; the newest if left out.
 */
version: number | null, };

export type RestoreMapping = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The version.
 */
version: number, 
/**
 * The newest version that the user knew; another one saved meanwhile is a conflict.
 */
base_version: number, };

export type RetryWrite = { 
/**
 * The letter's id.
 */
id: string, 
/**
 * What is written.
 */
kind: LetterWrite, };

export type Revoke = { 
/**
 * What it is for.
 */
integration: Integration, 
/**
 * `revoke`, typed by the user.
 */
confirmation: string, 
/**
 * What becomes of what came from Lever.
 */
data: LocalData, };

export type RevokeAll = { 
/**
 * `revoke all`, typed by the user.
 */
confirmation: string, 
/**
 * What becomes of what came from Lever.
 */
data: LocalData, };

export type RowKind = "direct" | "derived" | "constant" | "custom";

export type Rule = { 
/**
 * The person field's id, for example `first_name`.
 */
target: string, 
/**
 * Where the value comes from.
 */
source: Source, 
/**
 * What is done to it, in order.
 */
transforms: Array<Transform>, 
/**
 * Whether the user has accepted that a part of the value is lost where its type does not hold all of it, as
 * the time of day in a date (SCREENS.md 4.4.6).
 */
accepts_loss?: boolean, };

export type Rules = { 
/**
 * One rule for each person field that is set from Lever; fields without a rule are left alone.
 */
rules: Array<Rule>, };

export type SamePerson = { "kind": "update", 
/**
 * The person's id.
 */
person_id: string, } | { "kind": "another" };

export type Sample = { 
/**
 * The person field's id.
 */
target: string, 
/**
 * The value as it came from Lever; none if empty.
 */
raw: string | null, 
/**
 * The value after every transform; none if empty.
 */
value: string | null, 
/**
 * The value after each transform, in order; none if empty.
 */
steps: Array<string | null>, 
/**
 * Why there is no usable value, in words.
 */
problem: string | null, 
/**
 * What a person should look at although nothing is wrong, in words.
 */
note: string | null, };

export type SampleAnswer = { "kind": "found", 
/**
 * Their sample, which `mappings.preview` can use now.
 */
sample: KeptSample, } | { "kind": "choose", 
/**
 * The matches.
 */
candidates: Array<CandidateChoice>, };

export type SampleInput = { 
/**
 * The mapping to try on them; that of people if left out.
 */
mapping?: Mapping, 
/**
 * Whose.
 */
subject: Subject, };

export type SaveMapping = { 
/**
 * The mapping; that of people if left out.
 */
mapping?: Mapping, 
/**
 * The version it was made from; another one saved meanwhile is a conflict.
 */
base_version: number, 
/**
 * The rules.
 */
rules: Rules, };

export type SecretsPlace = "keychain" | "passphrase_file" | "memory";

export type SecretsView = { 
/**
 * Where the key of the database is kept.
 */
place: SecretsPlace, 
/**
 * The name of the keychain's entry or the path of the key file; none in memory.
 */
key_address: string | null, 
/**
 * The encrypted file that holds everything else.
 */
database: string, 
/**
 * When the recovery code was made and tried; none if there is none.
 */
recovery_code: RecoveryCodeFacts | null, };

export type SeenValues = { 
/**
 * What they were counted in.
 */
counted_in: CountedIn, 
/**
 * In how many of those.
 */
records: number, 
/**
 * Of how many of them a value arrived.
 */
filled: number, 
/**
 * Whether there may be more records than were read.
 */
cut: boolean, 
/**
 * Each value once, the most frequent first; 500 at most.
 */
values: Array<Paired>, 
/**
 * How many different values are not listed.
 */
further: number, 
/**
 * How many of a hundred values that arrived have a pair, rounded down; none if no value arrived.
 */
coverage: number | null, 
/**
 * When Lever was read for it; none before that, and for kept candidates, which were read at different times.
 */
read_at: number | null, 
/**
 * Whether more is being read right now.
 */
reading: boolean, 
/**
 * Why Lever could not be read, in words.
 */
problem: string | null, };

export type SetUpState = "possible" | "not_permitted" | "not_connected" | "interrupted" | "made" | "gone";

export type SettingsInput = { 
/**
 * The relay's base address (`https://…`); none for the relay inside the app.
 */
relay_url: string | null, 
/**
 * One to five ports from 1024 to 65535.
 */
callback_ports: Array<number>, };

export type SettingsView = { 
/**
 * The relay's base address; none while events come through the relay inside the app.
 */
relay_url: string | null, 
/**
 * The loopback ports registered with Lever as redirect addresses, tried in order.
 */
callback_ports: Array<number>, 
/**
 * The redirect addresses to register with Lever.
 */
callback_addresses: Array<string>, 
/**
 * The folder that holds everything.
 */
data_dir: string, 
/**
 * The version of the program.
 */
version: string, 
/**
 * The version of the database engine.
 */
sqlite_version: string, 
/**
 * Settings given at the start of the program, which win over the saved ones, in words.
 */
overridden: Array<string>, };

export type SetupStep = { 
/**
 * `connect`, `validate`, `map`, `listen`, `verify` or `hire`.
 */
id: string, 
/**
 * What to do.
 */
title: string, 
/**
 * Whether it is done.
 */
done: boolean, };

export type SignIn = { 
/**
 * The address to open; holds no secret.
 */
authorize_url: string, 
/**
 * Where the browser comes back to.
 */
redirect_uri: string, 
/**
 * When it was started, in milliseconds since 1970 UTC.
 */
started_at: number, 
/**
 * When it ends by itself.
 */
expires_at: number, 
/**
 * Whether the browser could be opened by the program.
 */
browser_opened: boolean, 
/**
 * Why the browser cannot come back by itself, so that its address must be pasted; none if it can.
 */
port_problem: string | null, };

export type SignInFailure = { 
/**
 * What happened, in words.
 */
sentence: string, 
/**
 * The one thing to do.
 */
action: string, 
/**
 * The raw text.
 */
detail: string | null, 
/**
 * When, in milliseconds since 1970 UTC.
 */
at: number, };

export type SignInInput = { 
/**
 * What the connection is for.
 */
integration: Integration, 
/**
 * Which Lever.
 */
environment: Environment, 
/**
 * The app's client id with Lever; may be left out where it is known or stored.
 */
client_id: string | null, 
/**
 * The app's client secret; may be left out where it is known or stored.
 */
client_secret: string | null, 
/**
 * The scopes of the optional permissions to ask for as well; none if left out.
 */
also?: Array<string>, };

export type Source = { "kind": "lever", 
/**
 * For example `opportunity.name` or `offer.salary_amount`.
 */
field: string, } | { "kind": "constant", 
/**
 * The text.
 */
value: string, } | { "kind": "first_of", 
/**
 * The fields, the preferred one first.
 */
fields: Array<string>, } | { "kind": "join", 
/**
 * The fields, in order.
 */
fields: Array<string>, 
/**
 * What stands between two of them.
 */
separator: string, } | { "kind": "template", 
/**
 * The text.
 */
text: string, } | { "kind": "sum", 
/**
 * The fields.
 */
fields: Array<string>, };

export type SourceField = { 
/**
 * The stable id that rules refer to, for example `offer.salary_amount`.
 */
id: string, 
/**
 * The label as Lever shows it.
 */
label: string, 
/**
 * Its group.
 */
group: SourceGroup, 
/**
 * Its type.
 */
type: FieldType, 
/**
 * Whether the customer made the field.
 */
custom: boolean, 
/**
 * A value seen for it, cut to a short line; none if no sample was found.
 */
example: string | null, };

export type SourceGroup = "opportunity" | "contact" | "application" | "posting" | "requisition" | "offer" | "form" | "referral" | "derived" | "company";

export type StageChoice = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether Lever itself calls it the Offer stage.
 */
is_offer: boolean, };

export type StepId = "dns" | "tcp" | "proxy" | "tls" | "sign_in" | "probe";

export type StepState = "passed" | "not_needed" | "failed" | "not_reached";

export type Subject = { "kind": "email", 
/**
 * The address.
 */
email: string, } | { "kind": "opportunity", 
/**
 * Its id.
 */
id: string, } | { "kind": "person", 
/**
 * The person's id.
 */
id: string, } | { "kind": "recent_hire" } | { "kind": "offer", 
/**
 * The opportunity's id.
 */
opportunity_id: string, 
/**
 * The offer's id.
 */
offer_id: string, };

export type Suggestion = { 
/**
 * The rule, with the steps that the values need.
 */
rule: Rule, 
/**
 * Why.
 */
reason: Reason, 
/**
 * The reason in a few words.
 */
words: string, 
/**
 * How much speaks for it, out of a hundred.
 */
score: number, 
/**
 * Whether the name is the same, no other field of that name could be meant, and every value seen fits.
 */
exact: boolean, 
/**
 * What one candidate would get; none if no value was seen.
 */
example: string | null, };

export type Suggestions = { 
/**
 * Those to show, in the order of the rows.
 */
open: Array<Suggestion>, 
/**
 * How many were dismissed and would be there otherwise.
 */
dismissed: number, };

export type SwitchListener = { 
/**
 * The listener's id.
 */
id: string, 
/**
 * Whether its events are run from now on.
 */
on: boolean, };

export type Tag = "app" | "connection" | "mapping" | "samples" | "workflows" | "listeners" | "people" | "letters" | "activity" | "relay" | "settings";

export type TargetCompatibility = { 
/**
 * The field's id.
 */
target: string, 
/**
 * Whether its rule can fill it; none without a rule, or if Lever lacks the field that the rule reads.
 */
rule: Compatibility | null, 
/**
 * Whether Lever fields of each type can, through the steps of its rule.
 */
types: Array<TypeCompatibility>, };

export type TargetField = { 
/**
 * The stable id, for example `first_name`.
 */
id: string, 
/**
 * The label on screen.
 */
label: string, 
/**
 * The heading it stands under.
 */
group: string, 
/**
 * Its type.
 */
type: FieldType, 
/**
 * The values that a [`FieldType::Choice`] takes, in their order; empty for other types.
 */
options: Array<string>, 
/**
 * Whether an import needs it (PRODUCTS.md SO-11).
 */
required: boolean, 
/**
 * Whether it is masked on screen until revealed.
 */
masked: boolean, 
/**
 * Whether the user added it.
 */
custom: boolean, };

export type TestedHire = { 
/**
 * Who.
 */
candidate: CandidateChoice, 
/**
 * When they were hired.
 */
hired_at: number | null, 
/**
 * The worst that happens to any field.
 */
verdict: Verdict, 
/**
 * The fields that differ.
 */
cells: Array<ChangedCell>, 
/**
 * What would keep them from being imported, in words.
 */
blockers: Array<string>, };

export type Transform = { "kind": "trim" } | { "kind": "case", 
/**
 * The wanted case.
 */
to: LetterCase, } | { "kind": "name_part", 
/**
 * Which part.
 */
part: NamePart, } | { "kind": "split", 
/**
 * What stands between the parts.
 */
separator: string, 
/**
 * Which part, from one.
 */
nth: number, 
/**
 * From which end the parts are counted.
 */
from: End, } | { "kind": "date_format", 
/**
 * The pattern to read text with (`strptime` letters, as `%d/%m/%Y`); none for what Lever
 * already marks as a date.
 */
from: string | null, 
/**
 * The pattern to write; none keeps it a date.
 */
to: string | null, } | { "kind": "number_format", 
/**
 * The decimal mark of what is read; the other marks that people write between thousands are passed over.
 */
read: DecimalMark, 
/**
 * How to write it; none keeps it a number.
 */
write: NumberStyle | null, } | { "kind": "default_if_empty", 
/**
 * The value to use instead.
 */
value: string, } | { "kind": "phone", 
/**
 * The country of numbers without a country code, by its ISO 3166-1 alpha-2 code.
 */
country: string, } | { "kind": "email" } | { "kind": "currency" } | { "kind": "country", 
/**
 * What to write.
 */
to: CountryForm, } | { "kind": "user_email" } | { "kind": "value_map", 
/**
 * The pairs, compared without regard to case or outer white space.
 */
pairs: Array<Pair>, 
/**
 * What happens to a value in no pair.
 */
if_no_match: IfNoMatch, };

export type Tray = { 
/**
 * The hires that lack something, oldest first.
 */
held: Array<HeldImport>, 
/**
 * How many there are; more than are listed if there are very many.
 */
total: number, 
/**
 * The hires that the user decided against, newest first.
 */
declined: Array<DeclinedImport>, 
/**
 * Hires that wait for something else, such as Lever or a first mapping.
 */
elsewhere: number, };

export type TriedToken = { 
/**
 * Whether the event was signed with it.
 */
matches: boolean, };

export type TryToken = { 
/**
 * The event's number.
 */
id: number, 
/**
 * The token as copied from Lever.
 */
signature_token: string, };

export type TypeCompatibility = { 
/**
 * The type of the Lever fields.
 */
type: FieldType, 
/**
 * Whether they can.
 */
compatibility: Compatibility, };

export type TypedCode = { 
/**
 * In any case, with any spaces and hyphens.
 */
code: string, };

export type Unlock = { 
/**
 * At least twelve characters when it is chosen.
 */
passphrase: string, };

export type UsageView = { 
/**
 * Uses in the last 30 days: calls, or for offline access the times that it was renewed.
 */
in_30_days: number, 
/**
 * The last one ever, in milliseconds since 1970 UTC; none if there was none.
 */
last_at: number | null, };

export type Validation = { 
/**
 * The checks that are made, in order.
 */
checks: Array<Check>, 
/**
 * How many checks there are.
 */
total: number, 
/**
 * What is being checked, in words.
 */
current: string, 
/**
 * Whether the run takes longer than 15 seconds, so that `current` is what Lever is slow with.
 */
slow: boolean, };

export type VaultState = { "kind": "open", 
/**
 * Where the key is kept.
 */
place: SecretsPlace, } | { "kind": "needs_passphrase", 
/**
 * Whether no key exists yet, so that this passphrase is being chosen.
 */
first_time: boolean, 
/**
 * Why the keychain is not used, in words.
 */
why: string, } | { "kind": "unreadable", 
/**
 * What happened and what to do, in words.
 */
why: string, 
/**
 * The raw text.
 */
detail: string, };

export type Verdict = "same" | "changed" | "failed";

export type VerdictCount = { 
/**
 * The verdict.
 */
verdict: EventVerdict, 
/**
 * How many.
 */
count: number, };

export type VersionView = { 
/**
 * Counts up with every save.
 */
version: number, 
/**
 * When it was saved.
 */
saved_at: number, 
/**
 * The name by which the operating system knows who saved it; none if it could not be told.
 */
saved_by: string | null, 
/**
 * The version that it brought back; none if it was drawn.
 */
restored_from: number | null, 
/**
 * What differed from the version before, in the words of that time.
 */
changes: Array<Change>, };

export type Way = "lever_connect" | "api_key";

export type WayState = "standing_by" | "offline" | "connecting" | "unreachable" | "proving" | "proven" | "broken";

export type WhyAnswer = { 
/**
 * Their candidacies, five at most.
 */
found: Array<WhyCandidacy>, };

export type WhyCandidacy = { 
/**
 * The opportunity in Lever.
 */
opportunity_id: string, 
/**
 * The candidate's name.
 */
name: string, 
/**
 * Each of its offers.
 */
offers: Array<WhyLetter>, };

export type WhyInput = { 
/**
 * A whole e-mail address; or a name, or a part of one, of somebody with a letter.
 */
who: string, };

export type WhyLetter = { 
/**
 * The offer's state as Lever writes it; none if there is no offer.
 */
status: string | null, 
/**
 * What has to be so.
 */
conditions: Array<LetterCondition>, 
/**
 * The letter, if there is one.
 */
letter_id: string | null, 
/**
 * What it lacks, a sentence each.
 */
lacks: Array<string>, 
/**
 * Whether the offer was sent before Fulcrum was connected, and so waits under History.
 */
passed: boolean, };

export type WorkflowPerson = { 
/**
 * The person's id.
 */
person_id: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * When they entered.
 */
entered_at: number, 
/**
 * The start date, as `2026-11-21`.
 */
start_date: string | null, };

export type WorkflowRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
description: string, 
/**
 * How many people are in it.
 */
people: number, 
/**
 * How many listeners let people in.
 */
listeners: number, };

export type WorkflowView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
description: string, 
/**
 * The events that let people in.
 */
listeners: Array<ListenerView>, 
/**
 * Who is in it, newest first.
 */
people: Array<WorkflowPerson>, 
/**
 * The events a listener can wait for.
 */
events: Array<EventChoice>, };

export type WriteView = { 
/**
 * The letter that it is for.
 */
letter_id: string, 
/**
 * What is written.
 */
kind: LetterWrite, 
/**
 * The tag; none for a note and a link, which are the letter's address.
 */
said: string | null, 
/**
 * The opportunity in Lever.
 */
opportunity_id: string, 
/**
 * When it was decided on.
 */
asked_at: number, 
/**
 * When it was there; none while it is not.
 */
done_at: number | null, 
/**
 * Why it is not there yet, in words.
 */
problem: string | null, };

export type WritesInput = { 
/**
 * The place of the first one, from 0.
 */
from: number, };

export type WritesPage = { 
/**
 * These.
 */
writes: Array<WriteView>, 
/**
 * Whether there are more.
 */
more: boolean, };

export interface Commands {
  /** Tells whether the database is open and where this installation keeps its data. */
  "app.status": { request: NoInput; response: AppStatus };
  /** Opens the database with the passphrase, or chooses the passphrase the first time. */
  "vault.unlock": { request: Unlock; response: AppStatus };
  /** Looks for the key and the database again, after they could not be read. */
  "vault.retry": { request: NoInput; response: AppStatus };
  /** Opens the database with the recovery code, when the keychain or the passphrase is lost. */
  "vault.recover": { request: TypedCode; response: AppStatus };
  /** Keeps the key of the database under a new passphrase, after the recovery code opened it. */
  "vault.choose_passphrase": { request: Unlock; response: SecretsView };
  /** Shows where the secrets of this installation are. */
  "vault.show": { request: NoInput; response: SecretsView };
  /** Makes a recovery code, shown this once; an older one opens nothing from then on. */
  "vault.make_recovery_code": { request: NoInput; response: NewRecoveryCode };
  /** Tells whether a recovery code opens this database. */
  "vault.test_recovery_code": { request: TypedCode; response: SecretsView };
  /** Shows what can be set for this installation. */
  "settings.show": { request: NoInput; response: SettingsView };
  /** Saves the relay's address and the redirect ports. */
  "settings.save": { request: SettingsInput; response: SettingsView };
  /** Shows the currency and the time zone of the company, and what can be chosen. */
  "company.show": { request: NoInput; response: CompanyView };
  /** Saves the currency and the time zone of the company. */
  "company.save": { request: CompanyInput; response: CompanyView };
  /** Answers the three questions of Home: is it working, what happened, what needs me. */
  "home.show": { request: NoInput; response: HomeView };
  /** Shows the way from the internet to this laptop. */
  "relay.show": { request: NoInput; response: RelayView };
  /** Uses this copy of the data folder from now on; another one that is in use stands by as soon as it notices. */
  "relay.use_this_copy": { request: NoInput; response: RelayView };
  /** Shows whether events can arrive, as the probes of the last day tell. */
  "path.show": { request: NoInput; response: PathView };
  /** Goes the way of an event step by step and says where it fails. */
  "path.examine": { request: NoInput; response: DoctorView };
  /** Notes that a listener's webhook in Lever has its new address. */
  "path.address_changed": { request: ById; response: PathView };
  /** Lists the changes in Lever that no event told of. */
  "gaps.list": { request: NoInput; response: GapsView };
  /** Compares what changed in Lever with what arrived. */
  "gaps.find": { request: NoInput; response: GapsView };
  /** Runs a change without an event, or all, through the same work as an event. */
  "gaps.run": { request: ChooseGap; response: GapsView };
  /** Dismisses a change without an event, or all. */
  "gaps.dismiss": { request: ChooseGap; response: GapsView };
  /** Shows how this computer reaches the internet and is reached from it. */
  "network.show": { request: NoInput; response: NetworkView };
  /** Saves the proxy, the extra certificate authorities and the user's own tunnel. */
  "network.save": { request: NetworkInput; response: NetworkView };
  /** Shows an integration's connection to Lever, its permissions and the last validation. */
  "connections.show": { request: ForIntegration; response: ConnectionView };
  /** Starts signing in to Lever and returns the address that the system browser opens. */
  "connections.sign_in": { request: SignInInput; response: SignIn };
  /** Connects with an API key, which is tried first. */
  "connections.use_api_key": { request: ApiKeyInput; response: ConnectionView };
  /** Changes the client secret of a connection, which Lever is asked about first, and checks the connection. */
  "connections.change_client_secret": { request: ChangeClientSecret; response: ConnectionView };
  /** Waits until the sign-in under way has ended and shows the connection. */
  "connections.wait": { request: ForIntegration; response: ConnectionView };
  /** Ends the sign-in under way. */
  "connections.cancel": { request: ForIntegration; response: ConnectionView };
  /** Completes the sign-in with the address copied from the browser. */
  "connections.paste_back": { request: PasteBack; response: ConnectionView };
  /** Takes over the sign-in for another organisation that waits, or throws it away. */
  "connections.confirm_organisation": { request: ConfirmOrganisation; response: ConnectionView };
  /** Checks the connection, one check after the other; meanwhile `connections.show` tells how far it is. */
  "connections.validate": { request: ForIntegration; response: ConnectionView };
  /** Stops the validation under way; the connection is as it was before. */
  "connections.stop_validation": { request: ForIntegration; response: ConnectionView };
  /** Lists who lets Fulcrum act in Lever, and what of it is still being ended there. */
  "grants.list": { request: NoInput; response: GrantsView };
  /** Ends Fulcrum's access to Lever for one integration: here at once, in Lever as soon as it answers. */
  "grants.revoke": { request: Revoke; response: GrantsView };
  /** Ends all of Fulcrum's access to Lever. */
  "grants.revoke_all": { request: RevokeAll; response: GrantsView };
  /** Gives up telling Lever of an access that was ended here, and deletes the secrets kept for that. */
  "grants.forget": { request: ById; response: GrantsView };
  /** Lists what Lever offers, custom fields included, and what a person has. */
  "mappings.fields": { request: ListFields; response: Fields };
  /** Lists the rows of an offer letter, each with the rule that fills it where nobody chose another. */
  "mappings.offer_rows": { request: NoInput; response: OfferRows };
  /** Shows the saved mapping, and the draft that was kept beside it. */
  "mappings.show": { request: ForMapping; response: MappingView };
  /** Saves the mapping as the next version. */
  "mappings.save": { request: SaveMapping; response: MappingView };
  /** Lists the saved versions of the mapping with what each changed, the newest first. */
  "mappings.history": { request: ForMapping; response: Array<VersionView> };
  /** Says what a version or a draft would change, if it were saved now. */
  "mappings.compare": { request: CompareMapping; response: Array<Change> };
  /** Brings an older version back as the next one. */
  "mappings.restore": { request: RestoreMapping; response: MappingView };
  /** Writes the mapping on screen as a file that people can read. */
  "mappings.export": { request: ExportMapping; response: MappingFile };
  /** Reads such a file and says what it would change; nothing is saved. */
  "mappings.read_file": { request: ReadMappingFile; response: FileRead };
  /** Keeps what is being edited until it is saved or discarded. */
  "mappings.keep_draft": { request: KeepDraft; response: DraftKept };
  /** Reads a candidate from Lever and keeps what it said for `mappings.preview`; while Lever is away, names what was kept before. */
  "mappings.sample": { request: SampleInput; response: SampleAnswer };
  /** Judges which Lever fields can fill which rows of an unsaved draft. */
  "mappings.compatibility": { request: ForRules; response: Array<TargetCompatibility> };
  /** Shows what an unsaved draft gives for a kept sample, without asking Lever. */
  "mappings.preview": { request: PreviewInput; response: Preview };
  /** Counts the values that arrive at a value map of an unsaved draft, and tells which have a pair. Where Lever's lists tell them, they are read beside it. */
  "mappings.values": { request: ForValueMap; response: SeenValues };
  /** Suggests rules for the fields of a mapping, without asking Lever; nothing is saved. */
  "mappings.suggest": { request: ForMapping; response: Suggestions };
  /** Shows a suggestion no more. */
  "mappings.dismiss_suggestion": { request: DismissSuggestion; response: Suggestions };
  /** Shows every dismissed suggestion of a mapping again. */
  "mappings.restore_suggestions": { request: ForMapping; response: Suggestions };
  /** Begins to read the last hires, which takes a while; meanwhile `mappings.back_test` tells how far it is. */
  "mappings.read_hires": { request: ForMapping; response: HiresRead };
  /** Stops that reading; what was read stays. */
  "mappings.stop_reading_hires": { request: ForMapping; response: HiresRead };
  /** Shows what an unsaved draft would change for the last hires that were read, without asking Lever. */
  "mappings.back_test": { request: BackTestInput; response: BackTest };
  /** Lists the workflows. */
  "workflows.list": { request: NoInput; response: Array<WorkflowRow> };
  /** Shows a workflow, its listeners and who is in it. */
  "workflows.show": { request: ById; response: WorkflowView };
  /** Begins a listener: its address is live at once, and events before the token are held. */
  "listeners.begin": { request: BeginListener; response: ListenerView };
  /** Lists the events that tell of offers, each with its listener: on or off, its state and what last arrived. */
  "listeners.of_offers": { request: NoInput; response: OffersEvents };
  /** Makes in Lever the webhooks of every event that tells of offers and that nobody has set up yet. */
  "listeners.set_up_offers": { request: NoInput; response: OffersEvents };
  /** Shows a listener. */
  "listeners.show": { request: ById; response: ListenerView };
  /** Completes a listener with its signature token, or replaces the token. */
  "listeners.create": { request: CreateListener; response: ListenerView };
  /** Saves whom a listener lets in: the stage of a stage change, and filters. */
  "listeners.admit": { request: Admit; response: ListenerView };
  /** Reads from Lever which stages, departments, locations, postings and origins a listener can ask for. */
  "listeners.choices": { request: NoInput; response: AdmissionChoices };
  /** Asks Lever which listeners have an address that more than one of its webhooks calls. */
  "listeners.doubled": { request: NoInput; response: Array<DoubledListener> };
  /** Makes the webhook of a listener in Lever, and completes the listener with its signature token. */
  "listeners.set_up": { request: ById; response: ListenerView };
  /** Switches a listener on or off; while it is off its events are stored and not run. */
  "listeners.switch": { request: SwitchListener; response: ListenerView };
  /** Runs the held events of a listener that verify with its token. */
  "listeners.run_held": { request: ById; response: ListenerView };
  /** Removes a listener; its address answers 410 from then on. */
  "listeners.remove": { request: ById; response: Array<ListenerView> };
  /** Lists what arrived, newest first, with its verdicts. */
  "inbox.list": { request: ListInbox; response: InboxPage };
  /** Shows an event: what came, how its signature was checked, and where it went. */
  "inbox.show": { request: ByNumber; response: InboxEvent };
  /** Shows what an event would do now, through any version of the mapping; writes nothing. */
  "inbox.replay": { request: ReplayInput; response: Replay };
  /** Runs an event by hand: the same work as by itself, which happens once. */
  "inbox.run": { request: ByNumber; response: InboxEvent };
  /** Decides against an event that waits for a person. */
  "inbox.dismiss": { request: ByNumber; response: InboxEvent };
  /** Tells whether an event that did not verify was signed with another token. */
  "inbox.try_token": { request: TryToken; response: TriedToken };
  /** Shows how much of what was delivered is kept, and how much room it takes. */
  "inbox.storage": { request: NoInput; response: InboxStorage };
  /** Sets how much is kept, and drops what is too much. */
  "inbox.keep": { request: Keeping; response: InboxStorage };
  /** Lists offer letters. */
  "letters.list": { request: ListLetters; response: LettersPage };
  /** Shows a letter: what it says, where each value comes from, and what was written to Lever. */
  "letters.show": { request: ById; response: LetterView };
  /** Asks Lever about a letter now. */
  "letters.check_now": { request: ById; response: LetterView };
  /** Sets a value of a letter in place of Lever's. */
  "letters.keep": { request: KeepValue; response: LetterView };
  /** Has a field of a letter say what Lever says again. */
  "letters.take": { request: OfLetterField; response: LetterView };
  /** Shows a letter to its candidate. */
  "letters.publish": { request: ById; response: LetterView };
  /** Takes a letter back: its link answers that it is no longer available. */
  "letters.withdraw": { request: ById; response: LetterView };
  /** Tries a change in Lever again. */
  "letters.retry": { request: RetryWrite; response: LetterView };
  /** Lists every change that was ever made in Lever for letters, the newest first. */
  "letters.writes": { request: WritesInput; response: WritesPage };
  /** Tells why a candidate has no letter, from Lever's own words. */
  "letters.why": { request: WhyInput; response: WhyAnswer };
  /** Shows what is set about offer letters. */
  "letters.settings": { request: NoInput; response: LetterSettings };
  /** Saves what is set about offer letters. */
  "letters.save_settings": { request: OfferSettings; response: LetterSettings };
  /** Lists the people. */
  "people.list": { request: ListPeople; response: Array<PersonRow> };
  /** Shows a person and where each value came from. */
  "people.show": { request: ById; response: PersonView };
  /** Lists the hires that wait to be imported with what each lacks, and those that the user decided against. */
  "imports.list": { request: NoInput; response: Tray };
  /** Keeps values that the user typed for one hire only, and tries to import it again. */
  "imports.fill_in": { request: FillIn; response: Tray };
  /** Says whether a hire is somebody who is in People already, and imports it accordingly. */
  "imports.decide": { request: Decide; response: Tray };
  /** Tries to import a hire again now. */
  "imports.try_again": { request: ForImport; response: Tray };
  /** Decides against importing a hire, which can be taken back. */
  "imports.decline": { request: ForImport; response: Tray };
  /** Takes that back and tries to import the hire. */
  "imports.take_back": { request: ForImport; response: Tray };
  /** Lists the fields that people have, and the removed ones whose values are still there. */
  "person_fields.list": { request: NoInput; response: PersonFields };
  /** Adds a field to people. */
  "person_fields.add": { request: FieldEdit; response: PersonFields };
  /** Changes a field of people; one that comes with Fulcrum keeps its type and group. */
  "person_fields.change": { request: ChangeField; response: PersonFields };
  /** Moves a field of people one place within its group. */
  "person_fields.move": { request: MoveField; response: PersonFields };
  /** Removes a field that the user added; people keep their values of it. */
  "person_fields.remove": { request: ById; response: PersonFields };
  /** Puts a removed field back. */
  "person_fields.put_back": { request: ById; response: PersonFields };
  /** Erases the values of a removed field. */
  "person_fields.erase": { request: ById; response: PersonFields };
  /** Lists what happened, newest first. */
  "activity.list": { request: ListActivity; response: Array<ActivityLine> };
  /** Lists what waits for the user. */
  "attention.list": { request: NoInput; response: Array<AttentionItem> };
  /** Tries waiting work again now. */
  "attention.retry": { request: ById; response: Array<AttentionItem> };
}

export const reads: Record<keyof Commands, readonly Tag[]> = {
  "app.status": ["app"],
  "vault.unlock": [],
  "vault.retry": [],
  "vault.recover": [],
  "vault.choose_passphrase": [],
  "vault.show": ["settings","app"],
  "vault.make_recovery_code": [],
  "vault.test_recovery_code": [],
  "settings.show": ["settings","app"],
  "settings.save": [],
  "company.show": ["settings"],
  "company.save": [],
  "home.show": ["connection","mapping","workflows","listeners","people","activity","relay"],
  "relay.show": ["relay"],
  "relay.use_this_copy": [],
  "path.show": ["relay","listeners"],
  "path.examine": [],
  "path.address_changed": [],
  "gaps.list": ["listeners","people","activity"],
  "gaps.find": [],
  "gaps.run": [],
  "gaps.dismiss": [],
  "network.show": ["settings","relay"],
  "network.save": [],
  "connections.show": ["connection"],
  "connections.sign_in": [],
  "connections.use_api_key": [],
  "connections.change_client_secret": [],
  "connections.wait": [],
  "connections.cancel": [],
  "connections.paste_back": [],
  "connections.confirm_organisation": [],
  "connections.validate": [],
  "connections.stop_validation": [],
  "grants.list": ["connection","listeners","people","activity"],
  "grants.revoke": [],
  "grants.revoke_all": [],
  "grants.forget": [],
  "mappings.fields": ["mapping","connection"],
  "mappings.offer_rows": ["mapping"],
  "mappings.show": ["mapping"],
  "mappings.save": [],
  "mappings.history": ["mapping"],
  "mappings.compare": ["mapping"],
  "mappings.restore": [],
  "mappings.export": [],
  "mappings.read_file": [],
  "mappings.keep_draft": [],
  "mappings.sample": [],
  "mappings.compatibility": ["mapping"],
  "mappings.preview": ["mapping","samples"],
  "mappings.values": ["mapping","samples"],
  "mappings.suggest": ["mapping","samples"],
  "mappings.dismiss_suggestion": [],
  "mappings.restore_suggestions": [],
  "mappings.read_hires": [],
  "mappings.stop_reading_hires": [],
  "mappings.back_test": ["mapping","samples"],
  "workflows.list": ["workflows","listeners"],
  "workflows.show": ["workflows","listeners","people"],
  "listeners.begin": [],
  "listeners.of_offers": ["listeners","relay","connection"],
  "listeners.set_up_offers": [],
  "listeners.show": ["listeners","relay"],
  "listeners.create": [],
  "listeners.admit": [],
  "listeners.choices": ["connection"],
  "listeners.doubled": ["connection","listeners"],
  "listeners.set_up": [],
  "listeners.switch": [],
  "listeners.run_held": [],
  "listeners.remove": [],
  "inbox.list": ["listeners","activity"],
  "inbox.show": ["listeners","activity","people"],
  "inbox.replay": [],
  "inbox.run": [],
  "inbox.dismiss": [],
  "inbox.try_token": [],
  "inbox.storage": ["listeners","settings"],
  "inbox.keep": [],
  "letters.list": ["letters","connection"],
  "letters.show": ["letters"],
  "letters.check_now": [],
  "letters.keep": [],
  "letters.take": [],
  "letters.publish": [],
  "letters.withdraw": [],
  "letters.retry": [],
  "letters.writes": ["letters"],
  "letters.why": [],
  "letters.settings": ["settings","connection"],
  "letters.save_settings": [],
  "people.list": ["people","workflows"],
  "people.show": ["people","workflows"],
  "imports.list": ["people","activity","mapping","workflows"],
  "imports.fill_in": [],
  "imports.decide": [],
  "imports.try_again": [],
  "imports.decline": [],
  "imports.take_back": [],
  "person_fields.list": ["mapping","people"],
  "person_fields.add": [],
  "person_fields.change": [],
  "person_fields.move": [],
  "person_fields.remove": [],
  "person_fields.put_back": [],
  "person_fields.erase": [],
  "activity.list": ["activity"],
  "attention.list": ["activity"],
  "attention.retry": [],
};

export const changes: Record<keyof Commands, readonly Tag[]> = {
  "app.status": [],
  "vault.unlock": ["app","connection","mapping","workflows","listeners","people","activity","relay","settings"],
  "vault.retry": ["app","connection","mapping","workflows","listeners","people","activity","relay","settings"],
  "vault.recover": ["app","connection","mapping","workflows","listeners","people","activity","relay","settings"],
  "vault.choose_passphrase": ["app","settings","connection","activity"],
  "vault.show": [],
  "vault.make_recovery_code": ["settings","app","activity"],
  "vault.test_recovery_code": ["settings","activity"],
  "settings.show": [],
  "settings.save": ["settings","relay","connection","listeners","activity"],
  "company.show": [],
  "company.save": ["settings","mapping","activity"],
  "home.show": [],
  "relay.show": [],
  "relay.use_this_copy": ["relay","activity","connection"],
  "path.show": [],
  "path.examine": ["relay"],
  "path.address_changed": ["relay","listeners","activity"],
  "gaps.list": [],
  "gaps.find": ["listeners","activity"],
  "gaps.run": ["listeners","people","activity"],
  "gaps.dismiss": ["listeners","activity"],
  "network.show": [],
  "network.save": ["settings","relay","connection","listeners","activity"],
  "connections.show": [],
  "connections.sign_in": ["connection","activity"],
  "connections.use_api_key": ["connection","activity"],
  "connections.change_client_secret": ["connection","activity"],
  "connections.wait": ["connection","activity"],
  "connections.cancel": ["connection","activity"],
  "connections.paste_back": ["connection","activity"],
  "connections.confirm_organisation": ["connection","activity","listeners","workflows"],
  "connections.validate": ["connection","activity"],
  "connections.stop_validation": ["connection"],
  "grants.list": [],
  "grants.revoke": ["connection","mapping","workflows","listeners","people","activity"],
  "grants.revoke_all": ["connection","mapping","workflows","listeners","people","activity"],
  "grants.forget": ["connection","activity"],
  "mappings.fields": [],
  "mappings.offer_rows": [],
  "mappings.show": [],
  "mappings.save": ["mapping","activity"],
  "mappings.history": [],
  "mappings.compare": [],
  "mappings.restore": ["mapping","activity"],
  "mappings.export": [],
  "mappings.read_file": [],
  "mappings.keep_draft": [],
  "mappings.sample": ["samples"],
  "mappings.compatibility": [],
  "mappings.preview": [],
  "mappings.values": [],
  "mappings.suggest": [],
  "mappings.dismiss_suggestion": ["mapping"],
  "mappings.restore_suggestions": ["mapping"],
  "mappings.read_hires": ["samples"],
  "mappings.stop_reading_hires": ["samples"],
  "mappings.back_test": [],
  "workflows.list": [],
  "workflows.show": [],
  "listeners.begin": ["listeners","workflows","activity"],
  "listeners.of_offers": [],
  "listeners.set_up_offers": ["listeners","activity"],
  "listeners.show": [],
  "listeners.create": ["listeners","workflows","activity"],
  "listeners.admit": ["listeners","workflows","activity"],
  "listeners.choices": [],
  "listeners.doubled": [],
  "listeners.set_up": ["listeners","workflows","activity"],
  "listeners.switch": ["listeners","workflows","activity"],
  "listeners.run_held": ["listeners","activity"],
  "listeners.remove": ["listeners","workflows","activity"],
  "inbox.list": [],
  "inbox.show": [],
  "inbox.replay": [],
  "inbox.run": ["listeners","activity","people","workflows"],
  "inbox.dismiss": ["listeners","activity"],
  "inbox.try_token": [],
  "inbox.storage": [],
  "inbox.keep": ["listeners","settings"],
  "letters.list": [],
  "letters.show": [],
  "letters.check_now": ["letters","activity"],
  "letters.keep": ["letters","activity"],
  "letters.take": ["letters","activity"],
  "letters.publish": ["letters","activity"],
  "letters.withdraw": ["letters","activity"],
  "letters.retry": ["letters","activity"],
  "letters.writes": [],
  "letters.why": [],
  "letters.settings": [],
  "letters.save_settings": ["settings","letters","activity"],
  "people.list": [],
  "people.show": [],
  "imports.list": [],
  "imports.fill_in": ["people","activity"],
  "imports.decide": ["people","activity"],
  "imports.try_again": ["people","activity"],
  "imports.decline": ["people","activity"],
  "imports.take_back": ["people","activity"],
  "person_fields.list": [],
  "person_fields.add": ["mapping","people","activity"],
  "person_fields.change": ["mapping","people","activity"],
  "person_fields.move": ["mapping","people"],
  "person_fields.remove": ["mapping","people","activity"],
  "person_fields.put_back": ["mapping","people","activity"],
  "person_fields.erase": ["mapping","people","activity"],
  "activity.list": [],
  "attention.list": [],
  "attention.retry": ["activity","people","workflows"],
};
