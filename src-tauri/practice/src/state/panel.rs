//! Interviews, in panels (LEVER.md 3.13).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ChangeError, EventName, OpportunityMut, World};
use crate::identifiers::random_id;

/// How often interviewers are reminded of their feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reminder {
    Once,
    #[default]
    Daily,
    Frequently,
    None,
}

/// An interview of a panel. Times are ms since 1970 UTC.
#[derive(Clone, Debug)]
pub(crate) struct Interview {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) canceled_at: Option<i64>,
    pub(crate) data: InterviewData,
}

/// A panel with its interviews.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) canceled_at: Option<i64>,
    pub(crate) user: String,
    pub(crate) stage: String,
    pub(crate) applications: Vec<String>,
    pub(crate) timezone: String,
    pub(crate) note: Option<String>,
    pub(crate) external_url: Option<String>,
    pub(crate) feedback_reminder: Reminder,
    pub(crate) interviews: Vec<Interview>,
}

/// An interview as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InterviewData {
    subject: String,
    #[serde(default)]
    note: String,
    interviewers: Vec<Interviewer>,
    date: i64,
    /// Minutes.
    duration: u32,
    location: Option<String>,
    feedback_template: Option<String>,
    #[serde(default)]
    feedback_reminder: Reminder,
}

/// Who interviews.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interviewer {
    id: String,
    feedback_template: Option<String>,
}

/// A panel as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PanelData {
    #[serde(default)]
    applications: Vec<String>,
    timezone: String,
    note: Option<String>,
    external_url: Option<String>,
    #[serde(default)]
    feedback_reminder: Reminder,
    interviews: Vec<InterviewData>,
}

/// The feedback template of an interview for which none is named.
const NO_FEEDBACK: &str = "no-feedback";

impl InterviewData {
    fn template(&self) -> &str {
        self.feedback_template.as_deref().unwrap_or(NO_FEEDBACK)
    }

    fn end(&self) -> i64 {
        self.date.saturating_add(i64::from(self.duration) * 60_000)
    }

    fn into_interview(self, now: i64) -> Interview {
        Interview {
            id: random_id(),
            created_at: now,
            canceled_at: None,
            data: self,
        }
    }

    /// What panels and interviews show alike.
    fn to_json(&self, world: &World) -> Value {
        let interviewers = self.interviewers.iter().map(|one| {
            let user = world.company.user(&one.id);
            json!({
                "id": one.id,
                "name": user.map(|user| &user.name),
                "email": user.map(|user| &user.email),
                "feedbackTemplate": one.feedback_template.as_deref().unwrap_or(self.template()),
            })
        });
        json!({
            "subject": self.subject,
            "note": self.note,
            "interviewers": interviewers.collect::<Vec<_>>(),
            "date": self.date,
            "duration": self.duration,
            "location": self.location,
            "feedbackTemplate": self.template(),
            "feedbackReminder": self.feedback_reminder,
        })
    }
}

impl Panel {
    /// The panel as the API answers it.
    pub(crate) fn to_json(&self, world: &World) -> Value {
        let interviews = self.interviews.iter().map(|interview| {
            let mut document = interview.data.to_json(world);
            document["id"] = interview.id.as_str().into();
            for interviewer in document["interviewers"]
                .as_array_mut()
                .into_iter()
                .flatten()
            {
                interviewer["responseStatus"] = "needsAction".into();
            }
            document
        });
        json!({
            "id": self.id,
            "applications": self.applications,
            "canceledAt": self.canceled_at,
            "createdAt": self.created_at,
            "start": self.interviews.iter().map(|one| one.data.date).min(),
            "end": self.interviews.iter().map(|one| one.data.end()).max(),
            "timezone": self.timezone,
            "feedbackReminder": self.feedback_reminder,
            "user": self.user,
            "stage": self.stage,
            "note": self.note,
            // Made by the API, as all panels here are.
            "externallyManaged": true,
            "externalUrl": self.external_url,
            "interviews": interviews.collect::<Vec<_>>(),
        })
    }

    /// One of its interviews as the API answers it.
    pub(crate) fn interview_json(&self, interview: &Interview, world: &World) -> Value {
        let mut document = interview.data.to_json(world);
        let own = json!({
            "id": interview.id,
            "panel": self.id,
            "timezone": self.timezone,
            "createdAt": interview.created_at,
            "canceledAt": interview.canceled_at,
            "feedbackForms": [],
            "user": self.user,
            "stage": self.stage,
            "postings": [],
            "gcalEventUrl": null,
        });
        if let (Some(document), Value::Object(own)) = (document.as_object_mut(), own) {
            document.extend(own);
        }
        document
    }
}

