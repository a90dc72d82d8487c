//! From a Lever user to their e-mail address.

use crate::mapping::problem::Problem;
use crate::mapping::record::Record;
use crate::mapping::text::folded;

/// The address of the one user with this id, address or name.
pub(super) fn email(record: &Record, text: &str) -> Result<String, Problem> {
    let wanted = folded(text);
    let users = record.users();
    let known = users.iter().find(|user| {
        let address = user.email.as_deref();
        folded(&user.id) == wanted || address.is_some_and(|address| folded(address) == wanted)
    });
    let found = match known {
        Some(user) => user,
        None => {
            let mut named = users.iter().filter(|user| folded(&user.name) == wanted);
            let first = named.next().ok_or(Problem::NoUser)?;
            if named.next().is_some() {
                return Err(Problem::SeveralUsers);
            }
            first
        }
    };
    found.email.clone().ok_or(Problem::NoUserEmail)
}
