//! Lever's webhook signature: hex HMAC-SHA256, keyed with the signature token, over `token` and `triggeredAt`
//! joined (LEVER.md 5.3). It covers neither the event nor its data, so a genuine event is only a hint.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What a delivery says of itself, before it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    token: String,
    triggered_at: i64,
    signature: [u8; 32],
}

/// Why a delivery cannot be checked at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// One of the three fields is missing or has another type.
    #[error("it carries no token, triggeredAt and signature as Lever sends them")]
    Fields,
    /// `triggeredAt` is no whole number of thirteen digits. With another length the boundary between the two
    /// signed fields could be moved and one signature would fit many pairs (RELIABILITY.md 0.2).
    #[error("its triggeredAt is not a time in milliseconds")]
    Time,
    /// The token is not made of 16 to 128 letters and digits.
    #[error("its token has another form than Lever's")]
    Token,
    /// The signature is not 64 lower-case hex digits.
    #[error("its signature has another form than Lever's")]
    Signature,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    token: String,
    triggered_at: serde_json::Number,
    signature: String,
}

impl Signed {
    /// Reads the three fields from a delivery's body.
    ///
    /// # Errors
    /// [`Malformed`] for any other shape, a repeated key included.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let fields: Fields = serde_json::from_slice(body).map_err(|_| Malformed::Fields)?;
        let triggered_at = fields
            .triggered_at
            .as_i64()
            .filter(|ms| (1_000_000_000_000..10_000_000_000_000).contains(ms))
            .ok_or(Malformed::Time)?;
        let shaped = (16..=128).contains(&fields.token.len())
            && fields
                .token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric());
        if !shaped {
            return Err(Malformed::Token);
        }
        if fields
            .signature
            .bytes()
            .any(|byte| byte.is_ascii_uppercase())
        {
            return Err(Malformed::Signature);
        }
        let mut signature = [0; 32];
        hex::decode_to_slice(&fields.signature, &mut signature)
            .map_err(|_| Malformed::Signature)?;
        Ok(Self {
            token: fields.token,
            triggered_at,
            signature,
        })
    }

    /// The delivery's own token, the first of the two signed fields.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// What Lever signs: the token and the time, joined.
    pub fn message(&self) -> String {
        format!("{}{}", self.token, self.triggered_at)
    }

    /// The signature as received, in hexadecimal digits.
    pub fn signature_hex(&self) -> String {
        hex::encode(self.signature)
    }

    /// When Lever says it happened, in milliseconds since 1970 UTC.
    pub fn triggered_at(&self) -> i64 {
        self.triggered_at
    }

    /// Whether it was signed with this signature token; compared in constant time.
    pub fn verify(&self, signature_token: &SecretString) -> bool {
        if signature_token.expose_secret().is_empty() {
            return false;
        }
        let mac = mac(signature_token, &self.token, self.triggered_at);
        mac.verify_slice(&self.signature).is_ok()
    }

    /// A digest of the signature: the key of the replay cache. It begins with the signed time, which a replay cannot
    /// change, so that the keys come about in their order and an event does not touch a page of the index of its own.
    pub fn digest(&self) -> [u8; 32] {
        in_time_order(self.triggered_at, Sha256::digest(self.signature).into())
    }
}

/// A digest of which the first 8 of its 32 bytes make way for a time, so that the digests of later times are larger. The
/// 192 bits that are left are enough for any number of events.
pub(super) fn in_time_order(at: i64, mut digest: [u8; 32]) -> [u8; 32] {
    digest[..8].copy_from_slice(&at.to_be_bytes());
    digest
}

/// Signs as Lever does; for deliveries that Fulcrum sends to itself. `triggered_at` is in milliseconds since 1970 UTC.
pub fn sign(signature_token: &SecretString, token: &str, triggered_at: i64) -> String {
    let mac = mac(signature_token, token, triggered_at);
    hex::encode(mac.finalize().into_bytes())
}

