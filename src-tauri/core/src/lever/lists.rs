//! The values of many at once, from the lists that Lever gives out a hundred to a call. For counting, where reading
//! every candidate whole would take a dozen calls for each.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use serde_json::json;

use super::catalog::in_offer_stage;
use super::client::Client;
use super::custom::{self, Custom};
use super::endpoint;
use super::error::Error;
use super::facts::Facts;
use super::fields::standard;
use super::filter::OpportunityFilter;
use super::gather::optional;
use super::hired::{Hired, NotHired, hired, hires};
use super::types::{Opportunity, User, lenient};
use crate::mapping::Record;

/// The most items that are read of a list.
pub const MOST_LISTED: usize = 500;

/// A list that tells some fields of each of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The opportunities that were hired or are in the Offer stage.
    Opportunities,
    /// The postings.
    Postings,
    /// The requisitions.
    Requisitions,
}

impl List {
    const ALL: [Self; 3] = [Self::Opportunities, Self::Postings, Self::Requisitions];

    /// The list whose items tell every one of these fields; none if no single one does, or there are none.
    pub fn of(fields: &[String]) -> Option<Self> {
        let tells = |list: &Self| fields.iter().all(|field| list.tells(field));
        let mut lists = Self::ALL.into_iter().filter(|_| !fields.is_empty());
        lists.find(tells)
    }

    fn tells(self, field: &str) -> bool {
        let prefixes: &[&str] = match self {
            Self::Opportunities => &["opportunity.", "stage.", "owner."],
            Self::Postings => &["posting."],
            Self::Requisitions => &["requisition."],
        };
        prefixes.iter().any(|prefix| field.starts_with(prefix))
    }

    /// The fields of one item.
    fn record(self, facts: &Facts, customs: impl IntoIterator<Item = Custom>) -> Record {
        let mut record = Record::new();
        for field in standard().filter(|field| self.tells(field.id)) {
            record.set(field.id, (field.read)(facts));
        }
        for Custom { field, value, .. } in customs {
            record.set(field.id, value);
        }
        record
    }
}

/// Reads a list, the first [`MOST_LISTED`] items of it: a record for each, with the fields that the list tells.
///
/// # Errors
/// [`Error`] if it cannot be read; [`Error::Forbidden`] if the connection may not.
pub async fn listed(client: &Client, list: List) -> Result<Vec<Record>, Error> {
    match list {
        List::Opportunities => opportunities(client).await,
        List::Postings => postings(client).await,
        List::Requisitions => requisitions(client).await,
    }
}

async fn opportunities(client: &Client) -> Result<Vec<Record>, Error> {
    let mut closed = Vec::new();
    let mut filters: Vec<OpportunityFilter> = Vec::new();
    filters.extend(optional(hires(client).await, &mut closed)?.flatten());
    filters.extend(optional(in_offer_stage(client).await, &mut closed)?.flatten());
    let mut facts = Blank::new(client).await?;
    let mut records = Vec::new();
    for filter in filters {
        let found: Vec<Opportunity> = client
            .opportunities_stream(filter)
            .take(MOST_LISTED - records.len())
            .try_collect()
            .await?;
        for opportunity in found.into_iter().filter(|found| !found.is_anonymized) {
            let judged = optional(hired(client, &opportunity).await, &mut closed)?;
            let unknown = Hired::No {
                why: NotHired::UnknownReason,
            };
            facts.about(opportunity, judged.unwrap_or(unknown), |facts| {
                records.push(List::Opportunities.record(facts, []));
            });
        }
    }
    Ok(records)
}

async fn postings(client: &Client) -> Result<Vec<Record>, Error> {
    let postings = client.postings(MOST_LISTED).await?;
    let mut facts = Blank::new(client).await?;
    let records = postings.into_iter().map(|posting| {
        facts.about_nobody(|facts| {
            facts.posting = Some(posting);
            List::Postings.record(facts, [])
        })
    });
    Ok(records.collect())
}

async fn requisitions(client: &Client) -> Result<Vec<Record>, Error> {
    let url = client.url(&endpoint::REQUISITION, &["requisitions"])?;
    let requisitions = client
        .first(&endpoint::REQUISITION, &url, MOST_LISTED)
        .await?;
    let definitions = optional(client.requisition_fields().await, &mut Vec::new())?;
    let definitions = definitions.as_ref().map_or(&[][..], |list| list.as_slice());
    let mut facts = Blank::new(client).await?;
    let records = requisitions.into_iter().map(|requisition| {
        facts.about_nobody(|facts| {
            let customs = custom::of_requisition(definitions, Some(&requisition));
            facts.requisition = Some(requisition);
            List::Requisitions.record(facts, customs)
        })
    });
    Ok(records.collect())
}

/// Facts about one item after the other, all with the same colleagues, who are too many to copy each time.
struct Blank {
    now: Timestamp,
    users: HashMap<String, User>,
}

impl Blank {
    /// With the colleagues of the account, as far as the connection may read them.
    async fn new(client: &Client) -> Result<Self, Error> {
        let users = optional(client.account_users().await, &mut Vec::new())?.unwrap_or_default();
        let by_id = users.iter().map(|user| (user.id.to_string(), user.clone()));
        Ok(Self {
            now: client.pace.clock().now(),
            users: by_id.collect(),
        })
    }

    fn about<T>(
        &mut self,
        opportunity: Opportunity,
        hired: Hired,
        read: impl FnOnce(&mut Facts) -> T,
    ) -> T {
        let mut facts = Facts::of(opportunity, hired, self.now);
        let of_its_own = std::mem::replace(&mut facts.users, std::mem::take(&mut self.users));
        facts.users.extend(of_its_own);
        let told = read(&mut facts);
        self.users = facts.users;
        told
    }

    /// About a posting or a requisition, which no opportunity is known of.
    fn about_nobody<T>(&mut self, read: impl FnOnce(&mut Facts) -> T) -> T {
        let why = NotHired::InPipeline;
        self.about(nobody(), Hired::No { why }, read)
    }
}

/// The opportunity of a posting or a requisition: there is none, and nothing of it is read.
fn nobody() -> Opportunity {
    lenient(json!({ "id": "nobody" })).expect("an opportunity needs nothing but an id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_only_if_it_tells_all_that_is_asked() {
        let of = |fields: &[&str]| {
            let fields: Vec<_> = fields.iter().map(|field| (*field).to_owned()).collect();
            List::of(&fields)
        };
        assert_eq!(of(&["posting.team", "posting.text"]), Some(List::Postings));
        assert_eq!(
            of(&["requisition.custom.cost_center.city"]),
            Some(List::Requisitions)
        );
        assert_eq!(
            of(&["stage.text", "opportunity.tags"]),
            Some(List::Opportunities)
        );
        assert_eq!(of(&["posting.team", "opportunity.tags"]), None);
        assert_eq!(of(&["offer.team"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_posting_is_read_without_any_opportunity() {
        assert_eq!(nobody().emails, Vec::<String>::new());
    }
}
