//! Lever is told where a letter is: one note, one tag and one link, each once, and nothing else ever (SCREENS.md Q6).
//! What somebody takes away in Lever is not put back.

use async_trait::async_trait;
use fulcrum_relay::page::PageKey;
use url::Url;

use super::settings::OfferSettings;
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Handler, Remedy, WriteBack};
use crate::lever::effects::{Attempt, EffectError, Effects, NewNote};
use crate::lever::types::{Id, Opportunity};
use crate::lever::{Client, Priority};
use crate::oauth::Access;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::letter_writes::{self, WriteKind, WriteRow};
use crate::store::letters::{self, LetterRow, LetterState};
use crate::store::pages::{self, PageRow};
use crate::store::{Store, StoreError};

/// Writes to Lever what a letter is written there for.
pub struct WriteLetter {
    /// The database.
    pub store: Store,
    /// The API.
    pub access: Access,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

/// One change of Lever that is due.
struct Due {
    write: WriteRow,
    letter: LetterRow,
    link: Url,
    secret: bool,
}

#[async_trait]
impl Handler for WriteLetter {
    fn name(&self) -> &'static str {
        WriteBack::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let work: WriteBack = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let WriteBack { letter_id, kind } = work;
        let (id, at) = (job.id, self.clock.now().as_millisecond());
        // What is about to be asked is on disk before Lever is: after a crash Lever is looked at first.
        let due = self
            .store
            .write(move |db| {
                let due = due(db, &letter_id, kind)?;
                match &due {
                    Some(_) => letter_writes::tried(db, &letter_id, kind, at)?,
                    None => jobs::finish(db, id)?,
                }
                Ok::<_, StoreError>(due)
            })
            .await?;
        let Some(due) = due else { return Ok(()) };
        let client = self.access.client(Priority::Event).await;
        let client = client.map_err(|problem| Failure::of(&problem))?;
        match Box::pin(due.write_to(&client)).await {
            Ok(()) => self.done(job, due).await,
            // The candidacy is gone, and with it what was to be written to.
            Err(EffectError::Gone { .. }) => {
                let finished = self.store.write(move |db| jobs::finish(db, id)).await;
                Ok(finished.map_err(|problem: StoreError| problem)?)
            }
            Err(problem) => self.failed(due, problem).await,
        }
    }
}

impl WriteLetter {
    async fn done(&self, job: &JobRow, due: Due) -> Result<(), Failure> {
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        let what = match due.write.kind {
            WriteKind::Note => "a note with the letter's link",
            WriteKind::Tag => "a tag",
            WriteKind::Link => "the letter's link",
        };
        let sentence = format!("In Lever, {} has {what}.", due.letter.candidate);
        let Due { write, .. } = due;
        self.store
            .write(move |db| {
                letter_writes::done(db, &write.letter_id, write.kind, now)?;
                Entry::new(Kind::Letter, Outcome::Done, sentence)
                    .on(&correlation)
                    .write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Letters, Tag::Activity]);
        Ok(())
    }

    async fn failed(&self, due: Due, problem: EffectError) -> Result<(), Failure> {
        let words = problem.to_string();
        let said = words.clone();
        let write = due.write;
        let noted = self
            .store
            .write(move |db| letter_writes::failed(db, &write.letter_id, write.kind, &said));
        noted
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Letters]);
        Err(match problem {
            EffectError::ConnectAgain(_) | EffectError::MissingScope { .. } => {
                Failure::Wait(words, Remedy::Connection)
            }
            EffectError::Refused(_) => Failure::Wait(words, Remedy::TryAgain),
            EffectError::RateLimited { .. }
            | EffectError::Later(_)
            | EffectError::Unknown { .. }
            | EffectError::Gone { .. } => Failure::Later(words),
        })
    }
}

/// What is to be written now; none if it is there, or its letter is not shown.
fn due(
    db: &rusqlite::Connection,
    letter_id: &str,
    kind: WriteKind,
) -> Result<Option<Due>, StoreError> {
    let write = letter_writes::get(db, letter_id, kind)?.filter(|write| write.done_at.is_none());
    let letter = letters::get(db, letter_id)?.filter(|letter| letter.state == LetterState::Live);
    let page = pages::of_letter(db, letter_id)?.filter(|page| page.content.is_some());
    let (Some(write), Some(letter), Some(link)) =
        (write, letter, page.and_then(|page| link(&page)))
    else {
        return Ok(None);
    };
    let secret = OfferSettings::get(db)?.secret_note;
    Ok(Some(Due {
        write,
        letter,
        link,
        secret,
    }))
}

/// The address at which a page opens, with its key; none before the relay has it.
pub fn link(page: &PageRow) -> Option<Url> {
    let url = Url::parse(page.url.as_ref()?).ok()?;
    let secret: [u8; 32] = page.secret.as_slice().try_into().ok()?;
    Some(PageKey::from_secret_bytes(&secret).link(&url))
}

impl Due {
    async fn write_to(&self, client: &Client) -> Result<(), EffectError> {
        let opportunity: Id<Opportunity> = Id::from(self.write.opportunity_id.clone());
        let effects = Effects::on(client, &opportunity);
        let attempt = match self.write.tried_at {
            None => Attempt::First,
            Some(_) => Attempt::Again,
        };
        let link = self.link.as_str();
        match self.write.kind {
            WriteKind::Note => {
                let text = format!("The offer letter for {}: {link}", self.letter.candidate);
                let note = NewNote::secret(&text, link)
                    .expect("the text ends with the link, which has no blank in it");
                let note = if self.secret { note } else { note.open() };
                effects.add_note(&note, attempt).await.map(drop)
            }
            WriteKind::Tag => {
                let tag = self.write.said.as_deref().unwrap_or_default();
                effects.add_tag(tag, attempt).await.map(drop)
            }
            WriteKind::Link => effects.add_link(&self.link, attempt).await.map(drop),
        }
    }
}
