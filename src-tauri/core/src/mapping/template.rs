//! Texts with fields in them.

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// What stands there as it is.
    Text(String),
    /// The value of the field with this id.
    Field(String),
}

/// Why a text is no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadTemplate {
    /// A field that never ends.
    #[error("A “{{{{” has no “}}}}”. Write \\{{ for a brace as such.")]
    Unclosed,
    /// A field without a name.
    #[error("A field is missing between “{{{{” and “}}}}”.")]
    NoField,
}

/// Reads a template.
///
/// # Errors
/// [`BadTemplate`] says what is wrong with it.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, BadTemplate> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(field) = rest.strip_prefix("{{") {
            let (id, after) = field.split_once("}}").ok_or(BadTemplate::Unclosed)?;
            if id.trim().is_empty() {
                return Err(BadTemplate::NoField);
            }
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Field(id.trim().to_owned()));
            rest = after;
            continue;
        }
        let literal = match rest.strip_prefix('\\') {
            Some(escaped) => escaped.chars().next().filter(|next| "{}\\".contains(*next)),
            None => None,
        };
        plain.push(literal.unwrap_or(letter));
        rest = &rest[letter.len_utf8() + literal.map_or(0, char::len_utf8)..];
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    fn field(id: &str) -> Piece {
        Piece::Field(id.into())
    }

    #[test]
    fn fields_stand_between_double_braces() {
        assert_eq!(
            pieces("{{ offer.job_title }} in {{opportunity.location}}!"),
            Ok(vec![
                field("offer.job_title"),
                text(" in "),
                field("opportunity.location"),
                text("!")
            ])
        );
        assert_eq!(pieces(""), Ok(Vec::new()));
    }

    #[test]
    fn a_backslash_takes_a_brace_literally_and_other_backslashes_stay() {
        assert_eq!(
            pieces(r"\{{a}} \\{{b}}"),
            Ok(vec![text(r"{{a}} \"), field("b")])
        );
        assert_eq!(pieces(r"C:\new {one} \"), Ok(vec![text(r"C:\new {one} \")]));
    }

    #[test]
    fn an_open_or_empty_field_is_said() {
        assert_eq!(pieces("{{a"), Err(BadTemplate::Unclosed));
        assert_eq!(pieces("a {{ }}"), Err(BadTemplate::NoField));
        assert_eq!(
            BadTemplate::Unclosed.to_string(),
            "A “{{” has no “}}”. Write \\{ for a brace as such."
        );
    }
}
