//! Which hooks hear of an event, and what they are told (LEVER.md 5.2, Annex B).

use serde_json::{Value, json};

use super::record::Event;
use super::{Delivery, DeliveryKind, DeliveryNumber};
use crate::state::{EventName, Origin, World};

impl World {
    /// Sends an event about an opportunity to the hooks that want it; returns how many were queued.
    pub(crate) fn announce(&mut self, event: EventName, id: &str, own: Value, now: i64) -> usize {
        let Some(opportunity) = self.opportunity(id) else {
            return 0;
        };
        let origin = opportunity.origin;
        let mut data = json!({"opportunityId": id});
        if let (Some(data), Value::Object(own)) = (data.as_object_mut(), own) {
            data.extend(own);
            // Confirmed for stage changes, inferred for the others (LEVER.md Annex B).
            if event == EventName::CandidateStageChange || self.switches.webhook_inferred_keys {
                data.insert("candidateId".into(), id.into());
                data.insert("contactId".into(), opportunity.contact.as_str().into());
            }
        }
        self.queue_event(event, Some(origin), &data, now)
    }

    /// Sends an event about an interview of an opportunity; returns how many deliveries were queued.
    /// One receiver reads `interviewId` as nullable; `panelId` is inferred.
    pub(crate) fn announce_interview(
        &mut self,
        event: EventName,
        opportunity: &str,
        (interview, panel): (Option<&str>, Option<&str>),
        now: i64,
    ) -> usize {
        let mut own = json!({"candidateId": opportunity, "interviewId": interview});
        if self.switches.webhook_inferred_keys {
            own["panelId"] = panel.into();
        }
        self.announce(event, opportunity, own, now)
    }

    /// Sends an event about a contact; returns how many deliveries were queued. That the data holds
    /// the contact's id is inferred.
    pub(crate) fn announce_contact(&mut self, event: EventName, contact: &str, now: i64) -> usize {
        let data = if self.switches.webhook_inferred_keys {
            json!({"contactId": contact})
        } else {
            json!({})
        };
        self.queue_event(event, None, &data, now)
    }

    /// Queues a delivery for each hook of `event` whose toggle is on and whose origin condition
    /// holds (LEVER.md 5.5). Returns how many were queued.
    fn queue_event(
        &mut self,
        event: EventName,
        origin: Option<Origin>,
        data: &Value,
        now: i64,
    ) -> usize {
        if !self.enabled_events.contains(&event) {
            return 0;
        }
        let wants = self.webhooks.iter().filter(|hook| {
            hook.event == event && !hook.url.is_empty() && hook.wants_origin(origin)
        });
        let event = Event::new(event, data);
        let mut queued = 0;
        for hook in wants {
            let delivery = Delivery::new(DeliveryKind::Event, hook, &event, now);
            self.deliveries.enqueue(delivery);
            queued += 1;
        }
        queued
    }

    /// Queues a delivery once more, as the Rerun button does; `None` if it or its webhook is gone.
    pub(crate) fn rerun(&mut self, number: DeliveryNumber, now: i64) -> Option<DeliveryNumber> {
        let before = self.deliveries.in_history(number, now)?;
        let webhook = self
            .webhooks
            .iter()
            .find(|hook| hook.id == before.webhook)?;
        let again = before.again(webhook, !self.switches.rerun_repeats_token, now);
        Some(self.deliveries.enqueue(again))
    }

    /// Records the empty test delivery of *Verify connection* (LEVER.md 5.4).
    pub(super) fn record_test(&mut self, webhook: &str, now: i64) -> Option<DeliveryNumber> {
        let webhook = self.webhooks.iter().find(|hook| hook.id == webhook)?;
        let event = Event::new(webhook.event, &json!({}));
        let test = Delivery::new(DeliveryKind::Test, webhook, &event, now);
        Some(self.deliveries.record(test))
    }
}
