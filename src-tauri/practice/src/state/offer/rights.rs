//! Who sees an offer (PRODUCTS.md 3.4).

use super::Offer;
use crate::state::{Confidentiality, Opportunity, Right, User, World};

impl World {
    /// Whether a user may see an offer: Super Admins, Admins, and those who take part in it.
    pub(crate) fn may_see_offer(
        &self,
        user: &User,
        opportunity: &Opportunity,
        offer: &Offer,
    ) -> bool {
        let open = opportunity.confidentiality == Confidentiality::NonConfidential;
        let sees_all = user.may(Right::SeeAllOffers) && (open || user.may(Right::SeeConfidential));
        let participants = self.offer_participants(opportunity, offer);
        sees_all || participants.contains(&user.id.as_str())
    }

    /// Ids of those who take part in an offer: maker, owner, hiring manager, approvers.
    pub(crate) fn offer_participants<'a>(
        &'a self,
        opportunity: &'a Opportunity,
        offer: &'a Offer,
    ) -> Vec<&'a str> {
        let application = opportunity.application.as_ref();
        let manager = application.and_then(|one| one.posting_hiring_manager.as_deref());
        let steps = offer.chain().iter().chain(&offer.approval().steps);
        let asked = steps.flat_map(|step| step.approvers.iter().map(String::as_str));
        let known = [
            Some(offer.creator.as_str()),
            opportunity.owner.as_deref(),
            manager,
        ];
        let mut everyone: Vec<&str> = known.into_iter().flatten().chain(asked).collect();
        everyone.sort_unstable();
        everyone.dedup();
        everyone
    }
}
