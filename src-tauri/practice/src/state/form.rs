//! Filling in profile forms (LEVER.md 3.9).

use serde_json::{Value, json};

use super::{ChangeError, FieldAnswer, TemplateList, World};
use crate::identifiers::random_id;

impl World {
    /// Fills in a form on a profile from the template `base`; returns it as the list answers it.
    pub(crate) fn add_form(
        &mut self,
        opportunity: &str,
        base: &str,
        answers: Vec<FieldAnswer>,
        user: Option<String>,
        now: i64,
    ) -> Result<Value, ChangeError> {
        let template = self.company.template(TemplateList::Profile, base)?;
        let mut form = json!({
            "id": random_id(),
            "type": "form",
            "text": template.text,
            "instructions": template.instructions,
            "baseTemplateId": template.id,
            "fields": template.filled(answers)?,
            "user": user,
            "createdAt": now,
            "completedAt": now,
            "deletedAt": null,
        });
        let mut opportunity = self.profile_mut(opportunity)?;
        form["stage"] = opportunity.stage.as_str().into();
        opportunity.forms.push(form.clone());
        opportunity.touch(now);
        let id = opportunity.id.clone();
        drop(opportunity);
        let title = form["text"].as_str().map(str::to_owned);
        self.tell(&id, "Form", None, title, now);
        Ok(form)
    }
}
