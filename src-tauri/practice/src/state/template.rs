//! Templates of profile and feedback forms, and how answers are checked against them (LEVER.md 3.9).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{ChangeError, Company, MadeBy};
use crate::identifiers::random_id;

/// What a field of a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TemplateFieldKind {
    Code,
    Currency,
    Date,
    Dropdown,
    FileUpload,
    MultipleChoice,
    MultipleSelect,
    Note,
    Score,
    ScoreSystem,
    Scorecard,
    Text,
    Textarea,
    University,
    YesNo,
}

/// A field of a template, as the API takes and answers it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TemplateField {
    #[serde(default = "random_id")]
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: TemplateFieldKind,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) required: bool,
    /// `options`, `prompt`, `currency`, `language` and `scores`, where the type has them.
    #[serde(flatten)]
    pub(crate) details: Map<String, Value>,
}

/// Which forms a template is for, with what only those have.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Purpose {
    #[serde(rename_all = "camelCase")]
    Profile { secret_by_default: bool },
    Feedback {
        /// The stage it is meant for, as `{id, text}`.
        stage: Value,
    },
}

/// A template, as the API answers it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) text: String,
    pub(crate) instructions: String,
    pub(crate) group: Option<Group>,
    pub(crate) fields: Vec<TemplateField>,
    #[serde(flatten)]
    pub(crate) purpose: Purpose,
    /// Only templates made by the API can be deleted by it.
    #[serde(skip)]
    pub(crate) made_by: MadeBy,
}

/// A group of templates.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The two lists of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TemplateList {
    Profile,
    Feedback,
}

impl TemplateList {
    /// What the API calls them.
    pub(crate) const fn resource(self) -> &'static str {
        match self {
            Self::Profile => "form_templates",
            Self::Feedback => "feedback_templates",
        }
    }
}

/// A template as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TemplateData {
    text: String,
    #[serde(default)]
    instructions: String,
    group: Option<String>,
    #[serde(default)]
    secret_by_default: bool,
    stage: Option<String>,
    fields: Vec<TemplateField>,
}

/// The answer to one field of a template.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FieldAnswer {
    id: Option<String>,
    text: Option<String>,
    #[serde(default)]
    value: Value,
}

impl Company {
    /// The templates of one list.
    pub(crate) fn templates(&self, list: TemplateList) -> &[Template] {
        match list {
            TemplateList::Profile => &self.form_templates,
            TemplateList::Feedback => &self.feedback_templates,
        }
    }

    /// A template by its id.
    pub(crate) fn template(&self, list: TemplateList, id: &str) -> Result<&Template, ChangeError> {
        let mut templates = self.templates(list).iter();
        let template = templates.find(|template| template.id == id);
        template.ok_or_else(|| ChangeError::not_found(list.resource(), id))
    }

    /// Adds a template, or replaces the one with `id`; returns it.
    pub(crate) fn put_template(
        &mut self,
        list: TemplateList,
        id: Option<&str>,
        data: TemplateData,
        now: i64,
    ) -> Result<&Template, ChangeError> {
        let kept = id.map(|id| self.template(list, id)).transpose()?;
        let created_at = kept.map_or(now, |kept| kept.created_at);
        let made_by = kept.map_or(MadeBy::Api, |kept| kept.made_by);
        let new_id = kept.map_or_else(random_id, |kept| kept.id.clone());
        let template = Template {
            id: new_id.clone(),
            created_at,
            updated_at: now,
            group: self.group(data.group.as_deref())?,
            purpose: self.purpose(list, &data)?,
            text: data.text,
            instructions: data.instructions,
            fields: data.fields,
            made_by,
        };
        let templates = self.templates_mut(list);
        templates.retain(|kept| kept.id != new_id);
        templates.push(template);
        self.template(list, &new_id)
    }

    /// Deletes a template that the API made.
    pub(crate) fn delete_template(
        &mut self,
        list: TemplateList,
        id: &str,
    ) -> Result<(), ChangeError> {
        if self.template(list, id)?.made_by != MadeBy::Api {
            return Err(ChangeError::NotMadeByApi("template"));
        }
        self.templates_mut(list).retain(|kept| kept.id != id);
        Ok(())
    }

    fn templates_mut(&mut self, list: TemplateList) -> &mut Vec<Template> {
        match list {
            TemplateList::Profile => &mut self.form_templates,
            TemplateList::Feedback => &mut self.feedback_templates,
        }
    }