fn mac(signature_token: &SecretString, token: &str, triggered_at: i64) -> Hmac<Sha256> {
    let key = signature_token.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(token.as_bytes());
    mac.update(triggered_at.to_string().as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";
    const TOKEN: &str = "00112233445566778899aabbccddeeff0011223344556670";
    const TIME: i64 = 1_767_225_600_000;

    fn signed(key: &str, message: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(message.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    fn body(token: &str, time: &str, signature: &str) -> Vec<u8> {
        format!(r#"{{"token":"{token}","triggeredAt":{time},"signature":"{signature}","data":{{}},"new":1}}"#)
            .into_bytes()
    }

    fn genuine() -> Vec<u8> {
        body(
            TOKEN,
            &TIME.to_string(),
            &signed(KEY, &format!("{TOKEN}{TIME}")),
        )
    }

    fn verifies(body: &[u8], key: &str) -> bool {
        Signed::parse(body).is_ok_and(|signed| signed.verify(&SecretString::from(key.to_owned())))
    }

    #[test]
    fn a_genuine_delivery_verifies_and_extra_fields_do_not_matter() {
        assert!(verifies(&genuine(), KEY));
    }

    #[test]
    fn another_key_or_an_empty_one_does_not_verify() {
        assert!(!verifies(&genuine(), "aa55aa55aa55aa55"));
        assert!(!verifies(&genuine(), ""));
    }

    #[test]
    fn every_changed_digit_of_token_time_or_signature_is_noticed() {
        let signature = signed(KEY, &format!("{TOKEN}{TIME}"));
        for place in 0..TOKEN.len() {
            assert!(!verifies(
                &body(&flip(TOKEN, place), &TIME.to_string(), &signature),
                KEY
            ));
        }
        for place in 0..signature.len() {
            assert!(!verifies(
                &body(TOKEN, &TIME.to_string(), &flip(&signature, place)),
                KEY
            ));
        }
        for place in 1..13 {
            assert!(!verifies(
                &body(TOKEN, &flip(&TIME.to_string(), place), &signature),
                KEY
            ));
        }
    }

    fn flip(text: &str, place: usize) -> String {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = if bytes[place] == b'1' { b'2' } else { b'1' };
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_shifted_boundary_between_token_and_time_verifies() {
        let joined = format!("{TOKEN}{TIME}");
        let signature = signed(KEY, &joined);
        for cut in 0..joined.len() {
            let (token, time) = joined.split_at(cut);
            let alias = body(token, time, &signature);
            assert_eq!(verifies(&alias, KEY), cut == TOKEN.len(), "cut at {cut}");
            let quoted = body(token, &format!("\"{time}\""), &signature);
            assert!(!verifies(&quoted, KEY), "a time in quotes is refused");
        }
    }

    #[test]
    fn digests_differ_by_the_signature_and_come_in_the_order_of_the_signed_times() {
        let of = |time: i64, first: &str| {
            let token = format!("{first}{}", &TOKEN[1..]);
            let signature = signed(KEY, &format!("{token}{time}"));
            let parsed = Signed::parse(&body(&token, &time.to_string(), &signature));
            parsed.unwrap().digest()
        };
        assert_eq!(of(TIME, "0"), of(TIME, "0"));
        assert_ne!(of(TIME, "0"), of(TIME, "1"));
        let tokens = ["0", "1", "2", "3", "4", "5", "6", "7"];
        let earlier = tokens.map(|first| of(TIME, first));
        let later = tokens.map(|first| of(TIME + 1, first));
        assert!(earlier.iter().all(|one| later.iter().all(|two| one < two)));
    }

    #[test]
    fn odd_shapes_are_malformed_and_never_a_panic() {
        let signature = signed(KEY, &format!("{TOKEN}{TIME}"));
        let upper = signature.to_uppercase();
        let time = TIME.to_string();
        let cases: [(&str, &str, &str, Malformed); 9] = [
            (TOKEN, "1.767e12", &signature, Malformed::Time),
            (TOKEN, "-1767225600000", &signature, Malformed::Time),
            (TOKEN, "176722560000", &signature, Malformed::Time),
            (
                TOKEN,
                "99999999999999999999999",
                &signature,
                Malformed::Time,
            ),
            ("", &time, &signature, Malformed::Token),
            (
                "tøken-tøken-tøken-tøken",
                &time,
                &signature,
                Malformed::Token,
            ),
            (TOKEN, &time, &upper, Malformed::Signature),
            (TOKEN, &time, &signature[1..], Malformed::Signature),
            (TOKEN, &time, "sha256=00", Malformed::Signature),
        ];
        for (token, time, signature, expected) in cases {
            assert_eq!(
                Signed::parse(&body(token, time, signature)),
                Err(expected),
                "{token} {time}"
            );
        }
        for text in [
            "",
            "{}",
            "[]",
            "null",
            "{\"token\":1}",
            "{\"token\":\"a\",\"token\":\"b\"}",
        ] {
            assert_eq!(
                Signed::parse(text.as_bytes()),
                Err(Malformed::Fields),
                "{text}"
            );
        }
    }

    #[test]
    fn the_documented_vectors_hold() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/lever-samples/constructed/webhook-signature-vectors.json"
        );
        // The samples are not ours to ship; where they lie beside the checkout they are checked.
        let Ok(text) = std::fs::read_to_string(path) else {
            return;
        };
        let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        for vector in vectors {
            let text = |name: &str| vector[name].as_str().unwrap_or_default();
            let delivery = body(
                text("token"),
                &vector["triggeredAt"].to_string(),
                text("signature"),
            );
            let expected = vector["valid"].as_bool().unwrap();
            assert_eq!(
                verifies(&delivery, text("signatureToken")),
                expected,
                "{}",
                vector["note"]
            );
        }
    }
}
