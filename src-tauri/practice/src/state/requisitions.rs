//! Adding, replacing and deleting requisitions over the API (LEVER.md 3.10).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    ChangeError, Company, Confidentiality, HeadcountTotal, OfferValue, Requisition, World,
};
use crate::identifiers::{random_id, seeded_id};

/// Where a requisition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RequisitionStatus {
    Open,
    OnHold,
    Closed,
    Draft,
}

/// Pay from `min` to `max`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CompensationBand {
    min: Option<f64>,
    max: Option<f64>,
    currency: String,
    /// As in LEVER.md 2.5, for example `per-year-salary`.
    interval: String,
}

/// A requisition as it is to be: what is left out is empty afterwards.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequisitionData {
    requisition_code: String,
    name: String,
    headcount_total: HeadcountTotal,
    #[serde(default = "open")]
    status: RequisitionStatus,
    #[serde(default)]
    confidentiality: Confidentiality,
    #[serde(default)]
    backfill: bool,
    owner: Option<String>,
    hiring_manager: Option<String>,
    #[serde(default)]
    internal_notes: String,
    compensation_band: Option<CompensationBand>,
    employment_status: Option<String>,
    location: Option<String>,
    team: Option<String>,
    department: Option<String>,
    #[serde(default)]
    posting_ids: Vec<String>,
    #[serde(default)]
    custom_fields: Map<String, Value>,
}

fn open() -> RequisitionStatus {
    RequisitionStatus::Open
}

impl Company {
    /// Adds a requisition that `creator` owns unless someone else is named; returns its id.
    pub(crate) fn add_requisition(
        &mut self,
        data: RequisitionData,
        creator: &str,
        now: i64,
    ) -> Result<String, ChangeError> {
        self.check_requisition(&data, None)?;
        let id = random_id();
        let requisition = data.into_requisition(&id, creator, now, 0, now);
        self.requisitions.insert(0, requisition);
        Ok(id)
    }

    /// Replaces a requisition; how many were hired on it stays.
    pub(crate) fn replace_requisition(
        &mut self,
        id: &str,
        data: RequisitionData,
        now: i64,
    ) -> Result<(), ChangeError> {
        let not_found = || ChangeError::not_found("requisitions", id);
        self.check_requisition(&data, Some(id))?;
        let kept = self.requisition_mut(id).ok_or_else(not_found)?;
        let creator = kept.document["creator"].as_str().unwrap_or_default();
        *kept = data.into_requisition(id, creator, kept.created_at, kept.headcount_hired, now);
        Ok(())
    }

    /// Deletes a requisition; who was hired on it keeps the mark.
    pub(crate) fn delete_requisition(&mut self, id: &str) -> Result<(), ChangeError> {
        if self.requisition(id).is_none() {
            return Err(ChangeError::not_found("requisitions", id));
        }
        self.requisitions.retain(|one| one.id != id);
        Ok(())
    }

    /// `own` is the requisition that the data is for.
    fn check_requisition(
        &self,
        data: &RequisitionData,
        own: Option<&str>,
    ) -> Result<(), ChangeError> {
        if data.requisition_code.trim().is_empty() || data.name.trim().is_empty() {
            return Err(ChangeError::invalid(
                "requisitionCode and name must not be empty",
            ));
        }
        let mut others = self.requisitions.iter();
        if others.any(|one| one.code == data.requisition_code && Some(one.id.as_str()) != own) {
            return Err(ChangeError::invalid(
                "another requisition has this requisitionCode",
            ));
        }
        for user in data.owner.iter().chain(&data.hiring_manager) {
            if self.user(user).is_none() {
                return Err(ChangeError::not_found("users", user));
            }
        }
        for posting in &data.posting_ids {
            if self.posting(posting).is_none() {
                return Err(ChangeError::not_found("postings", posting));
            }
        }
        for name in data.custom_fields.keys() {
            self.requisition_field(name)?;
        }
        let missing = self.requisition_fields.iter().find(|field| {
            let value = data.custom_fields.get(&field.id);
            field.is_required && value.is_none_or(Value::is_null)
        });
        match missing {
            Some(field) => Err(ChangeError::Invalid(format!("{} is required", field.id))),
            None => Ok(()),
        }
    }
}

