//! What a person or a test does to an offer, with what the candidate gets of it.

use super::{Offer, OfferError};
use crate::mail::letter::Letter;
use crate::state::{User, World};

impl World {
    /// Changes an offer as the user `by`. An offer that the change sends through Lever is also mailed: its
    /// address, which begins with `origin`, goes to the candidate's first e-mail address. Without one there
    /// is no mail, and the page of the offer shows the link.
    ///
    /// # Errors
    /// If the offer does not exist, and whatever `change` refuses.
    pub(crate) fn act_on_offer<T>(
        &mut self,
        (opportunity, offer): (&str, &str),
        by: &str,
        origin: &str,
        now: i64,
        change: impl FnOnce(&mut Offer) -> Result<T, OfferError>,
    ) -> Result<T, OfferError> {
        let link = |world: &Self| {
            let (_, offer) = world.offer(opportunity, offer).ok()?;
            offer.link().map(str::to_owned)
        };
        let before = link(self);
        let outcome = self.change_offer(opportunity, offer, now, change)?;
        let sent = link(self).filter(|link| before.as_ref() != Some(link));
        if let Some(link) = sent {
            let address = format!("{origin}/offers/{opportunity}/{link}");
            self.mail_offer(opportunity, by, &address, now);
        }
        Ok(outcome)
    }

    fn mail_offer(&mut self, opportunity: &str, by: &str, address: &str, now: i64) {
        let sender = self.company.user(by);
        let sender = sender.or_else(|| self.company.first_super_admin());
        let (Some(opportunity), Some(User { name, email, .. })) =
            (self.opportunity(opportunity), sender)
        else {
            return;
        };
        let contact = self.contact_of(opportunity);
        // An address with a line break would write headers of its own.
        let mut to = contact.emails.iter().map(|email| email.trim());
        let Some(to) = to.find(|to| !to.contains(char::is_control)) else {
            return;
        };
        let (from, from_name, to) = (email.clone(), name.clone(), to.to_owned());
        let company = &self.company.name;
        let text = format!(
            "Dear {},\n\n{company} is pleased to make you an offer. Read and answer it here:\n\n{address}\n\n{name}\n",
            contact.name,
        );
        let subject = format!("Your offer from {company}");
        let letter = Letter {
            from: &from,
            from_name: &from_name,
            to: &to,
            subject: &subject,
            text: &text,
            html: None,
        };
        self.mailbox.post(letter, now);
    }
}