    /// A group is known by the templates that are in it.
    fn group(&self, id: Option<&str>) -> Result<Option<Group>, ChangeError> {
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return Ok(None);
        };
        let templates = self.form_templates.iter().chain(&self.feedback_templates);
        let mut groups = templates.filter_map(|template| template.group.as_ref());
        match groups.find(|group| group.id == id) {
            Some(group) => Ok(Some(group.clone())),
            None => Err(ChangeError::not_found("groups", id)),
        }
    }

    fn purpose(&self, list: TemplateList, data: &TemplateData) -> Result<Purpose, ChangeError> {
        if data.fields.is_empty() {
            return Err(ChangeError::invalid("fields must not be empty"));
        }
        if list == TemplateList::Profile {
            return Ok(Purpose::Profile {
                secret_by_default: data.secret_by_default,
            });
        }
        let scores = data.fields.iter();
        let scores = scores.filter(|field| field.kind == TemplateFieldKind::ScoreSystem);
        if scores.count() != 1 {
            return Err(ChangeError::invalid(
                "a feedback template has exactly one field of type score-system",
            ));
        }
        let stage = match data.stage.as_deref() {
            None => Value::Null,
            Some(id) => {
                let stage = self.stage(id);
                let stage = stage.ok_or_else(|| ChangeError::not_found("stages", id))?;
                json!({"id": stage.id, "text": stage.text})
            }
        };
        Ok(Purpose::Feedback { stage })
    }
}

impl Template {
    /// Whether forms made from it are secret unless said otherwise.
    pub(crate) fn is_secret_by_default(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Profile {
                secret_by_default: true
            }
        )
    }

    /// The fields with their answers, all of which must be given, and none besides.
    pub(crate) fn filled(&self, answers: Vec<FieldAnswer>) -> Result<Vec<Value>, ChangeError> {
        if answers.len() != self.fields.len() {
            return Err(ChangeError::Invalid(format!(
                "the template has {} fields, not {}",
                self.fields.len(),
                answers.len()
            )));
        }
        let filled = self.fields.iter().map(|field| {
            let answer = answers.iter().find(|answer| answer.is_for(field));
            let answer = answer.ok_or_else(|| {
                ChangeError::Invalid(format!("the field {} is missing", field.text))
            })?;
            field.filled(&answer.value)
        });
        filled.collect()
    }
}

impl FieldAnswer {
    /// By id, or where none is given by the text of the field.
    fn is_for(&self, field: &TemplateField) -> bool {
        match (&self.id, &self.text) {
            (Some(id), _) => *id == field.id,
            (None, Some(text)) => *text == field.text,
            (None, None) => false,
        }
    }
}

impl TemplateField {
    /// The field with a value; a value of the wrong type is refused.
    pub(crate) fn filled(&self, value: &Value) -> Result<Value, ChangeError> {
        let is_right = match self.kind {
            _ if value.is_null() => true,
            TemplateFieldKind::Currency | TemplateFieldKind::Date => value.is_number(),
            TemplateFieldKind::YesNo => value.is_boolean() || value.is_string(),
            TemplateFieldKind::Dropdown | TemplateFieldKind::MultipleChoice => {
                self.has_option(value)
            }
            TemplateFieldKind::MultipleSelect => value
                .as_array()
                .is_some_and(|chosen| chosen.iter().all(|one| self.has_option(one))),
            TemplateFieldKind::Score | TemplateFieldKind::ScoreSystem => {
                value.is_number() || value.is_string()
            }
            TemplateFieldKind::Scorecard | TemplateFieldKind::FileUpload => true,
            TemplateFieldKind::Code
            | TemplateFieldKind::Note
            | TemplateFieldKind::Text
            | TemplateFieldKind::Textarea
            | TemplateFieldKind::University => value.is_string(),
        };
        if !is_right {
            return Err(ChangeError::Invalid(format!(
                "the value of {} does not fit its type",
                self.text
            )));
        }
        let mut filled = json!(self);
        filled["value"] = value.clone();
        Ok(filled)
    }

    fn has_option(&self, value: &Value) -> bool {
        let options = self.details.get("options").and_then(Value::as_array);
        options.is_none_or(|options| options.iter().any(|option| option["text"] == *value))
    }
}