impl World {
    /// Adds a panel on behalf of `user`, or replaces the one with `id`; returns its id.
    pub(crate) fn put_panel(
        &mut self,
        opportunity: &str,
        id: Option<&str>,
        data: PanelData,
        user: &str,
        now: i64,
    ) -> Result<String, ChangeError> {
        for interview in &data.interviews {
            self.check_interview(interview)?;
        }
        let mut profile = self.profile_mut(opportunity)?;
        let (id, created_at, before) = match id {
            Some(id) => {
                let kept = panel_mut(&mut profile, id)?;
                (kept.id.clone(), kept.created_at, kept.interviews.clone())
            }
            None => (random_id(), now, Vec::new()),
        };
        let interviews = data.interviews.into_iter();
        let panel = Panel {
            id: id.clone(),
            created_at,
            canceled_at: None,
            user: user.to_owned(),
            stage: profile.stage.clone(),
            applications: data.applications,
            timezone: data.timezone,
            note: data.note,
            external_url: data.external_url,
            feedback_reminder: data.feedback_reminder,
            interviews: interviews.map(|one| one.into_interview(now)).collect(),
        };
        let added: Vec<String> = panel.interviews.iter().map(|one| one.id.clone()).collect();
        profile.panels.retain(|kept| kept.id != id);
        profile.panels.push(panel);
        profile.touch(now);
        drop(profile);
        for interview in before {
            self.announce_interview(
                EventName::InterviewDeleted,
                opportunity,
                (Some(&interview.id), Some(&id)),
                now,
            );
        }
        for interview in added {
            self.announce_interview(
                EventName::InterviewCreated,
                opportunity,
                (Some(&interview), Some(&id)),
                now,
            );
        }
        Ok(id)
    }

    /// Deletes a panel with its interviews.
    pub(crate) fn delete_panel(
        &mut self,
        opportunity: &str,
        id: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut profile = self.profile_mut(opportunity)?;
        let interviews = std::mem::take(&mut panel_mut(&mut profile, id)?.interviews);
        profile.panels.retain(|panel| panel.id != id);
        profile.touch(now);
        drop(profile);
        for interview in interviews {
            self.announce_interview(
                EventName::InterviewDeleted,
                opportunity,
                (Some(&interview.id), Some(id)),
                now,
            );
        }
        Ok(())
    }

    /// Adds an interview to a panel; returns its id.
    pub(crate) fn add_interview(
        &mut self,
        opportunity: &str,
        panel: &str,
        data: InterviewData,
        now: i64,
    ) -> Result<String, ChangeError> {
        self.check_interview(&data)?;
        let mut profile = self.profile_mut(opportunity)?;
        let interview = data.into_interview(now);
        let id = interview.id.clone();
        panel_mut(&mut profile, panel)?.interviews.push(interview);
        profile.touch(now);
        drop(profile);
        self.announce_interview(
            EventName::InterviewCreated,
            opportunity,
            (Some(&id), Some(panel)),
            now,
        );
        Ok(id)
    }

    /// Replaces an interview.
    pub(crate) fn replace_interview(
        &mut self,
        opportunity: &str,
        id: &str,
        data: InterviewData,
        now: i64,
    ) -> Result<(), ChangeError> {
        self.check_interview(&data)?;
        let mut profile = self.profile_mut(opportunity)?;
        let (panel, interview) = interview_mut(&mut profile, id)?;
        interview.data = data;
        profile.touch(now);
        drop(profile);
        self.announce_interview(
            EventName::InterviewUpdated,
            opportunity,
            (Some(id), Some(&panel)),
            now,
        );
        Ok(())
    }

    /// Deletes an interview; its panel stays.
    pub(crate) fn delete_interview(
        &mut self,
        opportunity: &str,
        id: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut profile = self.profile_mut(opportunity)?;
        let (panel, _) = interview_mut(&mut profile, id)?;
        panel_mut(&mut profile, &panel)?
            .interviews
            .retain(|own| own.id != id);
        profile.touch(now);
        drop(profile);
        self.announce_interview(
            EventName::InterviewDeleted,
            opportunity,
            (Some(id), Some(&panel)),
            now,
        );
        Ok(())
    }

    /// Cancels the interviews of an opportunity that are still to come.
    pub(crate) fn cancel_coming_interviews(
        &mut self,
        opportunity: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut profile = self.profile_mut(opportunity)?;
        let mut canceled = Vec::new();
        for panel in &mut profile.panels {
            for interview in &mut panel.interviews {
                if interview.data.date > now && interview.canceled_at.is_none() {
                    interview.canceled_at = Some(now);
                    canceled.push((panel.id.clone(), interview.id.clone()));
                }
            }
        }
        drop(profile);
        for (panel, interview) in canceled {
            let ids = (Some(interview.as_str()), Some(panel.as_str()));
            self.announce_interview(EventName::InterviewDeleted, opportunity, ids, now);
        }
        Ok(())
    }

    fn check_interview(&self, data: &InterviewData) -> Result<(), ChangeError> {
        if data.interviewers.is_empty() {
            return Err(ChangeError::invalid("interviewers must not be empty"));
        }
        let unknown = data
            .interviewers
            .iter()
            .find(|one| self.company.user(&one.id).is_none());
        match unknown {
            Some(one) => Err(ChangeError::not_found("users", &one.id)),
            None => Ok(()),
        }
    }
}

fn panel_mut<'a>(
    opportunity: &'a mut OpportunityMut<'_>,
    id: &str,
) -> Result<&'a mut Panel, ChangeError> {
    let panel = opportunity.panels.iter_mut().find(|panel| panel.id == id);
    panel.ok_or_else(|| ChangeError::not_found("panels", id))
}

/// An interview and the id of its panel.
fn interview_mut<'a>(
    opportunity: &'a mut OpportunityMut<'_>,
    id: &str,
) -> Result<(String, &'a mut Interview), ChangeError> {
    let mut interviews = opportunity.panels.iter_mut().flat_map(|panel| {
        let id = panel.id.clone();
        panel
            .interviews
            .iter_mut()
            .map(move |one| (id.clone(), one))
    });
    let found = interviews.find(|(_, one)| one.id == id);
    found.ok_or_else(|| ChangeError::not_found("interviews", id))
}
