//! The comparison of one value with a filter's (RFC 7644 3.4.2.2).

use std::cmp::Ordering;

use scim_v2::filter::{CompValue, CompareOp};
use serde_json::Value;

use super::error::ScimError;
use super::schema::{Attribute, Kind};

/// Whether `value` of `attribute` stands in the relation `op` to `wanted`.
///
/// # Errors
/// Fails if true and false are to be put in an order, which they do not have.
pub(super) fn holds(
    value: &Value,
    attribute: &Attribute,
    op: &CompareOp,
    wanted: &CompValue,
) -> Result<bool, ScimError> {
    let is_order = matches!(
        op,
        CompareOp::Gt | CompareOp::Ge | CompareOp::Lt | CompareOp::Le
    );
    if attribute.kind == Kind::Boolean && is_order {
        let text = format!("{} is true or false, which have no order", attribute.name);
        return Err(ScimError::InvalidFilter(text));
    }
    Ok(match (value, wanted) {
        (Value::String(value), CompValue::Str(wanted)) => text_holds(value, attribute, op, wanted),
        (Value::Bool(value), wanted @ (CompValue::True | CompValue::False)) => {
            let is_same = *value == matches!(wanted, CompValue::True);
            match op {
                CompareOp::Eq => is_same,
                CompareOp::Ne => !is_same,
                _ => false,
            }
        }
        _ => *op == CompareOp::Ne,
    })
}

fn text_holds(value: &str, attribute: &Attribute, op: &CompareOp, wanted: &str) -> bool {
    let (value, wanted) = (folded(value, attribute), folded(wanted, attribute));
    let order = order(&value, &wanted, attribute.kind);
    match op {
        CompareOp::Eq => order == Ordering::Equal,
        CompareOp::Ne => order != Ordering::Equal,
        CompareOp::Co => value.contains(&wanted),
        CompareOp::Sw => value.starts_with(&wanted),
        CompareOp::Ew => value.ends_with(&wanted),
        CompareOp::Gt => order == Ordering::Greater,
        CompareOp::Ge => order != Ordering::Less,
        CompareOp::Lt => order == Ordering::Less,
        CompareOp::Le => order != Ordering::Greater,
    }
}

/// The order of two texts; of two moments, whichever way each is written.
pub(super) fn order(one: &str, other: &str, kind: Kind) -> Ordering {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    match (kind, moment(one), moment(other)) {
        (Kind::Moment, Some(one), Some(other)) => one.cmp(&other),
        _ => one.cmp(other),
    }
}

/// The text as it is compared: in lower case, unless case counts.
pub(super) fn folded(text: &str, attribute: &Attribute) -> String {
    if attribute.is_case_exact || attribute.kind == Kind::Moment {
        text.to_owned()
    } else {
        text.to_lowercase()
    }
}
