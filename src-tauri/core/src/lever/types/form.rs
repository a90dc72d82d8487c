//! Forms on a profile, with their templates, and the questions of an application.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Expandable, Id, Millis, Stage, User};

/// A filled form, or the questions of a posting with the answers (LEVER.md 3.9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Its id; absent on some applications.
    pub id: Option<Id<Form>>,
    /// Its name.
    #[serde(default)]
    pub text: String,
    /// The template it was made from.
    pub base_template_id: Option<Id<FormTemplate>>,
    /// The questions with their answers.
    #[serde(default)]
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
    pub id: Option<Id<FormField>>,
    /// What its answer is.
    #[serde(rename = "type")]
    pub kind: Option<QuestionKind>,
    /// The question.
    #[serde(default)]
    pub text: String,
    /// The answer: a text, a number, milliseconds, a list, an object for a file, or null.
    #[serde(default)]
    pub value: serde_json::Value,
}

open_enum! {
    /// What the answer of a question is (LEVER.md 3.9).
    QuestionKind {
        /// Source code.
        Code = "code",
        /// An amount.
        Currency = "currency",
        /// A day.
        Date = "date",
        /// One of the options.
        Dropdown = "dropdown",
        /// A file.
        FileUpload = "file-upload",
        /// One of the options.
        MultipleChoice = "multiple-choice",
        /// Several of the options.
        MultipleSelect = "multiple-select",
        /// A text of several lines.
        Note = "note",
        /// A rating.
        Score = "score",
        /// The rating that counts.
        ScoreSystem = "score-system",
        /// Ratings of several skills.
        Scorecard = "scorecard",
        /// A line of text.
        Text = "text",
        /// A text of several lines.
        Textarea = "textarea",
        /// A university.
        University = "university",
        /// Yes or no.
        YesNo = "yes-no",
    }
}

/// A referral with the answers of who made it (LEVER.md 3.9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Referral {
    /// Its id.
    pub id: Id<Referral>,
    /// Its name.
    #[serde(default)]
    pub text: String,
    /// The questions with their answers.
    #[serde(default)]
    pub fields: Vec<FormField>,
    /// Who knows the candidate.
    pub referrer: Option<Expandable<User>>,
    /// The stage that the candidate was in.
    pub stage: Option<Expandable<Stage>>,
    /// When it was made.
    pub created_at: Option<Millis>,
}

/// A form that can be filled (LEVER.md 3.9).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormTemplate {
    /// Its id.
    pub id: Id<FormTemplate>,
    /// Its name.
    #[serde(default)]
    pub text: String,
    /// The questions.
    #[serde(default)]
    pub fields: Vec<FormField>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}
