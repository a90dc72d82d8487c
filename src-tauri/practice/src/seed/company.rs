//! Reads `seed/company.json`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::DAY_MS;
use crate::identifiers::seeded_id;
use crate::state::{
    ArchiveReason, ChainApprover, ChainStep, Company, Confidentiality, DefaultChain, FieldKind,
    FormField, Group, HeadcountTotal, MadeBy, OfferForm, Posting, Purpose, ReasonType, Requisition,
    RequisitionField, Role, Stage, Template, TemplateField, TemplateFieldKind, TemplateList, User,
};

const COMPANY: &str = include_str!("../../seed/company.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedCompany {
    name: String,
    users: Vec<SeedUser>,
    stages: Vec<SeedStage>,
    archive_reasons: Vec<SeedReason>,
    requisition_fields: Vec<RequisitionField>,
    requisitions: Vec<SeedRequisition>,
    postings: Vec<SeedPosting>,
    form_templates: Vec<SeedTemplate>,
    feedback_templates: Vec<SeedTemplate>,
    offer_form: Vec<SeedOfferField>,
    offer_approvals: Vec<SeedApprovals>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedUser {
    key: String,
    name: String,
    email: String,
    role: Role,
    job_title: String,
    days_ago: i64,
    deactivated_days_ago: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedStage {
    key: String,
    /// Built-in stages have their slug as id (LEVER.md 2.5).
    #[serde(default)]
    built_in: bool,
    text: String,
    pipeline: String,
    rank: f64,
    #[serde(default)]
    has_interview: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedReason {
    key: String,
    text: String,
    #[serde(rename = "type")]
    kind: ReasonType,
    status: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedRequisition {
    key: String,
    code: String,
    name: String,
    status: String,
    headcount: Value,
    hired: u32,
    hiring_manager: Option<String>,
    employment: String,
    location: String,
    team: String,
    department: String,
    band: Option<(u32, u32, String)>,
    custom: Value,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedPosting {
    key: String,
    text: String,
    state: String,
    #[serde(default)]
    confidential: bool,
    team: String,
    department: String,
    location: String,
    commitment: String,
    owner: String,
    hiring_manager: Option<String>,
    requisition: Option<String>,
    country: String,
    workplace: String,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedTemplate {
    key: String,
    text: String,
    #[serde(default)]
    secret: bool,
    /// The name of its group, which is also the key of the group's id.
    group: Option<String>,
    /// Whether its key is its id, as for Lever's own templates.
    #[serde(default)]
    built_in: bool,
    #[serde(default)]
    fields: Vec<SeedField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedField {
    key: String,
    #[serde(rename = "type")]
    kind: TemplateFieldKind,
    text: String,
    required: bool,
    currency: Option<String>,
    options: Option<Vec<String>>,
}

/// A row of the offer form: one of Lever's own by its identifier, or one of the customer's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedOfferField {
    identifier: String,
    text: Option<String>,
    #[serde(rename = "type")]
    kind: Option<FieldKind>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    needs_reapproval: bool,
}

/// A step of the default approval chain: keys of users, or `@hiring-manager`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedApprovals {
    approvers: Vec<String>,
    needed: usize,
}

/// The company at `now` (ms).
pub(super) fn read(now: i64) -> Company {
    let seed: SeedCompany = serde_json::from_str(COMPANY).expect("a test reads the seed");
    let mut users: Vec<User> = seed.users.into_iter().map(|user| user.read(now)).collect();
    users.sort_by_key(|user| std::cmp::Reverse(user.created_at));
    let codes: Vec<(String, String)> = seed
        .requisitions
        .iter()
        .map(|requisition| (requisition.key.clone(), requisition.code.clone()))
        .collect();
    let postings = seed.postings.into_iter().map(|posting| {
        let code = codes
            .iter()
            .find(|(key, _)| Some(key) == posting.requisition.as_ref())
            .map(|(_, code)| code.clone());
        posting.read(code, now)
    });
    Company {
        name: seed.name,
        users,
        stages: seed.stages.into_iter().map(SeedStage::read).collect(),
        archive_reasons: seed
            .archive_reasons
            .into_iter()
            .map(SeedReason::read)
            .collect(),
        postings: postings.collect(),
        requisitions: seed
            .requisitions
            .into_iter()
            .map(|one| one.read(now))
            .collect(),
        requisition_fields: seed.requisition_fields,
        form_templates: seed
            .form_templates
            .into_iter()
            .map(|one| one.read(TemplateList::Profile, now))
            .collect(),
        feedback_templates: seed
            .feedback_templates
            .into_iter()
            .map(|one| one.read(TemplateList::Feedback, now))
            .collect(),
        offer_form: OfferForm::new(
            seed.offer_form
                .into_iter()
                .map(SeedOfferField::read)
                .collect(),
        ),
        approvals: DefaultChain::new(
            (1..)
                .zip(&seed.offer_approvals)
                .map(|(number, step)| step.read(number))
                .collect(),
        ),
    }
}

impl SeedOfferField {
    fn read(self) -> FormField {
        let own = self.text.zip(self.kind).map(|(text, kind)| FormField {
            identifier: self.identifier.clone(),
            text,
            kind,
            options: self.options,
            needs_reapproval: self.needs_reapproval,
        });
        own.or_else(|| FormField::standard(&self.identifier))
            .expect("a test reads the seed")
    }
}

impl SeedApprovals {
    /// The step with this number in the chain.
    fn read(&self, number: usize) -> ChainStep {
        let approvers = self.approvers.iter().map(|key| match key.as_str() {
            "@hiring-manager" => ChainApprover::HiringManager,
            key => ChainApprover::User(seeded_id("user", key)),
        });
        ChainStep {
            id: seeded_id("approval-step", &number.to_string()),
            approvers: approvers.collect(),
            needed: self.needed,
        }
    }
}

/// The id of a stage by its key.
pub(super) fn stage_id(key: &str, built_in: bool) -> String {
    if built_in {
        key.to_owned()
    } else {
        seeded_id("stage", key)
    }
}

fn user_id(key: &Option<String>) -> Option<String> {
    key.as_deref().map(|key| seeded_id("user", key))
}

impl SeedUser {
    fn read(self, now: i64) -> User {
        let username = self.email.split('@').next().unwrap_or_default().to_owned();
        User {
            id: seeded_id("user", &self.key),
            name: self.name,
            username,
            email: self.email,
            access_role: self.role,
            photo: None,
            created_at: now - self.days_ago * DAY_MS,
            deactivated_at: self.deactivated_days_ago.map(|days| now - days * DAY_MS),
            external_directory_id: None,
            linked_contact_ids: None,
            job_title: Some(self.job_title),
            manager_id: None,
        }
    }
}

impl SeedStage {
    fn read(self) -> Stage {
        Stage {
            id: stage_id(&self.key, self.built_in),
            text: self.text,
            pipeline: self.pipeline,
            rank: self.rank,
            has_interview: self.has_interview,
        }
    }
}

impl SeedReason {
    fn read(self) -> ArchiveReason {
        ArchiveReason {
            id: seeded_id("archive-reason", &self.key),
            text: self.text,
            status: self.status.unwrap_or_else(|| "active".to_owned()),
            kind: self.kind,
        }
    }
}

impl SeedRequisition {
    fn read(self, now: i64) -> Requisition {
        let id = seeded_id("requisition", &self.key);
        let created_at = now - self.days_ago * DAY_MS;
        let hiring_manager = user_id(&self.hiring_manager);
        let limit = self
            .headcount
            .as_u64()
            .and_then(|total| u32::try_from(total).ok());
        let owner = seeded_id("user", super::SUPER_ADMIN);
        let band = self.band.map(|(min, max, currency)| {
            json!({"min": min, "max": max, "currency": currency, "interval": "per-year-salary"})
        });
        let document = json!({
            "id": id,
            "createdAt": created_at,
            "confidentiality": "non-confidential",
            "status": self.status,
            "name": self.name,
            "requisitionCode": self.code,
            "headcountTotal": self.headcount,
            "headcountInfinite": limit.is_none(),
            "backfill": false,
            "creator": owner,
            "owner": owner,
            "hiringManager": hiring_manager,
            "internalNotes": "",
            "compensationBand": band,
            "approval": {"steps": []},
            "employmentStatus": self.employment,
            "location": self.location,
            "team": self.team,
            "department": self.department,
            "postings": [],
            "timeToFillStartAt": null,
            "timeToFillEndAt": null,
            "customFields": self.custom,
            "closedAt": if self.status == "closed" { Some(created_at) } else { None },
        });
        Requisition {
            id,
            code: self.code,
            status: self.status,
            created_at,
            confidentiality: Confidentiality::NonConfidential,
            headcount_total: limit.map_or(HeadcountTotal::Unlimited, HeadcountTotal::Limited),
            headcount_hired: self.hired,
            hiring_manager,
            updated_at: created_at,
            document: members(document),
        }
    }
}

impl SeedPosting {
    fn read(self, code: Option<String>, now: i64) -> Posting {
        let id = seeded_id("posting", &self.key);
        let created_at = now - self.days_ago * DAY_MS;
        let owner = seeded_id("user", &self.owner);
        let hiring_manager = user_id(&self.hiring_manager);
        let confidentiality = if self.confidential {
            Confidentiality::Confidential
        } else {
            Confidentiality::NonConfidential
        };
        let site = "https://jobs.example.com/tarnhollow";
        let urls = json!({"list": site, "show": format!("{site}/{id}"), "apply": format!("{site}/{id}/apply")});
        let document = json!({
            "id": id,
            "text": self.text,
            "state": self.state,
            "distributionChannels": ["internal", "public"],
            "user": owner,
            "owner": owner,
            "hiringManager": hiring_manager,
            "categories": {
                "commitment": self.commitment,
                "department": self.department,
                "level": null,
                "location": self.location,
                "team": self.team,
                "allLocations": [self.location],
            },
            "tags": [],
            "content": {
                "description": format!("{} at {}.\n", self.text, self.location),
                "descriptionHtml": format!("<div>{} at {}.</div>", self.text, self.location),
                "lists": [],
                "closing": "",
                "closingHtml": "",
            },
            "country": self.country,
            "followers": [],
            "reqCode": null,
            "requisitionCodes": code.iter().collect::<Vec<_>>(),
            "salaryRange": null,
            "urls": if self.state == "draft" { Value::Null } else { urls },
            "confidentiality": confidentiality,
            "createdAt": created_at,
            "updatedAt": created_at,
            "workplaceType": self.workplace,
            "transcribeInterviews": false,
            "screening": {"enabled": false},
        });
        Posting {
            id,
            created_at,
            confidentiality,
            owner: Some(owner),
            hiring_manager,
            tags: vec![
                self.text.clone(),
                self.team,
                self.location.clone(),
                self.commitment,
            ],
            text: self.text,
            state: self.state,
            location: Some(self.location),
            requisition: self.requisition.map(|key| seeded_id("requisition", &key)),
            document: members(document),
        }
    }
}

impl SeedTemplate {
    fn read(self, list: TemplateList, now: i64) -> Template {
        let at = now - 365 * DAY_MS;
        let kind = match list {
            TemplateList::Profile => "form-template",
            TemplateList::Feedback => "feedback-template",
        };
        let fields = self.fields.into_iter();
        Template {
            fields: fields.map(|field| field.read(&self.key)).collect(),
            id: if self.built_in {
                self.key
            } else {
                seeded_id(kind, &self.key)
            },
            created_at: at,
            updated_at: at,
            text: self.text,
            instructions: String::new(),
            group: self.group.map(|name| Group {
                id: seeded_id("group", &name),
                name,
            }),
            purpose: match list {
                TemplateList::Profile => Purpose::Profile {
                    secret_by_default: self.secret,
                },
                TemplateList::Feedback => Purpose::Feedback { stage: Value::Null },
            },
            made_by: MadeBy::Page,
        }
    }
}

impl SeedField {
    fn read(self, template: &str) -> TemplateField {
        let mut details = Map::new();
        if let Some(currency) = self.currency {
            details.insert("currency".to_owned(), currency.into());
        }
        if let Some(options) = self.options {
            let options: Value = options.iter().map(|text| json!({"text": text})).collect();
            details.insert("prompt".to_owned(), "Select one".into());
            details.insert("options".to_owned(), options);
        }
        TemplateField {
            id: seeded_id("form-field", &format!("{template}/{}", self.key)),
            kind: self.kind,
            text: self.text,
            description: String::new(),
            required: self.required,
            details,
        }
    }
}

fn members(document: Value) -> Map<String, Value> {
    match document {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}
