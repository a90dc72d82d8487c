//! Addresses below the relay's own: an unguessable id and the public URL made of it.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::LazyLock;

use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use url::Url;

/// Bytes of randomness in an id (RELIABILITY.md T6 and T10 ask for 128 bits or more).
const ID_BYTES: usize = 20;

static BASE32_LOWER: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification
        .symbols
        .push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification
        .encoding()
        .expect("32 distinct ASCII symbols are a valid base32 alphabet")
});

/// What an address leads to.
pub trait Kind: Copy + Eq + Hash {
    /// The part of the path before the id.
    const SEGMENT: &'static str;
    /// The name of the id in a debug print.
    const NAME: &'static str;
}

/// 160 random bits, written as 32 lower-case base32 characters.
///
/// Knowing an id is the right to use its address, so a log shows [`AddressId::prefix`] only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AddressId<K>([u8; ID_BYTES], PhantomData<K>);

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of an address is 32 characters of a-z and 2-7")]
pub struct InvalidId;

impl<K: Kind> AddressId<K> {
    /// A new id from the system's random source.
    pub fn random() -> Self {
        Self(rand::random(), PhantomData)
    }

    /// The id as bytes, in the form that is bound into what is sealed for it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The id from bytes; `None` unless there are exactly 20.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.try_into().ok()?;
        Some(Self(bytes, PhantomData))
    }

    /// The first eight characters: enough to find an address in a log, useless for calling it.
    pub fn prefix(&self) -> String {
        let mut text = self.to_string();
        text.truncate(8);
        text
    }

    /// The id in the path of an address. The raw path is compared: an address has one spelling, and `%65`
    /// for `e` is not it.
    #[cfg(feature = "server")]
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let (segment, id) = path.strip_prefix('/')?.split_once('/')?;
        (segment == K::SEGMENT).then(|| id.parse().ok())?
    }

    /// The address below `base`, the public address of the relay.
    pub fn url(&self, base: &Url) -> Url {
        below(base, &[K::SEGMENT, &self.to_string()])
    }
}

/// `base` with `segments` appended to its path, whether or not the base ends in a slash.
pub(crate) fn below(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    // An address without a hierarchy (`mailto:`) has no path to extend and is returned as it is.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

impl<K: Kind> fmt::Display for AddressId<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_LOWER.encode(&self.0))
    }
}

impl<K: Kind> fmt::Debug for AddressId<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}…)", K::NAME, self.prefix())
    }
}

impl<K: Kind> FromStr for AddressId<K> {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let bytes = BASE32_LOWER
            .decode(text.as_bytes())
            .map_err(|_| InvalidId)?;
        Self::from_bytes(&bytes).ok_or(InvalidId)
    }
}

impl<K: Kind> Serialize for AddressId<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for AddressId<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::EndpointId;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = EndpointId::random();
        let text = id.to_string();
        assert_eq!(text.len(), 32, "160 bits are 32 base32 characters");
        assert_eq!(text.parse(), Ok(id));
    }

    #[test]
    fn only_the_one_spelling_of_an_id_is_accepted() {
        let text = EndpointId::random().to_string();
        let padded = format!("{text}======");
        let hostile = [
            "",
            "a",
            "../../etc/passwd",
            "%2e%2e",
            &text[1..],
            &padded,
            "1".repeat(32).as_str(),
            "é".repeat(16).as_str(),
        ]
        .map(str::to_owned);
        for wrong in hostile {
            assert_eq!(wrong.parse::<EndpointId>(), Err(InvalidId), "{wrong:?}");
        }
        assert_eq!("A".repeat(32).parse::<EndpointId>(), Err(InvalidId));
    }

    #[test]
    fn a_base_with_a_path_keeps_it() {
        let id = EndpointId::random();
        for base in ["https://r.example/relay", "https://r.example/relay/"] {
            let url = id.url(&base.parse().unwrap());
            assert_eq!(url.as_str(), format!("https://r.example/relay/e/{id}"));
        }
    }

    #[test]
    fn a_debug_print_does_not_give_the_address_away() {
        let id = EndpointId::random();
        assert!(!format!("{id:?}").contains(&id.to_string()));
    }
}
