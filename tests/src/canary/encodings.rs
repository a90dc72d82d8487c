//! The ways in which software writes a value down.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXUPPER};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// The forms that a value has in one encoding: as many as there are ways to use it.
type Encode = fn(&[u8]) -> Vec<Vec<u8>>;

/// Each encoding with its name in a report.
pub(super) const ENCODINGS: [(&str, Encode); 9] = [
    ("raw", |value| vec![value.to_vec()]),
    ("base64", |value| base64(&BASE64_NOPAD, value)),
    ("base64url", |value| base64(&BASE64URL_NOPAD, value)),
    ("hex", |value| vec![HEXLOWER.encode(value).into_bytes()]),
    ("HEX", |value| vec![HEXUPPER.encode(value).into_bytes()]),
    ("url", url),
    ("utf-16", utf_16),
    ("json", json),
    ("numbers", numbers),
];

/// What stays of the value wherever it stands in the encoded text: three alignments, without the characters that
/// neighbours share.
fn base64(encoding: &Encoding, value: &[u8]) -> Vec<Vec<u8>> {
    let aligned = |shift: usize| {
        let shifted = [&vec![0; shift], value].concat();
        let shared = (shift * 8).div_ceil(6);
        let whole = shifted.len() * 8 / 6;
        encoding.encode(&shifted).as_bytes()[shared..whole].to_vec()
    };
    (0..3).map(aligned).collect()
}

/// All that is no unreserved character of RFC 3986 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// With all escapes and with few, with digits of both cases, and as a form writes spaces.
fn url(value: &[u8]) -> Vec<Vec<u8>> {
    let all = percent_encode(value, NON_ALPHANUMERIC).to_string();
    let few = percent_encode(value, RESERVED).to_string();
    let form: String = url::form_urlencoded::byte_serialize(value).collect();
    [all, few, form]
        .into_iter()
        .flat_map(|form| [lower_escapes(&form), form])
        .map(String::into_bytes)
        .collect()
}

/// `%2F` as `%2f`.
fn lower_escapes(text: &str) -> String {
    let mut digits = 0;
    let lower = |c: char| {
        if c == '%' {
            digits = 2;
        } else if digits > 0 {
            digits -= 1;
            return c.to_ascii_lowercase();
        }
        c
    };
    text.chars().map(lower).collect()
}

fn utf_16(value: &[u8]) -> Vec<Vec<u8>> {
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::str::from_utf8(value).map(units).into_iter().collect()
}

/// With as few escapes as JSON needs, with the slash escaped too, and in ASCII alone.
fn json(value: &[u8]) -> Vec<Vec<u8>> {
    let Ok(text) = std::str::from_utf8(value) else {
        return Vec::new();
    };
    let quoted = serde_json::Value::from(text).to_string();
    let few = quoted[1..quoted.len() - 1].to_owned();
    let slashes = few.replace('/', r"\/");
    let ascii = [&few, &slashes].map(|form| {
        let escaped = |c: char| match c {
            ' '..='~' => c.to_string(),
            _ => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect(),
        };
        form.chars().map(escaped).collect::<String>()
    });
    [few, slashes]
        .into_iter()
        .chain(ascii)
        .map(String::into_bytes)
        .collect()
}

/// As a list of bytes is printed by `Debug` and in JSON.
fn numbers(value: &[u8]) -> Vec<Vec<u8>> {
    let numbers: Vec<_> = value.iter().map(u8::to_string).collect();
    [", ", ","]
        .map(|between| numbers.join(between).into_bytes())
        .into()
}
