//! Who sees a confidential profile and a secret note.

use super::{Confidentiality, Note, Opportunity, Right, User, World};

impl World {
    /// Whether `user` may know of an opportunity: a confidential one is for those with the right and for
    /// who takes part in it, as its owner, follower, posting owner or hiring manager.
    pub(crate) fn may_see(&self, user: &User, opportunity: &Opportunity) -> bool {
        let application = opportunity.application.as_ref();
        let posting = application.and_then(|one| self.company.posting(&one.posting));
        let team = posting.into_iter();
        let mut team = team.flat_map(|posting| [&posting.owner, &posting.hiring_manager]);
        opportunity.confidentiality == Confidentiality::NonConfidential
            || user.may(Right::SeeConfidential)
            || opportunity.owner.as_ref() == Some(&user.id)
            || opportunity.followers.contains(&user.id)
            || team.any(|member| member.as_ref() == Some(&user.id))
    }
}

impl Note {
    /// Whether `user` may read it: a secret note is for the privileged, its author and whom it mentions as
    /// `@username` (PRODUCTS.md 3.6, L17).
    pub(crate) fn is_for(&self, user: &User) -> bool {
        let mention = format!("@{}", user.username.to_lowercase());
        let mut comments = self.comments.iter();
        !self.secret
            || user.may(Right::SeeSensitive)
            || self.user.as_ref() == Some(&user.id)
            || comments.any(|comment| mentions(&comment.value.to_lowercase(), &mention))
    }
}

/// Whether `mention` stands in `text` and is not only the beginning of a longer name.
fn mentions(text: &str, mention: &str) -> bool {
    text.match_indices(mention).any(|(start, found)| {
        let rest = text[start + found.len()..].trim_start_matches(['.', '-', '_']);
        let next = text[start + found.len()..].chars().next();
        let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
        !(goes_on && next.is_some_and(|next| !next.is_whitespace()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_a_whole_username() {
        assert!(mentions("thanks @ola.berg!", "@ola.berg"));
        assert!(mentions("@ola.berg. please look", "@ola.berg"));
        assert!(mentions("see @ola.berg", "@ola.berg"));
        assert!(!mentions("@ola.bergman", "@ola.berg"));
        assert!(!mentions("@ola.berg-smith", "@ola.berg"));
        assert!(!mentions("ola.berg", "@ola.berg"));
    }
}
