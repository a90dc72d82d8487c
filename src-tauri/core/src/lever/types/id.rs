//! Ids of Lever's resources.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, de};

/// The id of a `T`: a UUID for most resources, a slug for built-in stages, a name in snake case for requisition
/// fields (LEVER.md 2.5). So any text is one, except a blank one.
pub struct Id<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> From<String> for Id<T> {
    fn from(text: String) -> Self {
        Self {
            text,
            of: PhantomData,
        }
    }
}

impl<T> From<&str> for Id<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> From<Id<T>> for String {
    fn from(id: Id<T>) -> Self {
        id.text
    }
}

impl<T> Deref for Id<T> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.text)
    }
}

// Derived ones would ask the same of `T`, of which nothing is held.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialEq<str> for Id<T> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<T> PartialEq<&str> for Id<T> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.trim().is_empty() {
            return Err(de::Error::custom("missing field `id`"));
        }
        Ok(text.into())
    }
}
