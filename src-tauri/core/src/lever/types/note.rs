//! Notes on a candidate's profile.

use serde::Deserialize;

use super::{Expandable, Id, Millis, Stage, User};

/// A note with the comments below it (LEVER.md 3.4).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Its id.
    pub id: Id<Note>,
    /// Its text first, then the comments.
    #[serde(default)]
    pub fields: Vec<NoteField>,
    /// Who wrote it; none for one made without a user.
    pub user: Option<Expandable<User>>,
    /// Whether only privileged users see it.
    #[serde(default)]
    pub secret: bool,
    /// When it was written.
    pub created_at: Option<Millis>,
    /// When it was deleted.
    pub deleted_at: Option<Millis>,
}

/// The text of a note, or a comment below it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteField {
    /// What it says.
    #[serde(default)]
    pub value: String,
    /// Who wrote it.
    pub user: Option<Expandable<User>>,
    /// The stage that the candidate was in.
    pub stage: Option<Expandable<Stage>>,
    /// When it was written.
    pub created_at: Option<Millis>,
}
