//! The offer form of the company (PRODUCTS.md 3.5).

use std::sync::Arc;

use super::{FormField, OfferField, OfferValue};

/// The default offer form.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfferForm {
    pub(super) rows: Vec<Arc<FormField>>,
}

impl OfferForm {
    pub(crate) fn new(rows: Vec<FormField>) -> Self {
        let rows = rows.into_iter().map(Arc::new).collect();
        Self { rows }
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> &[Arc<FormField>] {
        &self.rows
    }

    /// The rows as those of an offer without values.
    pub(crate) fn blank(&self) -> impl Iterator<Item = OfferField> {
        self.rows.iter().map(|field| OfferField {
            field: field.clone(),
            value: OfferValue::Empty,
        })
    }
}
