//! Forms on a profile, with their templates, and the questions of an application.

use serde::Deserialize;

use super::{Millis, null_is_default};

/// A filled form, or the questions of a posting with the answers (LEVER.md 3.9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Its id; absent on some applications.
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// The template it was made from.
    pub base_template_id: Option<String>,
    /// The questions with their answers.
    #[serde(default, deserialize_with = "null_is_default")]
    pub fields: Vec<FormField>,
    /// When it was filled.
    pub completed_at: Option<Millis>,
    /// When it was deleted.
    pub deleted_at: Option<Millis>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FormField {
    /// Its id; absent on some applications.
    pub id: Option<String>,
    /// `text`, `dropdown`, `date`, `currency`, `yes-no` and others.
    #[serde(rename = "type", default, deserialize_with = "null_is_default")]
    pub kind: String,
    /// The question.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// The answer: a text, a number, milliseconds, a list, an object for a file, or null.
    #[serde(default)]
    pub value: serde_json::Value,
}

/// A form that can be filled (LEVER.md 3.9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormTemplate {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// The questions.
    #[serde(default, deserialize_with = "null_is_default")]
    pub fields: Vec<FormField>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}
