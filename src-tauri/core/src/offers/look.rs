//! What Lever says of one candidacy and its offers, as far as letters go.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::drawn::Drawn;
use super::rules::{Filled, Gate, Out, Stands};
use crate::lever::types::Offer;
use crate::lever::{self, Candidacy, Client, Hired, Offered};
use crate::store::letters::{LetterRow, LetterState};

/// What Lever says of one candidacy.
pub(super) struct Looked {
    pub(super) opportunity_id: String,
    pub(super) contact_id: Option<String>,
    pub(super) stands: Stands,
    pub(super) in_stage: bool,
    /// Of all its offers.
    pub(super) digest: Vec<u8>,
    pub(super) offers: Vec<LookedOffer>,
    /// The offers without a letter that were sent before the first look.
    pub(super) passed: Vec<String>,
    /// When the look began, in milliseconds since 1970 UTC: what came before that is in it.
    pub(super) at: i64,
}

/// What Lever says of one offer.
pub(super) struct LookedOffer {
    pub(super) id: String,
    /// Its state, as Lever writes it.
    pub(super) status: String,
    /// Of everything that its letter depends on.
    pub(super) digest: Vec<u8>,
    /// Whether it has a letter if it has none yet.
    pub(super) is_open: bool,
    /// What its letter says; none if that cannot have changed, or nobody needs it.
    pub(super) filled: Option<Filled>,
}

impl Looked {
    /// Lever does not have the candidacy any more.
    pub(super) fn gone(opportunity_id: &str, at: Timestamp) -> Self {
        Self {
            opportunity_id: opportunity_id.to_owned(),
            contact_id: None,
            stands: Stands {
                out: Some(Out::Deleted),
                ..Stands::default()
            },
            in_stage: false,
            digest: Vec::new(),
            offers: Vec::new(),
            passed: Vec::new(),
            at: at.as_millisecond(),
        }
    }

    /// Whether nothing of the candidate may be kept.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.stands.out, Some(Out::Deleted | Out::Anonymized))
    }
}

/// What a look is made with.
pub(super) struct Glass<'a> {
    pub(super) drawn: &'a Drawn,
    pub(super) gate: &'a Gate,
    /// The tag that Fulcrum itself writes, whose coming changes nothing.
    pub(super) tag: &'a str,
    /// Whether every offer gets a letter, whatever its state: they are taken in from the past.
    pub(super) history: bool,
    /// Whether this is the first look of all: what was sent before belongs to the past.
    pub(super) first: bool,
    /// The offers that were sent before the first look.
    pub(super) passed: &'a [String],
    /// The letters of the candidacy.
    pub(super) letters: &'a [LetterRow],
    /// When the look begins.
    pub(super) at: Timestamp,
}

impl Glass<'_> {
    /// Whether an offer was sent before the first look, has not moved since, and nobody takes it in.
    fn is_past(&self, offer: &Offer, stands: &Stands) -> bool {
        let id = offer.id.as_str();
        let has_letter = |letter: &LetterRow| letter.offer_id.as_deref() == Some(id);
        let before = self.first || self.passed.iter().any(|passed| passed == id);
        let status = offer.status.as_ref().map_or("", |status| status.as_str());
        before
            && !self.history
            && self.gate.is_open(stands, status)
            && !self.letters.iter().any(has_letter)
    }
}

/// Reads the candidacy, and of each offer what its letter needs.
///
/// # Errors
/// [`lever::Error`] if Lever cannot be read; a candidacy that it does not have is told as gone.
pub(super) async fn look(
    client: &Client,
    opportunity_id: &str,
    glass: &Glass<'_>,
) -> Result<Looked, lever::Error> {
    let candidacy = match lever::candidacy(client, opportunity_id).await {
        Err(lever::Error::NotFound { .. }) => return Ok(Looked::gone(opportunity_id, glass.at)),
        read => read?,
    };
    let stands = stands(&candidacy);
    let contact = candidacy.opportunity.contact.as_ref();
    let contact = contact.map(|contact| lever::types::Identified::id(contact).to_owned());
    let mut looked = Looked {
        opportunity_id: opportunity_id.to_owned(),
        contact_id: contact,
        in_stage: glass.gate.holds_stage(&stands),
        digest: of_offers(&candidacy.offers),
        offers: Vec::new(),
        passed: Vec::new(),
        stands,
        at: glass.at.as_millisecond(),
    };
    if looked.is_gone() {
        return Ok(looked);
    }
    for offer in &candidacy.offers {
        if glass.is_past(offer, &looked.stands) {
            looked.passed.push(offer.id.to_string());
            continue;
        }
        let one = look_at(client, &candidacy, offer, &looked.stands, glass).await?;
        looked.offers.push(one);
    }
    Ok(looked)
}

async fn look_at(
    client: &Client,
    candidacy: &Candidacy,
    offer: &Offer,
    stands: &Stands,
    glass: &Glass<'_>,
) -> Result<LookedOffer, lever::Error> {
    let status = offer.status.as_ref().map(|status| status.as_str());
    let status = status.unwrap_or_default().to_owned();
    let is_open = glass.gate.is_open(stands, &status);
    let digest = of_offer(candidacy, offer, glass);
    let letter = glass
        .letters
        .iter()
        .find(|letter| letter.offer_id.as_deref() == Some(offer.id.as_str()));
    let needed = match letter {
        Some(letter) => {
            letter.state != LetterState::Deleted && letter.digest.as_ref() != Some(&digest)
        }
        None => is_open || glass.history,
    };
    let mut filled = None;
    if needed {
        let offered = Offered {
            opportunity: candidacy.opportunity.clone(),
            offer: offer.clone(),
        };
        let parts = glass.drawn.parts();
        let mut candidate = Box::pin(lever::with_offer(client, offered, &parts)).await?;
        filled = Some(glass.drawn.fill(&mut candidate.record));
    }
    Ok(LookedOffer {
        id: offer.id.to_string(),
        status,
        digest,
        is_open,
        filled,
    })
}

fn stands(candidacy: &Candidacy) -> Stands {
    let opportunity = &candidacy.opportunity;
    let out = if opportunity.deleted_at.is_some() {
        Some(Out::Deleted)
    } else if opportunity.is_anonymized {
        Some(Out::Anonymized)
    } else if matches!(candidacy.hired, Hired::Yes { .. }) {
        Some(Out::Hired)
    } else {
        opportunity.archived.is_some().then_some(Out::Archived)
    };
    let stage = opportunity.stage.as_ref().map(|stage| {
        let id = lever::types::Identified::id(stage).to_owned();
        let name = stage
            .object()
            .map_or(id.clone(), |stage| stage.text.clone());
        (id, name)
    });
    Stands {
        name: opportunity.name.clone(),
        stage,
        out,
    }
}

/// Of all offers of a candidacy: the same while none of them changed.
pub(super) fn of_offers(offers: &[Offer]) -> Vec<u8> {
    digest(&format!("{offers:?}"))
}

/// Of everything that a letter depends on. Neither the tag and the link that Fulcrum writes nor the time that Lever moves
/// with them count, so its own writing never looks like a change (PRODUCTS.md AG-19).
fn of_offer(candidacy: &Candidacy, offer: &Offer, glass: &Glass<'_>) -> Vec<u8> {
    let mut opportunity = candidacy.opportunity.clone();
    opportunity.tags.retain(|tag| tag != glass.tag);
    opportunity.links.clear();
    opportunity.updated_at = None;
    let rules = &glass.drawn.mark;
    digest(&format!("{opportunity:?} {offer:?} {rules}"))
}

fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}
