//! How texts are compared.

use std::borrow::Cow;

/// The form in which texts compare: no outer white space, no difference of case. Up and then down brings `ß` and
/// `SS`, or `ς` and `σ`, together.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.is_ascii() {
        let folded = text.chars().flat_map(char::to_uppercase);
        return Cow::Owned(folded.flat_map(char::to_lowercase).collect());
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Borrowed(text)
}

/// Whether two texts compare as one.
pub(super) fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.trim().eq_ignore_ascii_case(other.trim());
    }
    folded(one) == folded(other)
}
