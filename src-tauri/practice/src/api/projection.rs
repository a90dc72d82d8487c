//! `include` and `expand` (LEVER.md 2.4).

use serde_json::{Map, Value};

use super::error::ApiError;
use super::params::Params;

/// Which members of a document are answered, and which ids in it become objects.
#[derive(Clone, Debug)]
pub(super) struct Projection {
    include: Vec<String>,
    expand: Vec<String>,
}

impl Projection {
    /// Reads both parameters.
    ///
    /// # Errors
    /// 400 if a member other than those in `expandable` is to be expanded.
    pub(super) fn parse(params: &Params, expandable: &[&str]) -> Result<Self, ApiError> {
        let expand: Vec<String> = params.all("expand").map(str::to_owned).collect();
        match expand
            .iter()
            .find(|name| !expandable.contains(&name.as_str()))
        {
            Some(other) => Err(ApiError::bad_request(format!("{other} is not expandable"))),
            None => Ok(Self {
                include: params.all("include").map(str::to_owned).collect(),
                expand,
            }),
        }
    }

    /// Applies both to one document; `resolve` finds the object for a member's id.
    pub(super) fn apply(
        &self,
        document: Value,
        resolve: impl Fn(&str, &str) -> Option<Value>,
    ) -> Value {
        let Value::Object(mut members) = document else {
            return document;
        };
        for name in &self.expand {
            if let Some(member) = members.get_mut(name) {
                expand(member, |id| resolve(name, id));
            }
        }
        Value::Object(self.included(members))
    }

    fn included(&self, members: Map<String, Value>) -> Map<String, Value> {
        if self.include.is_empty() {
            return members;
        }
        let asked = |name: &String| {
            name == "id" || self.include.contains(name) || self.expand.contains(name)
        };
        members
            .into_iter()
            .filter(|(name, _)| asked(name))
            .collect()
    }
}

/// Replaces an id, or each id of an array; null and unknown ids stay.
fn expand(member: &mut Value, resolve: impl Fn(&str) -> Option<Value>) {
    match member {
        Value::Array(items) => {
            for item in items {
                if let Some(object) = item.as_str().and_then(&resolve) {
                    *item = object;
                }
            }
        }
        Value::String(id) => {
            if let Some(object) = resolve(id) {
                *member = object;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
    }
}
