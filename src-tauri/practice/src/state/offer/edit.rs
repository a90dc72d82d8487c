//! The editor of the offer form (PRODUCTS.md 3.5).

use std::sync::Arc;

use super::{FieldKind, FormField, OfferError, OfferForm};

/// What a person chooses for a field of their own.
#[derive(Clone, Debug)]
pub(crate) struct FieldChoice {
    pub(crate) text: String,
    pub(crate) kind: FieldKind,
    /// Lines of the options box.
    pub(crate) options: Vec<String>,
    pub(crate) needs_reapproval: bool,
}

/// Longest label, in characters.
const MAX_LABEL: usize = 120;

impl OfferForm {
    /// Adds a field of the customer's own and returns its identifier.
    ///
    /// # Errors
    /// Refuses a type that is not among the eight, an empty label, and a drop-down without options.
    pub(crate) fn add(&mut self, choice: FieldChoice) -> Result<String, OfferError> {
        if !FieldKind::CUSTOM.contains(&choice.kind) {
            return refused("Choose one of the field types.");
        }
        let (text, options) = checked(&choice, choice.kind)?;
        let identifier = self.free_identifier(&text);
        self.rows.push(Arc::new(FormField {
            identifier: identifier.clone(),
            text,
            kind: choice.kind,
            options,
            needs_reapproval: choice.needs_reapproval,
        }));
        Ok(identifier)
    }

    /// Puts one of Lever's own fields back on the form.
    ///
    /// # Errors
    /// Refuses an identifier that Lever does not have, or that is on the form.
    pub(crate) fn add_standard(&mut self, identifier: &str) -> Result<(), OfferError> {
        let field = FormField::standard(identifier)
            .filter(|field| self.place(&field.identifier).is_err())
            .ok_or_else(|| OfferError::not_found("offer field", identifier))?;
        self.rows.push(Arc::new(field));
        Ok(())
    }

    /// Changes a field. Label and options can be changed where the customer made the field; the
    /// identifier and the type stay, as offers are read by them.
    ///
    /// # Errors
    /// As [`OfferForm::add`], and for a field that is not on the form.
    pub(crate) fn edit(&mut self, identifier: &str, choice: FieldChoice) -> Result<(), OfferError> {
        let place = self.place(identifier)?;
        let mut field = FormField::clone(&self.rows[place]);
        field.needs_reapproval = choice.needs_reapproval;
        if field.is_custom() {
            (field.text, field.options) = checked(&choice, field.kind)?;
        }
        self.rows[place] = Arc::new(field);
        Ok(())
    }

    /// Moves a field one place up or down; at the end of the form it stays.
    ///
    /// # Errors
    /// For a field that is not on the form.
    pub(crate) fn shift(&mut self, identifier: &str, down: bool) -> Result<(), OfferError> {
        let place = self.place(identifier)?;
        let other = if down {
            place.saturating_add(1)
        } else {
            place.saturating_sub(1)
        };
        if other < self.rows.len() {
            self.rows.swap(place, other);
        }
        Ok(())
    }

    /// Takes a field off the form; offers that have it keep it.
    ///
    /// # Errors
    /// Refuses the fields that must stay, and one that is not on the form.
    pub(crate) fn remove(&mut self, identifier: &str) -> Result<(), OfferError> {
        let place = self.place(identifier)?;
        if self.rows[place].is_fixed() {
            return refused(&format!("\"{}\" cannot be removed.", self.rows[place].text));
        }
        self.rows.remove(place);
        Ok(())
    }

    fn place(&self, identifier: &str) -> Result<usize, OfferError> {
        let mut rows = self.rows.iter();
        rows.position(|row| row.identifier == identifier)
            .ok_or_else(|| OfferError::not_found("offer field", identifier))
    }

