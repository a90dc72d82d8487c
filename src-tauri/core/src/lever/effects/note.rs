//! Notes, which Lever keeps as often as they are written: the marker of one tells whether it is there.

use reqwest::Method;
use serde_json::{Value as Json, json};

use super::super::call::Call;
use super::super::endpoint::Endpoint;
use super::super::envelope::one;
use super::super::error::Error;
use super::super::types::{Id, Note, Written};
use super::new_note::{NewNote, has_word};
use super::once::{Effect, once};
use super::{Attempt, EffectError, Effects, Outcome};

static NOTES: Endpoint = Endpoint {
    verb: "change",
    thing: "the candidate",
    scope: "notes:write:admin",
};

static NOTE: Endpoint = Endpoint {
    verb: "change",
    thing: "the note",
    scope: "notes:write:admin",
};

impl Effects<'_> {
    /// Adds a note and returns its id. One that carries the marker counts as this note, whoever changed its text
    /// since, and also if somebody deleted it: that is not fought.
    ///
    /// # Errors
    /// [`EffectError`]; [`EffectError::Gone`] if the candidate was deleted.
    pub async fn add_note(
        &self,
        note: &NewNote,
        attempt: Attempt,
    ) -> Result<Outcome<Id<Note>>, EffectError> {
        let effects = self;
        once(self.client, &Add { effects, note }, attempt).await
    }

    /// Puts another text in the place of a note's own; the comments below it stay. Only notes made through the API can be
    /// changed (LEVER.md 3.4).
    ///
    /// # Errors
    /// [`EffectError`]; [`EffectError::Gone`] if the note was deleted, [`EffectError::Refused`] if a person wrote
    /// it.
    pub async fn replace_note(
        &self,
        id: &Id<Note>,
        text: &str,
        attempt: Attempt,
    ) -> Result<Outcome, EffectError> {
        let effects = self;
        once(self.client, &Replace { effects, id, text }, attempt).await
    }

    /// Deletes a note; one that is not there is gone already. Only notes made through the API can be deleted
    /// (LEVER.md 3.4).
    ///
    /// # Errors
    /// [`EffectError`]; [`EffectError::Refused`] if a person wrote it.
    pub async fn delete_note(
        &self,
        id: &Id<Note>,
        attempt: Attempt,
    ) -> Result<Outcome, EffectError> {
        let effects = self;
        match once(self.client, &Delete { effects, id }, attempt).await {
            Err(EffectError::Gone { .. }) => Ok(Outcome::Found(())),
            outcome => outcome,
        }
    }

    async fn note(&self, id: &Id<Note>) -> Result<Note, Error> {
        let url = self.url(&NOTE, &["notes", id])?;
        one(&NOTE, &self.client.read(&NOTE, &url).await?)
    }

    /// Changes a note that is there, which nobody's name goes with (LEVER.md 2.9).
    async fn change_note(
        &self,
        id: &Id<Note>,
        method: Method,
        body: Option<&Json>,
    ) -> Result<(), Error> {
        let call = Call {
            endpoint: &NOTE,
            method: &method,
            url: &self.url(&NOTE, &["notes", id])?,
            body,
        };
        self.client.send(&call).await.map(drop)
    }
}

/// Whether the note's own text is this one.
fn is_text(note: &Note, text: &str) -> bool {
    let own = note.fields.first();
    own.is_some_and(|field| field.value.trim() == text.trim())
}

struct Add<'a> {
    effects: &'a Effects<'a>,
    note: &'a NewNote,
}

impl Add<'_> {
    /// Whether it is a second one of ours rather than somebody's who quotes the marker.
    fn is_copy(&self, note: &Note) -> bool {
        is_text(note, self.note.text()) && note.deleted_at.is_none()
    }
}

impl Effect for Add<'_> {
    type Made = Id<Note>;

    async fn find(&self) -> Result<Option<Id<Note>>, Error> {
        let url = self.effects.url(&NOTES, &["notes"])?;
        let mut notes: Vec<Note> = self.effects.client.pages(&NOTES, &url).await?;
        notes.retain(|note| {
            let mut texts = note.fields.iter().map(|field| &field.value);
            texts.any(|text| has_word(text, self.note.marker()))
        });
        notes
            .sort_by_cached_key(|note| (!self.is_copy(note), note.created_at, note.id.to_string()));
        let mut notes = notes.into_iter();
        let Some(first) = notes.next() else {
            return Ok(None);
        };
        for copy in notes.filter(|note| self.is_copy(note)) {
            let deleted = self.effects.change_note(&copy.id, Method::DELETE, None);
            match deleted.await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(first.id))
    }

    async fn perform(&self) -> Result<Option<Id<Note>>, Error> {
        let body = json!({ "value": self.note.text(), "secret": self.note.is_secret() });
        let call = Call {
            endpoint: &NOTES,
            method: &Method::POST,
            url: &self.effects.url_in_name(&NOTES, &["notes"])?,
            body: Some(&body),
        };
        let answer = self.effects.client.send(&call).await?;
        Ok(one::<Written<Note>>(&NOTES, &answer)
            .ok()
            .map(|written| written.id))
    }
}

struct Replace<'a> {
    effects: &'a Effects<'a>,
    id: &'a Id<Note>,
    text: &'a str,
}

impl Effect for Replace<'_> {
    type Made = ();

    async fn find(&self) -> Result<Option<()>, Error> {
        let note = self.effects.note(self.id).await?;
        Ok(is_text(&note, self.text).then_some(()))
    }

    async fn perform(&self) -> Result<Option<()>, Error> {
        let note = self.effects.note(self.id).await?;
        let texts = note.fields.iter().enumerate().map(|(place, field)| {
            let text = if place == 0 { self.text } else { &field.value };
            let written = field.created_at.map(|at| at.timestamp().as_millisecond());
            json!({ "value": text, "createdAt": written })
        });
        let body = json!({ "values": texts.collect::<Json>() });
        self.effects
            .change_note(self.id, Method::PUT, Some(&body))
            .await?;
        Ok(Some(()))
    }
}

struct Delete<'a> {
    effects: &'a Effects<'a>,
    id: &'a Id<Note>,
}

impl Effect for Delete<'_> {
    type Made = ();

    async fn find(&self) -> Result<Option<()>, Error> {
        match self.effects.note(self.id).await {
            Ok(note) => Ok(note.deleted_at.map(|_| ())),
            Err(Error::NotFound { .. }) => Ok(Some(())),
            Err(error) => Err(error),
        }
    }

    async fn perform(&self) -> Result<Option<()>, Error> {
        self.effects
            .change_note(self.id, Method::DELETE, None)
            .await?;
        Ok(Some(()))
    }
}
