//! What Lever offers to a mapping, with examples from recent candidates.

use std::collections::HashSet;

use rusqlite::Connection;

use super::client::Client;
use super::custom::{self, Custom};
use super::error::Error;
use super::facts::Facts;
use super::fields::standard;
use super::filled;
use super::filter::OpportunityFilter;
use super::gather::{Which, current_offer, gather, optional};
use super::hired::{hired, hires};
use super::parts::Parts;
use super::types::Opportunity;
use super::value::example;
use crate::mapping::{Mapping, SourceField, SourceGroup, company_fields};
use crate::store::{StoreError, catalog};

/// How many hires and how many candidates in the Offer stage are looked at for custom fields.
const SAMPLES_OF_EACH: u8 = 5;

/// Of how many of them everything is read, for examples.
const READ_WHOLE: usize = 3;

/// Every field that this account's Lever can tell, in the order of the dropdown: by group, the standard fields
/// first. About forty calls. The customer's fields on offer forms and applications are found in a few recent
/// hires and offers, because Lever lists them nowhere (LEVER.md 3.3).
///
/// # Errors
/// [`Error`] if Lever cannot be read at all; parts that the connection may not read are left out.
pub async fn catalog(client: &Client) -> Result<Vec<SourceField>, Error> {
    let mut closed = Vec::new();
    let definitions = optional(client.requisition_fields().await, &mut closed)?.unwrap_or_default();
    let samples = Box::pin(samples(client)).await?;
    let mut fields: Vec<SourceField> = standard()
        .map(|field| {
            let mut values = samples.iter().map(|facts| (field.read)(facts));
            field.source(if field.masked {
                None
            } else {
                values.find_map(|value| example(&value))
            })
        })
        .collect();
    let mut customs = custom::of_requisition(&definitions, None);
    for facts in &samples {
        customs.extend(custom::of_requisition(
            &definitions,
            facts.requisition.as_ref(),
        ));
        customs.extend(custom::of_offer(facts));
        customs.extend(custom::of_application(facts));
        customs.extend(filled::of_forms(facts));
        customs.extend(filled::of_referral(facts));
    }
    let templates = optional(client.form_templates().await, &mut closed)?.unwrap_or_default();
    customs.extend(templates.iter().flat_map(filled::of_template));
    fields.extend(merged(customs));
    fields.sort_by(|left, right| order(left).cmp(&order(right)));
    Ok(fields)
}

/// The fields that every Lever has, without examples; what can be offered before Lever was read.
pub fn standard_fields() -> Vec<SourceField> {
    let mut fields: Vec<SourceField> = standard().map(|field| field.source(None)).collect();
    fields.sort_by(|left, right| order(left).cmp(&order(right)));
    fields
}

/// What a mapping can read as far as it is known: the standard fields while Lever was never read.
///
/// # Errors
/// [`StoreError`] if the fields that were read cannot be.
pub fn source_fields(db: &Connection, mapping: Mapping) -> Result<Vec<SourceField>, StoreError> {
    let known = catalog::of(db, mapping)?;
    if !known.is_empty() {
        return Ok(known);
    }
    let mut standard = standard_fields();
    if mapping == Mapping::Offers {
        standard.extend(company_fields());
    }
    Ok(standard)
}

fn order(field: &SourceField) -> (SourceGroup, bool, Option<&str>) {
    (
        field.group,
        field.custom,
        field.custom.then_some(field.label.as_str()),
    )
}

/// One field for each id, with the first filled value's type and example.
fn merged(mut customs: Vec<Custom>) -> impl Iterator<Item = SourceField> {
    customs.sort_by_key(|custom| custom.value.is_empty());
    let mut seen = HashSet::new();
    customs.into_iter().filter_map(
        move |Custom {
                  field,
                  value,
                  masked,
              }| {
            let example = if masked { None } else { example(&value) };
            seen.insert(field.id.clone())
                .then_some(SourceField { example, ..field })
        },
    )
}

/// Some recent hires and offers, with their offer forms.
async fn samples(client: &Client) -> Result<Vec<Facts>, Error> {
    let mut closed = Vec::new();
    let mut filters: Vec<OpportunityFilter> = Vec::new();
    filters.extend(optional(hires(client).await, &mut closed)?.flatten());
    filters.extend(optional(in_offer_stage(client).await, &mut closed)?.flatten());

    let mut samples: Vec<Facts> = Vec::new();
    for filter in filters {
        let filter = OpportunityFilter {
            limit: Some(SAMPLES_OF_EACH),
            ..filter
        };
        let page = optional(client.opportunities_page(&filter, None).await, &mut closed)?;
        for opportunity in page.into_iter().flat_map(|page| page.items) {
            let known = samples
                .iter()
                .any(|facts| facts.opportunity.id == opportunity.id);
            if !known && !opportunity.is_anonymized {
                samples.push(Box::pin(sample(client, opportunity, samples.len())).await?);
            }
        }
    }
    Ok(samples)
}

async fn sample(client: &Client, opportunity: Opportunity, place: usize) -> Result<Facts, Error> {
    let mut closed = Vec::new();
    let hired = hired(client, &opportunity).await?;
    let mut facts = Facts::of(opportunity, hired, client.pace.clock().now());
    if place < READ_WHOLE {
        Box::pin(gather(client, &mut facts, &Parts::every(), Which::Current)).await?;
    } else {
        let offers = client.offers(&facts.opportunity.id).await;
        facts.offer = optional(offers, &mut closed)?.and_then(current_offer);
    }
    Ok(facts)
}

/// Who is in the Offer stage; none if the account has no such stage. A connection that may not read the stages finds
/// it by the slug that it has in most accounts (LEVER.md 3.6).
pub(super) async fn in_offer_stage(client: &Client) -> Result<Option<OpportunityFilter>, Error> {
    let stage_ids: Vec<_> = match optional(client.stages().await, &mut Vec::new())? {
        Some(stages) => stages
            .iter()
            .filter(|stage| stage.is_offer())
            .map(|stage| stage.id.to_string())
            .collect(),
        None => vec!["offer".to_owned()],
    };
    let filter = OpportunityFilter {
        stage_ids,
        archived: Some(false),
        ..OpportunityFilter::default()
    };
    Ok((!filter.stage_ids.is_empty()).then_some(filter))
}
