//! Fields that a company adds to its requisitions (LEVER.md 3.10).

use serde::{Deserialize, Serialize};

use super::{ChangeError, Company};
use crate::identifiers::random_id;

/// Lever's limits.
const MOST_FIELDS: usize = 100;
const MOST_SUBFIELDS: usize = 10;
const MOST_OPTIONS: usize = 8_000;
const MOST_OPTIONS_AT_ONCE: usize = 4_000;
const LONGEST_ID: usize = 50;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RequisitionFieldKind {
    Number,
    Text,
    Date,
    Object,
    Dropdown,
}

/// A field, as the API takes and answers it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequisitionField {
    /// Lower-case words joined by underscores.
    pub(crate) id: String,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: RequisitionFieldKind,
    #[serde(default)]
    pub(crate) is_required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) subfields: Option<Vec<Subfield>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) options: Option<Vec<FieldOption>>,
}

/// A part of an object field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subfield {
    pub(crate) id: String,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: RequisitionFieldKind,
}

/// A choice of a dropdown field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FieldOption {
    #[serde(default = "random_id")]
    pub(crate) id: String,
    pub(crate) text: String,
}

impl RequisitionField {
    fn check(&self) -> Result<(), ChangeError> {
        check_id(&self.id)?;
        let subfields = self.subfields.as_deref().unwrap_or_default();
        let options = self.options.as_deref().unwrap_or_default();
        let is = |kind| self.kind == kind;
        if !subfields.is_empty() && !is(RequisitionFieldKind::Object) {
            return Err(ChangeError::invalid("only an object has subfields"));
        }
        if !options.is_empty() && !is(RequisitionFieldKind::Dropdown) {
            return Err(ChangeError::invalid("only a dropdown has options"));
        }
        if subfields.len() > MOST_SUBFIELDS {
            return Err(ChangeError::Invalid(format!(
                "a field has at most {MOST_SUBFIELDS} subfields"
            )));
        }
        let nested = [RequisitionFieldKind::Object, RequisitionFieldKind::Dropdown];
        if subfields.iter().any(|one| nested.contains(&one.kind)) {
            return Err(ChangeError::invalid(
                "a subfield is a number, a text or a date",
            ));
        }
        check_options_at_once(options.len())?;
        subfields.iter().try_for_each(|one| check_id(&one.id))
    }
}

fn check_id(id: &str) -> Result<(), ChangeError> {
    let is_snake_case = id.starts_with(|first: char| first.is_ascii_lowercase())
        && id
            .chars()
            .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
    if is_snake_case && id.len() <= LONGEST_ID {
        Ok(())
    } else {
        Err(ChangeError::Invalid(format!(
            "the id of a field is snake_case and at most {LONGEST_ID} characters long"
        )))
    }
}

fn check_options_at_once(count: usize) -> Result<(), ChangeError> {
    if count > MOST_OPTIONS_AT_ONCE {
        return Err(ChangeError::Invalid(format!(
            "at most {MOST_OPTIONS_AT_ONCE} options at once"
        )));
    }
    Ok(())
}

impl Company {
    /// A field by its id.
    pub(crate) fn requisition_field(&self, id: &str) -> Result<&RequisitionField, ChangeError> {
        let mut fields = self.requisition_fields.iter();
        let field = fields.find(|field| field.id == id);
        field.ok_or_else(|| ChangeError::not_found("requisition_fields", id))
    }

    /// Adds a field whose id is new.
    pub(crate) fn add_requisition_field(
        &mut self,
        field: RequisitionField,
    ) -> Result<(), ChangeError> {
        field.check()?;
        if self.requisition_field(&field.id).is_ok() {
            let message = format!("a field with the id {} exists", field.id);
            return Err(ChangeError::Invalid(message));
        }
        if self.requisition_fields.len() >= MOST_FIELDS {
            return Err(ChangeError::Invalid(format!(
                "a company has at most {MOST_FIELDS} requisition fields"
            )));
        }
        self.requisition_fields.push(field);
        Ok(())
    }

    /// Replaces a field; its id stays.
    pub(crate) fn replace_requisition_field(
        &mut self,
        id: &str,
        field: RequisitionField,
    ) -> Result<(), ChangeError> {
        field.check()?;
        let kept = self.requisition_field_mut(id)?;
        *kept = RequisitionField {
            id: kept.id.clone(),
            ..field
        };
        Ok(())
    }

    /// Deletes a field; requisitions keep what they hold under its id.
    pub(crate) fn delete_requisition_field(&mut self, id: &str) -> Result<(), ChangeError> {
        self.requisition_field(id)?;
        self.requisition_fields.retain(|field| field.id != id);
        Ok(())
    }

    /// Adds choices to a dropdown and returns them.
    pub(crate) fn add_field_options(
        &mut self,
        id: &str,
        texts: Vec<String>,
    ) -> Result<Vec<FieldOption>, ChangeError> {
        check_options_at_once(texts.len())?;
        let options = self.options_mut(id)?;
        if options.len() + texts.len() > MOST_OPTIONS {
            return Err(ChangeError::Invalid(format!(
                "a field has at most {MOST_OPTIONS} options"
            )));
        }
        let added: Vec<FieldOption> = texts
            .into_iter()
            .map(|text| FieldOption {
                id: random_id(),
                text,
            })
            .collect();
        options.extend(added.iter().cloned());
        Ok(added)
    }

    /// Renames choices of a dropdown, all or none.
    pub(crate) fn rename_field_options(
        &mut self,
        id: &str,
        renamed: Vec<FieldOption>,
    ) -> Result<(), ChangeError> {
        check_options_at_once(renamed.len())?;
        let options = self.options_mut(id)?;
        for option in &renamed {
            known_option(options, &option.id)?;
        }
        for option in renamed {
            if let Some(kept) = options.iter_mut().find(|kept| kept.id == option.id) {
                kept.text = option.text;
            }
        }
        Ok(())
    }

    /// Deletes choices of a dropdown, all or none.
    pub(crate) fn delete_field_options(
        &mut self,
        id: &str,
        deleted: &[String],
    ) -> Result<(), ChangeError> {
        check_options_at_once(deleted.len())?;
        let options = self.options_mut(id)?;
        for option in deleted {
            known_option(options, option)?;
        }
        options.retain(|kept| !deleted.contains(&kept.id));
        Ok(())
    }

    fn requisition_field_mut(&mut self, id: &str) -> Result<&mut RequisitionField, ChangeError> {
        let mut fields = self.requisition_fields.iter_mut();
        let field = fields.find(|field| field.id == id);
        field.ok_or_else(|| ChangeError::not_found("requisition_fields", id))
    }

    fn options_mut(&mut self, id: &str) -> Result<&mut Vec<FieldOption>, ChangeError> {
        let field = self.requisition_field_mut(id)?;
        if field.kind != RequisitionFieldKind::Dropdown {
            return Err(ChangeError::invalid("only a dropdown has options"));
        }
        Ok(field.options.get_or_insert_default())
    }
}

fn known_option(options: &[FieldOption], id: &str) -> Result<(), ChangeError> {
    if options.iter().any(|option| option.id == id) {
        Ok(())
    } else {
        Err(ChangeError::not_found("options", id))
    }
}
