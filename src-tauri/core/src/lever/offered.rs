//! Offers with whose they are. They are found by candidate, because Lever lists them nowhere else (LEVER.md 3.3), and
//! with no more than the permissions of offer letters.

use std::cmp::Reverse;

use super::candidate::hired_or_open;
use super::catalog::in_offer_stage;
use super::client::Client;
use super::error::Error;
use super::filter::OpportunityFilter;
use super::hired::Hired;
use super::types::{Offer, Opportunity};

/// How many candidates are looked at for a recent offer.
const LOOKED_AT: u8 = 10;

/// An offer with whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// The candidacy.
    pub opportunity: Opportunity,
    /// The offer.
    pub offer: Offer,
}

/// The offers of an opportunity, the newest first.
///
/// # Errors
/// [`Error::NotFound`] if Lever does not have the opportunity; [`Error`] if it or its offers cannot be read.
pub async fn offers_of(client: &Client, opportunity_id: &str) -> Result<Vec<Offered>, Error> {
    let opportunity = match client.opportunity(opportunity_id).await {
        Err(Error::Forbidden { .. }) => client.bare_opportunity(opportunity_id).await,
        read => read,
    };
    with_offers(client, vec![opportunity?]).await
}

/// The offers of everyone with this address, the newest first.
///
/// # Errors
/// [`Error`] if the opportunities or their offers cannot be read.
pub async fn offers_by_email(client: &Client, email: &str) -> Result<Vec<Offered>, Error> {
    let filter = OpportunityFilter {
        email: Some(email.to_owned()),
        ..OpportunityFilter::default()
    };
    let found = found(client, &filter).await?;
    with_offers(client, found).await
}

/// The offers of those who came into the Offer stage last, the newest first.
///
/// # Errors
/// [`Error`] if the opportunities or their offers cannot be read.
pub async fn recent_offers(client: &Client) -> Result<Vec<Offered>, Error> {
    let Some(filter) = in_offer_stage(client).await? else {
        return Ok(Vec::new());
    };
    let filter = OpportunityFilter {
        limit: Some(LOOKED_AT),
        ..filter
    };
    let found = found(client, &filter).await?;
    with_offers(client, found).await
}

/// The first page, in full or, where the connection may not read what is expanded, with ids.
async fn found(client: &Client, filter: &OpportunityFilter) -> Result<Vec<Opportunity>, Error> {
    let page = match client.opportunities_page(filter, None).await {
        Err(Error::Forbidden { .. }) => client.bare_opportunities_page(filter).await,
        read => read,
    };
    Ok(page?.items)
}

async fn with_offers(
    client: &Client,
    opportunities: Vec<Opportunity>,
) -> Result<Vec<Offered>, Error> {
    let mut all = Vec::new();
    let present = |one: &Opportunity| !one.is_anonymized && one.deleted_at.is_none();
    for opportunity in opportunities.into_iter().filter(present) {
        let offers = client.offers(&opportunity.id).await?;
        all.extend(offers.into_iter().map(|offer| Offered {
            opportunity: opportunity.clone(),
            offer,
        }));
    }
    all.sort_by_key(|one| Reverse(one.offer.created_at));
    Ok(all)
}

/// A candidacy with all its offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidacy {
    /// The candidacy itself.
    pub opportunity: Opportunity,
    /// Whether it is a hire; left open where the connection may not tell.
    pub hired: Hired,
    /// Its offers, the oldest first.
    pub offers: Vec<Offer>,
}

/// Reads a candidacy and its offers, in two calls where it is not archived.
///
/// # Errors
/// [`Error::NotFound`] if Lever does not have it; [`Error`] if it or its offers cannot be read.
pub async fn candidacy(client: &Client, opportunity_id: &str) -> Result<Candidacy, Error> {
    let opportunity = super::candidate::opportunity(client, opportunity_id).await?;
    let mut offers = client.offers(opportunity_id).await?;
    offers.sort_by_key(|offer| offer.created_at);
    let hired = hired_or_open(client, &opportunity, &mut Vec::new()).await?;
    Ok(Candidacy {
        opportunity,
        hired,
        offers,
    })
}

/// The ids of the stages that are the Offer stage; a connection that may not read the stages knows the slug that it has
/// in most accounts (LEVER.md 3.6).
///
/// # Errors
/// [`Error`] if Lever cannot be read.
pub async fn offer_stages(client: &Client) -> Result<Vec<String>, Error> {
    let filter = in_offer_stage(client).await?;
    Ok(filter.map(|filter| filter.stage_ids).unwrap_or_default())
}
