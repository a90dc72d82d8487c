//! Attributes that hold an id, or the whole object where the call asked for it.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Id, lenient};

/// An id, or with `expand=` the object it stands for (LEVER.md 2.4).
#[derive(Debug, Clone, PartialEq)]
pub enum Expandable<T> {
    /// The id alone.
    Id(Id<T>),
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

impl<'de, T: DeserializeOwned> Deserialize<'de> for Expandable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let read = if value.is_object() {
            lenient(value).map(Self::Object)
        } else {
            lenient(value).map(Self::Id)
        };
        read.map_err(D::Error::custom)
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

impl Identified for super::Form {
    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.text)
    }
}

impl Identified for super::File {
    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}

/// Gives each listed resource its [`Identified`]: its `id`, or what stands for one.
macro_rules! identified {
    ($($resource:ident $(by $name:ident)?),+ $(,)?) => {
        $(identified!(@ $resource $($name)?);)+
    };
    (@ $resource:ident) => {
        identified!(@ $resource id);
    };
    (@ $resource:ident $name:ident) => {
        impl Identified for super::$resource {
            fn id(&self) -> &str {
                &self.$name
            }
        }
    };
}

identified!(
    Application,
    ArchiveReason,
    AuditEvent,
    Contact,
    DispositionStage,
    FormTemplate,
    Interview,
    Note,
    Offer,
    Opportunity,
    Panel,
    Posting,
    Referral,
    Requisition,
    RequisitionField,
    Resume,
    Source by text,
    Stage,
    Tag by text,
    User,
    Webhook,
);
