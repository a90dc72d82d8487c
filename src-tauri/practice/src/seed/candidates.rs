//! Reads `seed/candidates.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::offers::SeedOffer;
use super::{DAY_MS, SUPER_ADMIN};
use crate::identifiers::seeded_id;
use crate::state::{
    Archived, CandidateIds, Confidentiality, NewCandidate, Note, Opportunity, Origin, Phone,
    Resume, StageChange, StoredFile, TemplateList, World,
};

const CANDIDATES: &str = include_str!("../../seed/candidates.json");

/// The recruiter who owns candidates without another owner.
const RECRUITER: &str = "jonas-adeyemi";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedCandidate {
    key: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    headline: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    phones: Vec<(Option<String>, String)>,
    #[serde(default)]
    links: Vec<String>,
    posting: Option<String>,
    /// Keys of the stages passed through; the last is the present one.
    path: Vec<String>,
    origin: Origin,
    #[serde(default)]
    sources: Vec<String>,
    owner: Option<String>,
    days_ago: i64,
    /// Whether it changed since Lever keeps `updatedAt` (LEVER.md 3.1).
    #[serde(default)]
    touched: bool,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    anonymised: bool,
    archived: Option<SeedArchived>,
    /// Key of the candidate whose contact this one shares.
    contact_of: Option<String>,
    #[serde(default)]
    offers: Vec<SeedOffer>,
    #[serde(default)]
    forms: Vec<SeedForm>,
    referral: Option<SeedReferral>,
    /// Questions of the application with their answers.
    #[serde(default)]
    questions: BTreeMap<String, String>,
    #[serde(default)]
    notes: Vec<SeedNote>,
    resume: Option<SeedPosition>,
    /// Name and content of text files.
    #[serde(default)]
    files: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedArchived {
    reason: String,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedForm {
    template: String,
    /// Key of the field to its value.
    values: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedReferral {
    by: String,
    relationship: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedNote {
    by: String,
    value: String,
    days_ago: i64,
}

/// The latest position in a resume.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedPosition {
    title: String,
    org: String,
    since_year: u16,
}

/// Adds every seeded candidate to the world.
pub(super) fn add_all(world: &mut World, now: i64) {
    let seed: Vec<SeedCandidate> = serde_json::from_str(CANDIDATES).expect("a test reads the seed");
    for candidate in seed {
        candidate.add_to(world, now);
    }
}

impl SeedCandidate {
    fn add_to(self, world: &mut World, now: i64) {
        let created_at = now - self.days_ago * DAY_MS;
        let ids = CandidateIds::seeded(&self.key);
        let id = world.add_candidate(self.to_new(), ids, created_at);
        let changes = self.stage_changes(world, now);
        let forms = self.forms.iter();
        let forms: Vec<Value> = forms
            .filter_map(|form| form.read(world, &self.key, created_at))
            .collect();
        let contact = world.opportunities.get(&id).map(|one| one.contact.clone());
        if let (true, Some(contact)) = (self.anonymised, contact) {
            world.update_contact(&contact, |contact| contact.is_anonymized = true);
        }
        let Some(mut opportunity) = world.opportunities.get_mut(&id) else {
            return;
        };
        self.finish(&mut opportunity, changes, created_at, now);
        opportunity.forms = forms;
        drop(opportunity);
        for (place, offer) in self.offers.iter().enumerate() {
            offer.add_to(world, &self.key, &id, place, now);
        }
    }

    fn to_new(&self) -> NewCandidate {
        let phones = self.phones.iter().map(|(kind, value)| Phone {
            kind: kind.clone(),
            value: value.clone(),
        });
        let contact = self.contact_of.as_deref();
        NewCandidate {
            name: self.name.clone(),
            headline: self.headline.clone(),
            location: self.location.clone(),
            emails: self.emails.clone(),
            phones: phones.collect(),
            links: self.links.clone(),
            posting: self.posting.as_deref().map(|key| seeded_id("posting", key)),
            stage: None,
            origin: Some(self.origin),
            sources: self.sources.clone(),
            tags: Vec::new(),
            owner: Some(seeded_id(
                "user",
                self.owner.as_deref().unwrap_or(RECRUITER),
            )),
            contact: contact.map(|key| seeded_id("contact", key)),
        }
    }

    /// The way through the stages, spread evenly over the time since then; the first has no user.
    fn stage_changes(&self, world: &World, now: i64) -> Vec<StageChange> {
        let until = self
            .archived
            .as_ref()
            .map_or(0, |archived| archived.days_ago);
        let span = (self.days_ago - until) * DAY_MS;
        let steps = i64::try_from(self.path.len()).unwrap_or(1).max(1);
        let created_at = now - self.days_ago * DAY_MS;
        let place_of = |key: &str| {
            let company = &world.company;
            let by_slug = company.stage_index(key);
            by_slug.or_else(|| company.stage_index(&seeded_id("stage", key)))
        };
        let changes = self.path.iter().zip(0..).filter_map(|(key, step)| {
            let to_stage_index = place_of(key)?;
            Some(StageChange {
                to_stage_id: world.company.stages.get(to_stage_index)?.id.clone(),
                to_stage_index,
                updated_at: created_at + span * step / steps,
                user_id: (step > 0).then(|| seeded_id("user", RECRUITER)),
            })
        });
        changes.collect()
    }

    fn finish(
        &self,
        opportunity: &mut Opportunity,
        changes: Vec<StageChange>,
        created_at: i64,
        now: i64,
    ) {
        if let Some(last) = changes.last() {
            opportunity.stage.clone_from(&last.to_stage_id);
            opportunity.last_advanced_at = last.updated_at;
            opportunity.last_interaction_at = last.updated_at;
        }
        opportunity.updated_at = self.touched.then_some(opportunity.last_advanced_at);
        opportunity.stage_changes = changes;
        if self.confidential {
            opportunity.confidentiality = Confidentiality::Confidential;
        }
        opportunity.archived = self.archived.as_ref().map(|archived| Archived {
            reason: seeded_id("archive-reason", &archived.reason),
            archived_at: now - archived.days_ago * DAY_MS,
        });
        let notes = self.notes.iter().enumerate().map(|(place, note)| {
            Note::on_page(
                seeded_id("note", &format!("{}/{place}", self.key)),
                note.value.clone(),
                Some(seeded_id("user", &note.by)),
                opportunity.stage.clone(),
                now - note.days_ago * DAY_MS,
            )
        });
        let notes: Vec<Note> = notes.collect();
        opportunity.resumes = self.resume(created_at).into_iter().collect();
        opportunity.files = self.files(created_at);
        opportunity.notes = notes;
        opportunity.referrals = self.referral_json(created_at).into_iter().collect();
        if let Some(application) = &mut opportunity.application {
            application.custom_questions = self.questions_json(created_at).into_iter().collect();
        }
    }

    fn resume(&self, uploaded_at: i64) -> Option<Resume> {
        let SeedPosition {
            title,
            org,
            since_year,
        } = self.resume.as_ref()?;
        let content = format!("{}\n\n{title}, {org}\nsince {since_year}\n", self.name);
        let file = StoredFile {
            id: seeded_id("resume", &self.key),
            name: format!("{}.txt", self.key),
            uploaded_at,
            content: content.into_bytes(),
        };
        let position = json!({
            "org": org,
            "title": title,
            "summary": "",
            "location": self.location,
            "start": {"year": since_year, "month": 1},
            "end": null,
        });
        Some(Resume {
            file,
            parsed: json!({"positions": [position], "schools": []}),
        })
    }

    fn files(&self, uploaded_at: i64) -> Vec<StoredFile> {
        let files = self.files.iter().map(|(name, content)| StoredFile {
            id: seeded_id("file", &format!("{}/{name}", self.key)),
            name: name.clone(),
            uploaded_at,
            content: content.clone().into_bytes(),
        });
        files.collect()
    }

    fn referral_json(&self, created_at: i64) -> Option<Value> {
        let referral = self.referral.as_ref()?;
        let referrer = seeded_id("user", &referral.by);
        Some(json!({
            "id": seeded_id("referral", &self.key),
            "type": "referral",
            "text": "Referral",
            "instructions": "",
            "baseTemplateId": seeded_id("form-template", "referral"),
            "fields": [{
                "id": seeded_id("form-field", "referral/relationship"),
                "type": "dropdown",
                "text": "Relationship",
                "description": "",
                "required": false,
                "prompt": "Select one",
                "options": [{"text": "Friend"}, {"text": "Former colleague"}, {"text": "Other"}],
                "value": referral.relationship,
            }],
            "referrer": referrer,
            "user": referrer,
            "stage": null,
            "createdAt": created_at,
            "completedAt": created_at,
        }))
    }

    fn questions_json(&self, created_at: i64) -> Option<Value> {
        if self.questions.is_empty() {
            return None;
        }
        let fields: Vec<Value> = self
            .questions
            .iter()
            .map(|(text, value)| {
                json!({
                    "id": seeded_id("question", text),
                    "type": "text",
                    "text": text,
                    "description": "",
                    "required": false,
                    "value": value,
                })
            })
            .collect();
        Some(json!({
            "id": seeded_id("questions", &self.key),
            "type": "posting",
            "text": "Application questions",
            "instructions": "",
            "fields": fields,
            "baseTemplateId": seeded_id("form-template", "application"),
            "user": seeded_id("user", SUPER_ADMIN),
            "stage": null,
            "createdAt": created_at,
            "completedAt": created_at,
        }))
    }
}

impl SeedForm {
    /// The filled-in form, with the fields of its template.
    fn read(&self, world: &World, candidate: &str, created_at: i64) -> Option<Value> {
        let template_id = seeded_id("form-template", &self.template);
        let template = world
            .company
            .template(TemplateList::Profile, &template_id)
            .ok()?;
        let fields = template.fields.iter().map(|field| {
            let value = self.values.iter().find(|(key, _)| {
                field.id == seeded_id("form-field", &format!("{}/{key}", self.template))
            });
            field.filled(value.map_or(&Value::Null, |(_, value)| value))
        });
        let fields: Vec<Value> = fields.collect::<Result<_, _>>().ok()?;
        Some(json!({
            "id": seeded_id("form", &format!("{candidate}/{}", self.template)),
            "type": "form",
            "text": template.text,
            "instructions": "",
            "baseTemplateId": template_id,
            "fields": fields,
            "user": seeded_id("user", RECRUITER),
            "stage": "offer",
            "createdAt": created_at,
            "completedAt": created_at,
            "deletedAt": null,
        }))
    }
}
