//! Attributes that hold an id, or the whole object where the call asked for it.

use serde::{Deserialize, Serialize};

/// An id, or with `expand=` the object it stands for (LEVER.md 2.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    /// The id alone.
    Id(String),
    /// The object.
    Object(Box<T>),
}

impl<T> Expandable<T> {
    /// The object, if the call asked for it.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

/// What has an id of its own.
pub trait Identified {
    /// The id.
    fn id(&self) -> &str;
}

impl<T: Identified> Identified for Expandable<T> {
    fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(object) => object.id(),
        }
    }
}

/// Gives each listed resource its [`Identified`].
macro_rules! identified {
    ($($resource:ty),+ $(,)?) => {
        $(impl Identified for $resource {
            fn id(&self) -> &str {
                &self.id
            }
        })+
    };
}

identified!(
    super::Application,
    super::ArchiveReason,
    super::Contact,
    super::Form,
    super::FormTemplate,
    super::Offer,
    super::Opportunity,
    super::Posting,
    super::Requisition,
    super::RequisitionField,
    super::Stage,
    super::User,
    super::Webhook,
);
