//! Pages for people who have no Fulcrum, such as a form for a new hire: the desktop encrypts one, the
//! relay serves the ciphertext, and the key travels in the fragment of the link, which no browser
//! sends to a server. What the person answers is sealed in the browser to a key inside the page, so
//! the relay reads neither (RELIABILITY.md T4 and T10).

use std::collections::BTreeMap;

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;
use zeroize::Zeroizing;

use crate::address::{AddressId, Kind};
use crate::base64_bytes;
use crate::seal::{OpenError, SealingKey, SealingPublicKey};

/// Bound into every page, so that a ciphertext of another use is none.
const CONTEXT: &[u8] = b"fulcrum page v1";
const NONCE_BYTES: usize = 12;

/// The kind of an address that shows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {}

impl Kind for Shown {
    const SEGMENT: &'static str = "p";
    const NAME: &'static str = "PageId";
}

/// The id of a page. It finds the ciphertext; reading that takes the [`PageKey`] too.
pub type PageId = AddressId<Shown>;

/// The key of one page: 256 bits that the relay never sees. It has no `Debug`, and leaves only in
/// [`PageKey::link`] and [`PageKey::to_secret_bytes`].
pub struct PageKey(Zeroizing<[u8; 32]>);

impl PageKey {
    /// A new key from the system's random source.
    pub fn generate() -> Self {
        Self(Zeroizing::new(rand::random()))
    }

    /// The key of a stored secret.
    pub fn from_secret_bytes(secret: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*secret))
    }

    /// The secret, to be stored encrypted.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// The address at which the page opens, made of the one that the relay gave: whoever has it can
    /// read the page until the page is removed.
    pub fn link(&self, url: &Url) -> Url {
        let mut link = url.clone();
        link.set_fragment(Some(&BASE64URL_NOPAD.encode(self.0.as_slice())));
        link
    }

    /// Encrypts `content` for the address `page`: a random nonce, then AES-256-GCM, which is what
    /// every browser has.
    pub fn encrypt(&self, page: PageId, content: &Content) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let plain = serde_json::to_vec(content).expect("a page always has a JSON form");
        let bound = [CONTEXT, page.as_bytes()].concat();
        let payload = Payload {
            msg: &plain,
            aad: &bound,
        };
        let cipher = Aes256Gcm::new((&*self.0).into());
        let ciphertext = cipher
            .encrypt(&nonce.into(), payload)
            .expect("a page is far shorter than the 64 GB that AES-GCM takes");
        [&nonce[..], &ciphertext].concat()
    }
}

/// What a page shows. All of it is text: nothing in it is ever markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The heading.
    pub title: String,
    /// The text below it.
    pub paragraphs: Vec<String>,
    /// What the reader is asked, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
}

/// Questions of a page, to be answered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The key that the answer is sealed to: from inside the page, so that the relay cannot name
    /// its own.
    pub key: SealingPublicKey,
    /// What makes the answer count, once.
    pub nonce: AnswerNonce,
    /// The questions, in their order.
    pub fields: Vec<Field>,
    /// The words on the button.
    pub send: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in the answer.
    pub name: String,
    /// The question.
    pub label: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether the form can be sent without it.
    pub required: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A date, answered as `2026-01-31`.
    Date,
    /// A box to tick, answered as `yes` or as nothing.
    Tick,
}

/// 128 random bits inside a page: who sends them has read it. The relay knows their digest, and takes
/// one answer for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerNonce(#[serde(with = "base64_bytes")] [u8; 16]);

/// What the relay knows of an [`AnswerNonce`]: its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceDigest(#[serde(with = "base64_bytes")] pub(crate) [u8; 32]);

impl AnswerNonce {
    /// A new nonce from the system's random source.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// What to tell the relay when the page is published.
    pub fn digest(&self) -> NonceDigest {
        NonceDigest(Sha256::digest(self.0).into())
    }
}

impl std::fmt::Debug for AnswerNonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerNonce(…)")
    }
}

/// The body that the browser posts, and the body of the delivery that the desktop gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedAnswer {
    /// The nonce of the form.
    pub nonce: AnswerNonce,
    /// The answer, sealed for [`Form::key`].
    #[serde(with = "base64_bytes")]
    pub sealed: Vec<u8>,
}

impl PostedAnswer {
    /// What the reader of `page` answered, by the names of the fields. The values are as they were
    /// typed by somebody who had the link, and no more to be trusted than that.
    ///
    /// # Errors
    /// [`OpenError`] where it was not sealed for this page, form and key, or is not an answer.
    pub fn open(
        &self,
        key: &SealingKey,
        page: PageId,
    ) -> Result<BTreeMap<String, String>, OpenError> {
        let plain = key.open_answer(&self.sealed, page, &self.nonce)?;
        serde_json::from_slice(&plain).map_err(|_| OpenError::Content)
    }
}

impl AsRef<[u8]> for AnswerNonce {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            title: "Welcome".into(),
            paragraphs: vec!["Zoë".into()],
            form: None,
        }
    }

    #[test]
    fn the_link_carries_the_key_in_its_fragment_only() {
        let (id, key) = (PageId::random(), PageKey::from_secret_bytes(&[0xff; 32]));
        let link = key.link(&id.url(&"https://pages.example".parse().unwrap()));
        assert_eq!(link.path(), format!("/p/{id}"));
        assert_eq!(link.query(), None);
        assert_eq!(
            link.fragment(),
            Some("__________________________________________8")
        );
    }

    #[test]
    fn equal_pages_do_not_look_equal_and_show_nothing() {
        let (id, key) = (PageId::random(), PageKey::generate());
        let [one, two] = [0, 1].map(|_| key.encrypt(id, &content()));
        assert_ne!(one, two);
        assert!(!one.windows(7).any(|window| window == b"Welcome"));
        let plain = serde_json::to_vec(&content()).unwrap();
        assert_eq!(
            one.len(),
            NONCE_BYTES + plain.len() + 16,
            "nonce, text, tag"
        );
    }

    #[test]
    fn a_nonce_is_known_to_the_relay_by_its_digest_only() {
        let nonce = AnswerNonce([7; 16]);
        assert!(!format!("{nonce:?}").contains('7'));
        assert_eq!(nonce.digest(), AnswerNonce([7; 16]).digest());
        assert_ne!(nonce.digest(), AnswerNonce::random().digest());
    }
}
