//! Whether a candidate is hired, and who was lately.

use std::fmt;

use jiff::Timestamp;

use super::client::Client;
use super::error::Error;
use super::filter::OpportunityFilter;
use super::types::{ArchiveReason, Opportunity};

/// Whether Lever counts a candidate as hired: archived with a reason of the type `hired` (LEVER.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hired {
    /// They are.
    Yes {
        /// When; none if Lever does not say.
        at: Option<Timestamp>,
        /// The name of the archive reason.
        reason: String,
    },
    /// They are not.
    No {
        /// What they are instead.
        why: NotHired,
    },
}

/// Why a candidate is not hired, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotHired {
    /// Not archived.
    InPipeline,
    /// Archived for something else.
    Archived {
        /// The name of the archive reason.
        reason: String,
    },
    /// Archived with a reason that Lever does not list, or with none.
    UnknownReason,
}

impl fmt::Display for NotHired {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InPipeline => out.write_str("The candidate is still in the pipeline."),
            Self::Archived { reason } => {
                write!(
                    out,
                    "The candidate is archived as “{reason}”, which is not a hire."
                )
            }
            Self::UnknownReason => {
                out.write_str("The candidate is archived for a reason that Lever does not list.")
            }
        }
    }
}

/// Reads whether the candidate is hired; asks for the archive reasons again if theirs is new.
pub(super) async fn hired(client: &Client, opportunity: &Opportunity) -> Result<Hired, Error> {
    if opportunity.archived.is_none() {
        return Ok(Hired::No {
            why: NotHired::InPipeline,
        });
    }
    let judged = judge(opportunity, &client.archive_reasons().await?);
    if judged
        != (Hired::No {
            why: NotHired::UnknownReason,
        })
    {
        return Ok(judged);
    }
    client.refresh().await;
    Ok(judge(opportunity, &client.archive_reasons().await?))
}

fn judge(opportunity: &Opportunity, reasons: &[ArchiveReason]) -> Hired {
    let Some(archived) = &opportunity.archived else {
        return Hired::No {
            why: NotHired::InPipeline,
        };
    };
    let reason = reasons
        .iter()
        .find(|reason| Some(&reason.id) == archived.reason.as_ref());
    match reason {
        Some(reason) if reason.is_hired() => Hired::Yes {
            at: archived.archived_at.map(|at| at.timestamp()),
            reason: reason.text.clone(),
        },
        Some(reason) => Hired::No {
            why: NotHired::Archived {
                reason: reason.text.clone(),
            },
        },
        None => Hired::No {
            why: NotHired::UnknownReason,
        },
    }
}

/// Which opportunities are hires; none if the account has no archive reason for hires.
pub(super) async fn hires(client: &Client) -> Result<Option<OpportunityFilter>, Error> {
    let reasons = client.archive_reasons().await?;
    let archive_reason_ids: Vec<_> = reasons
        .iter()
        .filter(|reason| reason.is_hired())
        .map(|reason| reason.id.to_string())
        .collect();
    let filter = OpportunityFilter {
        archive_reason_ids,
        archived: Some(true),
        ..OpportunityFilter::default()
    };
    Ok((!filter.archive_reason_ids.is_empty()).then_some(filter))
}

/// Everyone hired at `since` or later, the latest first.
///
/// # Errors
/// [`Error`] if the archive reasons or the opportunities cannot be read.
pub async fn recent_hires(client: &Client, since: Timestamp) -> Result<Vec<Opportunity>, Error> {
    let Some(filter) = hires(client).await? else {
        return Ok(Vec::new());
    };
    let filter = OpportunityFilter {
        archived_since: Some(since),
        ..filter
    };
    let mut hires = client.opportunities(&filter).await?;
    let at = |hire: &Opportunity| {
        hire.archived
            .as_ref()
            .and_then(|archived| archived.archived_at)
    };
    hires.sort_by_key(|hire| std::cmp::Reverse(at(hire)));
    Ok(hires)
}