impl RequisitionData {
    fn into_requisition(
        self,
        id: &str,
        creator: &str,
        created_at: i64,
        headcount_hired: u32,
        now: i64,
    ) -> Requisition {
        let status = self.status;
        let is_unlimited = self.headcount_total == HeadcountTotal::Unlimited;
        let document = json!({
            "id": id,
            "createdAt": created_at,
            "confidentiality": self.confidentiality,
            "status": status,
            "name": self.name,
            "requisitionCode": self.requisition_code,
            "headcountTotal": self.headcount_total,
            "headcountInfinite": is_unlimited,
            "backfill": self.backfill,
            "creator": creator,
            "owner": self.owner.as_deref().unwrap_or(creator),
            "hiringManager": self.hiring_manager,
            "internalNotes": self.internal_notes,
            "compensationBand": self.compensation_band,
            "approval": {"steps": []},
            "employmentStatus": self.employment_status,
            "location": self.location,
            "team": self.team,
            "department": self.department,
            "postings": self.posting_ids,
            "timeToFillStartAt": null,
            "timeToFillEndAt": null,
            "customFields": self.custom_fields,
            "closedAt": (status == RequisitionStatus::Closed).then_some(now),
        });
        let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
        Requisition {
            id: id.to_owned(),
            code: self.requisition_code,
            status: text(json!(status)),
            created_at,
            confidentiality: self.confidentiality,
            headcount_total: self.headcount_total,
            headcount_hired,
            hiring_manager: self.hiring_manager,
            updated_at: now,
            document: document.as_object().cloned().unwrap_or_default(),
        }
    }
}

impl World {
    /// Ids of the offers that name a requisition, by its id. An offer leaves the requisition when its
    /// candidate is hired on it (LEVER.md 3.1).
    pub(crate) fn offers_by_requisition(&self) -> HashMap<&str, Vec<&str>> {
        let mut offers: HashMap<&str, Vec<&str>> = HashMap::new();
        for opportunity in self.opportunities.living() {
            let application = opportunity.application.as_ref();
            let hired_on = application.and_then(|one| one.requisition_for_hire.as_ref());
            for offer in &opportunity.offers {
                let mut rows = offer.fields().iter();
                let row = rows.find(|row| row.field.identifier == "requisition");
                if let Some(OfferValue::Text(requisition)) = row.map(|row| &row.value)
                    && hired_on.is_none_or(|hired_on| hired_on.id != *requisition)
                {
                    offers.entry(requisition).or_default().push(&offer.id);
                }
            }
        }
        offers
    }
}

impl Requisition {
    /// The raw record that POST and PUT answer with (LEVER.md 3.10).
    pub(crate) fn to_raw_json(
        &self,
        company: &Company,
        offers: &HashMap<&str, Vec<&str>>,
    ) -> Value {
        let mut raw = self.to_json(offers);
        let Some(members) = raw.as_object_mut() else {
            return raw;
        };
        for (name, raw_name) in [
            ("creator", "creatorUserId"),
            ("owner", "ownerUserId"),
            ("postings", "postingIds"),
            ("offerIds", "reservedOfferIds"),
        ] {
            if let Some(value) = members.remove(name) {
                members.insert(raw_name.to_owned(), value);
            }
        }
        let is_confidential = |id: &Value| {
            let posting = id.as_str().and_then(|id| company.posting(id));
            posting.is_some_and(|one| one.confidentiality == Confidentiality::Confidential)
        };
        let postings = members["postingIds"].as_array();
        let has_confidential = postings.is_some_and(|ids| ids.iter().any(is_confidential));
        let name = members["name"].as_str().unwrap_or_default();
        let tokens: Vec<String> = [name, &self.code]
            .iter()
            .flat_map(|text| text.split_whitespace())
            .map(str::to_lowercase)
            .collect();
        members.insert(
            "accountId".to_owned(),
            seeded_id("account", &company.name).into(),
        );
        members.insert("hasConfidentialPosting".to_owned(), has_confidential.into());
        members.insert("search".to_owned(), json!({"nameCodeTokens": tokens}));
        let history = json!([{"status": self.status, "updatedAt": self.updated_at}]);
        members.insert("stateHistory".to_owned(), history);
        raw
    }
}
