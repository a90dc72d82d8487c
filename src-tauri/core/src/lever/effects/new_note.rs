//! A note before it is written, with the marker that no other note has.

/// The marker cannot tell the note from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the marker of a note must be one word of its text")]
pub struct UnfitMarker;

/// A note to be written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote {
    text: String,
    marker: String,
    secret: bool,
}

impl NewNote {
    /// A note that only privileged users see. `marker` is a word of the text that stands in no other note of the
    /// candidate: for a letter its own address, which is unique. `@name` in the text notifies that user.
    ///
    /// # Errors
    /// [`UnfitMarker`] if it is no word of the text.
    pub fn secret(text: &str, marker: &str) -> Result<Self, UnfitMarker> {
        if !has_word(text, marker) {
            return Err(UnfitMarker);
        }
        Ok(Self {
            text: text.to_owned(),
            marker: marker.to_owned(),
            secret: true,
        })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn marker(&self) -> &str {
        &self.marker
    }

    pub(super) fn is_secret(&self) -> bool {
        self.secret
    }

    /// The same note for everybody with access to the profile.
    pub fn open(self) -> Self {
        Self {
            secret: false,
            ..self
        }
    }
}

/// Whether a text has this word, and not only a longer one that begins or ends with it.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
    let continues = |c: char| c.is_alphanumeric() || "-_~/%=&?#".contains(c);
    is_word
        && text.match_indices(word).any(|(start, _)| {
            let before = text[..start].chars().next_back();
            let after = text[start + word.len()..].chars().next();
            !before.is_some_and(continues) && !after.is_some_and(continues)
        })
}
