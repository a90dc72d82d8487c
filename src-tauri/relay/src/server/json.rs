//! Whether a body is one well-formed JSON text, without building anything from it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Whether `body` is one JSON text (RFC 8259) that the desktop's parser will take: UTF-8, no byte
/// order mark, numbers within the range of a double, at most 127 levels deep.
pub(super) fn is_well_formed(body: &[u8]) -> bool {
    serde_json::from_slice::<Syntax>(body).is_ok()
}

/// Any value. Unlike `IgnoredAny`, it makes the parser decode every string and count every level.
struct Syntax;

impl<'de> Deserialize<'de> for Syntax {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Syntax {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_texts_pass() {
        let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        for text in [
            "{}",
            " [1, -2.5e3, null, true, \"\\u00e9\"]\n",
            "18446744073709551616",
            &deep,
            "{\"__proto__\":{},\"a\":1,\"a\":2}",
        ] {
            assert!(is_well_formed(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn malformed_deep_or_mis_encoded_texts_do_not() {
        let deep = "[".repeat(10_000);
        let closed = format!("{}{}", "[".repeat(128), "]".repeat(128));
        let texts: [&[u8]; 12] = [
            b"",
            b" ",
            b"{",
            b"{}{}",
            b"[1,]",
            b"{\"a\":1,}",
            b"// x\n{}",
            b"\xef\xbb\xbf{}",
            b"\"\xff\"",
            b"\"\\ud800\"",
            deep.as_bytes(),
            closed.as_bytes(),
        ];
        for text in texts {
            assert!(!is_well_formed(text), "{:?}", &text[..text.len().min(20)]);
        }
    }
}
