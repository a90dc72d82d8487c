//! Whose a hire is: somebody who is here already, somebody new, or the user has to say (SCREENS.md 4.7.2).

use rusqlite::Connection;

use super::plan::{Planned, SamePerson};
use crate::lever::Candidate;
use crate::store::StoreError;
use crate::store::people::{self, PersonRow};

/// Whose a hire is.
pub(super) enum Whose {
    /// A person who is here already.
    Of(Box<PersonRow>),
    /// A person who is not.
    New,
    /// Perhaps one of these people, by id.
    Ask(Vec<String>),
}

/// Whose the hire is. An opportunity that was imported before belongs to its person without a question.
pub(super) fn whose(
    db: &Connection,
    opportunity_id: &str,
    candidate: &Candidate,
    planned: &Planned,
    said: Option<&SamePerson>,
) -> Result<Whose, StoreError> {
    if let Some(person) = people::of_opportunity(db, opportunity_id)? {
        return Ok(Whose::Of(Box::new(person)));
    }
    match said {
        Some(SamePerson::Another) => return Ok(Whose::New),
        Some(SamePerson::Update { person_id }) => {
            if let Some(person) = people::get(db, person_id)? {
                return Ok(Whose::Of(Box::new(person)));
            }
        }
        None => {}
    }
    let addresses = candidate.emails.iter().chain(&planned.email);
    let contact = candidate.contact_id.as_deref();
    let alike = people::alike(db, contact, addresses.map(String::as_str))?;
    Ok(if alike.is_empty() {
        Whose::New
    } else {
        Whose::Ask(alike)
    })
}