    /// `custom_` and the label in snake case, with a number if another field has that name.
    fn free_identifier(&self, label: &str) -> String {
        let lower = label.to_lowercase();
        let words = lower.split(|one: char| !one.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name = match words.join("_") {
            name if name.is_empty() => "field".to_owned(),
            name => name,
        };
        let base = format!("custom_{name}");
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        candidates
            .find(|candidate| self.place(candidate).is_err())
            .expect("the numbers are endless, the form is not")
    }
}

fn refused<T>(message: &str) -> Result<T, OfferError> {
    Err(OfferError::Form(message.to_owned()))
}

/// Label and options without blanks and repetitions.
fn checked(choice: &FieldChoice, kind: FieldKind) -> Result<(String, Vec<String>), OfferError> {
    let text = choice.text.trim().to_owned();
    if text.is_empty() {
        return refused("Give the field a label.");
    }
    if text.chars().count() > MAX_LABEL {
        return refused("The label is too long.");
    }
    let mut options: Vec<String> = Vec::new();
    for option in choice.options.iter().map(|line| line.trim()) {
        if !option.is_empty() && !options.iter().any(|own| own == option) {
            options.push(option.to_owned());
        }
    }
    match kind {
        FieldKind::Dropdown if options.is_empty() => {
            refused("Give the drop-down at least one option.")
        }
        FieldKind::Dropdown => Ok((text, options)),
        _ => Ok((text, Vec::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(text: &str, kind: FieldKind, options: &[&str]) -> FieldChoice {
        FieldChoice {
            text: text.to_owned(),
            kind,
            options: options.iter().map(|one| (*one).to_owned()).collect(),
            needs_reapproval: false,
        }
    }

    fn form() -> OfferForm {
        let rows =
            ["job_title", "team"].map(|id| FormField::standard(id).expect("a standard field"));
        OfferForm::new(rows.to_vec())
    }

    fn order(form: &OfferForm) -> Vec<&str> {
        form.rows()
            .iter()
            .map(|row| row.identifier.as_str())
            .collect()
    }

    #[test]
    fn identifiers_come_from_the_label_and_never_repeat() {
        let mut form = form();
        for (label, identifier) in [
            ("Sign-on bonus", "custom_sign_on_bonus"),
            ("sign on BONUS!", "custom_sign_on_bonus_2"),
            ("ボーナス", "custom_field"),
            ("<b>", "custom_b"),
        ] {
            let added = form.add(choice(label, FieldKind::Text, &[]));
            assert_eq!(added.as_deref(), Ok(identifier), "{label}");
        }
    }

    #[test]
    fn a_field_moves_within_the_form_and_fixed_ones_stay_on_it() {
        let mut form = form();
        let own = form.add(choice(
            "Laptop",
            FieldKind::Dropdown,
            &["Mac", " Linux ", "Mac", ""],
        ));
        let own = own.expect("a label and options");
        form.shift(&own, false).expect("on the form");
        form.shift(&own, false).expect("on the form");
        form.shift(&own, false).expect("at the top it stays");
        assert_eq!(order(&form), [own.as_str(), "job_title", "team"]);
        assert_eq!(form.rows()[0].options, ["Mac", "Linux"]);
        assert!(form.remove("job_title").is_err());
        form.remove("team").expect("not fixed");
        form.remove(&own).expect("one's own");
        assert_eq!(order(&form), ["job_title"]);
        form.add_standard("team").expect("was removed");
        assert!(form.add_standard("team").is_err(), "is on the form");
    }

    #[test]
    fn unusable_choices_are_refused() {
        let mut form = form();
        for bad in [
            choice("  ", FieldKind::Text, &[]),
            choice(&"x".repeat(121), FieldKind::Text, &[]),
            choice("Size", FieldKind::Dropdown, &[" "]),
            choice("Sign here", FieldKind::Signature, &[]),
        ] {
            assert!(form.add(bad.clone()).is_err(), "{bad:?}");
        }
        assert!(
            form.edit("nowhere", choice("x", FieldKind::Text, &[]))
                .is_err()
        );
        assert!(form.shift("nowhere", true).is_err());
    }
}
