//! What a listener is for, as two columns hold it.

use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::store::connections::Integration;

/// What a listener is for: the integration that it belongs to, with what it leads into there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "ListenerPurpose")]
#[serde(tag = "integration", rename_all = "snake_case")]
pub enum Purpose {
    /// Its events let hires into a workflow.
    Onboarding {
        /// The workflow.
        workflow_id: String,
    },
    /// Its events keep offer letters in step with their offers.
    OfferLetters,
}

impl Purpose {
    /// The integration that it belongs to, whose connection it lives with.
    pub fn integration(&self) -> Integration {
        match self {
            Self::Onboarding { .. } => Integration::Onboarding,
            Self::OfferLetters => Integration::OfferLetters,
        }
    }

    /// The workflow that it leads into, if it leads into one.
    pub fn workflow_id(&self) -> Option<&str> {
        match self {
            Self::Onboarding { workflow_id } => Some(workflow_id),
            Self::OfferLetters => None,
        }
    }

    /// Reads it from the columns `integration` and `workflow_id`, the first of which is number `at` of a row.
    pub(super) fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(match row.get(at)? {
            Integration::Onboarding => Self::Onboarding {
                workflow_id: row.get(at + 1)?,
            },
            Integration::OfferLetters => Self::OfferLetters,
        })
    }

    /// The values of those columns.
    pub(super) fn columns(&self) -> (impl ToSql, impl ToSql) {
        (self.integration(), self.workflow_id())
    }
}
