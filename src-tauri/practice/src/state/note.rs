//! Notes on a profile, each a thread of comments (LEVER.md 3.4).

use serde_json::{Value, json};

use super::{ChangeError, MadeBy, Opportunity, World};
use crate::identifiers::random_id;

/// One comment of a note.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) value: String,
    pub(crate) user: Option<String>,
    pub(crate) score: Option<u8>,
    /// Where the candidate stood when it was written.
    pub(crate) stage: String,
    pub(crate) created_at: i64,
}

/// A note: its first comment and the answers to it.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) comments: Vec<Comment>,
    pub(crate) user: Option<String>,
    pub(crate) secret: bool,
    pub(crate) created_at: i64,
    /// Only notes made by the API can be changed by it.
    pub(crate) made_by: MadeBy,
}

/// What someone writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewComment {
    pub(crate) value: String,
    pub(crate) user: Option<String>,
    /// 1 to 4.
    pub(crate) score: Option<u8>,
    /// The present if not given; never later.
    pub(crate) created_at: Option<i64>,
}

impl NewComment {
    fn check(self, stage: &str, now: i64) -> Result<Comment, ChangeError> {
        if self.score.is_some_and(|score| !(1..=4).contains(&score)) {
            return Err(ChangeError::invalid("score must be between 1 and 4"));
        }
        let created_at = self.created_at.unwrap_or(now);
        if created_at > now {
            return Err(ChangeError::invalid("createdAt must be in the past"));
        }
        Ok(Comment {
            value: self.value,
            user: self.user,
            score: self.score,
            stage: stage.to_owned(),
            created_at,
        })
    }
}

impl Note {
    /// A note written on the page at `created_at`.
    pub(crate) fn on_page(
        id: String,
        value: String,
        user: Option<String>,
        stage: String,
        created_at: i64,
    ) -> Self {
        Self {
            id,
            comments: vec![Comment {
                value,
                user: user.clone(),
                score: None,
                stage,
                created_at,
            }],
            user,
            secret: false,
            created_at,
            made_by: MadeBy::Page,
        }
    }

    /// What the note says first.
    pub(crate) fn value(&self) -> &str {
        self.comments.first().map_or("", |first| &first.value)
    }

    /// The note as the list answers it.
    pub(crate) fn to_json(&self) -> Value {
        let fields: Vec<Value> = self.comments.iter().map(Comment::to_json).collect();
        json!({
            "id": self.id,
            "text": "Note",
            "fields": fields,
            "user": self.user,
            "secret": self.secret,
            "completedAt": self.created_at,
            "createdAt": self.created_at,
            "deletedAt": null,
        })
    }
}

impl Comment {
    fn to_json(&self) -> Value {
        json!({
            "type": "note",
            "text": "Comment",
            "value": self.value,
            "createdAt": self.created_at,
            "user": self.user,
            "score": self.score,
            "stage": self.stage,
        })
    }
}

impl World {
    /// Writes a note on a profile and returns it.
    pub(crate) fn add_note(
        &mut self,
        opportunity: &str,
        comment: NewComment,
        secret: bool,
        made_by: MadeBy,
        now: i64,
    ) -> Result<Note, ChangeError> {
        let mut opportunity = self.profile_mut(opportunity)?;
        let comment = comment.check(&opportunity.stage, now)?;
        let note = Note {
            id: random_id(),
            user: comment.user.clone(),
            secret,
            created_at: comment.created_at,
            comments: vec![comment],
            made_by,
        };
        opportunity.notes.push(note.clone());
        opportunity.touch(now);
        let id = opportunity.id.clone();
        drop(opportunity);
        let what = if secret { "Secret note" } else { "Note" };
        self.tell(&id, what, None, None, now);
        Ok(note)
    }

    /// Adds a comment to the thread of a note and returns the note.
    pub(crate) fn answer_note(
        &mut self,
        opportunity: &str,
        note: &str,
        comment: NewComment,
        now: i64,
    ) -> Result<Note, ChangeError> {
        let mut opportunity = self.profile_mut(opportunity)?;
        let comment = comment.check(&opportunity.stage, now)?;
        let thread = note_mut(&mut opportunity, note)?;
        thread.comments.push(comment);
        let answered = thread.clone();
        opportunity.touch(now);
        let id = opportunity.id.clone();
        drop(opportunity);
        self.tell(&id, "Answer to a note", None, None, now);
        Ok(answered)
    }

    /// Replaces all comments of a note that the API made.
    pub(crate) fn rewrite_note(
        &mut self,
        opportunity: &str,
        note: &str,
        comments: Vec<NewComment>,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut opportunity = self.profile_mut(opportunity)?;
        let stage = opportunity.stage.clone();
        let thread = made_by_api(note_mut(&mut opportunity, note)?)?;
        let author = thread.user.clone();
        let comments = comments.into_iter().map(|comment| {
            let comment = NewComment {
                user: author.clone(),
                ..comment
            };
            comment.check(&stage, now)
        });
        let comments: Vec<Comment> = comments.collect::<Result<_, _>>()?;
        if comments.is_empty() {
            return Err(ChangeError::invalid("values must not be empty"));
        }
        thread.comments = comments;
        opportunity.touch(now);
        let id = opportunity.id.clone();
        drop(opportunity);
        self.tell(&id, "Note rewritten", None, None, now);
        Ok(())
    }

    /// Deletes a note that the API made.
    pub(crate) fn delete_note(
        &mut self,
        opportunity: &str,
        note: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut opportunity = self.profile_mut(opportunity)?;
        made_by_api(note_mut(&mut opportunity, note)?)?;
        opportunity.notes.retain(|own| own.id != note);
        opportunity.touch(now);
        let id = opportunity.id.clone();
        drop(opportunity);
        self.tell(&id, "Note deleted", None, None, now);
        Ok(())
    }
}

fn note_mut<'a>(opportunity: &'a mut Opportunity, id: &str) -> Result<&'a mut Note, ChangeError> {
    let note = opportunity.notes.iter_mut().find(|note| note.id == id);
    note.ok_or_else(|| ChangeError::not_found("notes", id))
}

fn made_by_api(note: &mut Note) -> Result<&mut Note, ChangeError> {
    match note.made_by {
        MadeBy::Api => Ok(note),
        MadeBy::Page => Err(ChangeError::NotMadeByApi("note")),
    }
}
