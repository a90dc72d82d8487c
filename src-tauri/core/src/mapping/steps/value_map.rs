//! Exchanging one value for another.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::mapping::problem::Problem;
use crate::mapping::text::folded;
use crate::mapping::transform::{IfNoMatch, Pair};
use crate::mapping::value::Value;

/// The pairs of a value map, found by what stands on their left.
#[derive(Debug)]
pub(in crate::mapping) struct ValueMap {
    pairs: HashMap<String, String>,
    if_no_match: IfNoMatch,
}

impl ValueMap {
    /// Of pairs with the same left side, the first counts.
    pub(super) fn new(pairs: &[Pair], if_no_match: &IfNoMatch) -> Self {
        let pairs = pairs.iter().rev();
        Self {
            pairs: pairs
                .map(|pair| (folded(&pair.from).into_owned(), pair.to.clone()))
                .collect(),
            if_no_match: if_no_match.clone(),
        }
    }

    /// The value, or each item of a list, exchanged.
    pub(super) fn exchange(&self, value: &Value) -> Result<Value, Problem> {
        if let Value::List(items) = value {
            let exchanged = items
                .iter()
                .map(|item| Ok(self.find(item)?.unwrap_or_else(|| item.clone())));
            return exchanged.collect::<Result<_, _>>().map(Value::List);
        }
        let text = match value {
            Value::Text(text) => Cow::Borrowed(text.as_str()),
            typed => Cow::Owned(typed.to_string()),
        };
        let found = self.find(&text)?;
        Ok(found.map_or_else(|| value.clone(), Value::Text))
    }

    fn find(&self, text: &str) -> Result<Option<String>, Problem> {
        if let Some(to) = self.pairs.get(&*folded(text)) {
            return Ok(Some(to.clone()));
        }
        match &self.if_no_match {
            IfNoMatch::Keep => Ok(None),
            IfNoMatch::Default { value } => Ok(Some(value.clone())),
            IfNoMatch::Stop => Err(Problem::NoMatch),
        }
    }
}
