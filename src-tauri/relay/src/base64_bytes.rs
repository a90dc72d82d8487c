//! Bytes inside JSON: standard base64 with padding (RFC 4648 section 4).

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serializer, de};

pub(crate) fn serialize<T: AsRef<[u8]>, S: Serializer>(
    bytes: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64.encode(bytes.as_ref()))
}

pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: TryFrom<Vec<u8>>,
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    let bytes = BASE64
        .decode(text.as_bytes())
        .map_err(|_| de::Error::custom("not base64"))?;
    T::try_from(bytes).map_err(|_| de::Error::custom("wrong number of bytes"))
}
