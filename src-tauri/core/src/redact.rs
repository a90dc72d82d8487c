//! Redaction by value (SCREENS.md 4.12.10): every secret that this program holds is known here from the moment it is
//! made or loaded, and is cut out of whatever is told in words: the log, the activity, and the errors of other
//! servers, which may repeat what they were sent.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// What stands in the place of a secret.
const MARK: &str = "…";

/// Shorter secrets are left alone: cutting them out would garble words that hold them by chance. Lever's own and
/// ours are longer.
const SHORTEST: usize = 8;

/// How many secrets are known at once. Tokens are replaced every hour; the ones that were not seen for longest are
/// forgotten first.
const MOST: usize = 512;

/// The forms of one secret, itself first.
type Forms = Vec<Zeroizing<String>>;

/// The log is one for the whole process, so what it may not hold is too.
static KNOWN: Mutex<VecDeque<Forms>> = Mutex::new(VecDeque::new());

fn known() -> MutexGuard<'static, VecDeque<Forms>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a secret of a text, and cuts it out of everything that is told from then on.
pub fn secret(text: impl Into<String>) -> SecretString {
    let secret = SecretString::from(text.into());
    conceal(secret.expose_secret());
    secret
}

/// Cuts a text out of everything that is told from now on.
pub fn conceal(text: &str) {
    if text.len() < SHORTEST {
        return;
    }
    let mut known = known();
    let place = known
        .iter()
        .position(|forms| forms.first().is_some_and(|first| **first == text));
    let forms = place.and_then(|place| known.remove(place));
    known.push_back(forms.unwrap_or_else(|| forms_of(text)));
    if known.len() > MOST {
        known.pop_front();
    }
}

/// The same for a key of random bytes, as hex digits and in base 64.
pub fn conceal_bytes(bytes: &[u8]) {
    conceal(&Zeroizing::new(HEXLOWER.encode(bytes)));
    conceal(&Zeroizing::new(BASE64_NOPAD.encode(bytes)));
}

/// The secret as it is, as URLs and JSON write it, and as HTTP Basic does: there it is followed by more, so without
/// the last character of base 64, which the neighbour shares.
fn forms_of(text: &str) -> Forms {
    let quoted = Zeroizing::new(serde_json::Value::from(text).to_string());
    let whole = text.len() * 8 / 6;
    let all = [
        text.to_owned(),
        url::form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        quoted[1..quoted.len() - 1].to_owned(),
        BASE64_NOPAD.encode(text.as_bytes())[..whole].to_owned(),
    ];
    let mut forms = Forms::new();
    for form in all.map(Zeroizing::new) {
        // A text without escapes is the same in several.
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// `text` without any secret of this program.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for form in known().iter().flatten() {
        if text.contains(form.as_str()) {
            text = Cow::Owned(text.replace(form.as_str(), MARK));
        }
    }
    text
}

/// A writer of a log that lets no secret through. A line has to come in one piece, as `tracing-subscriber` writes it.
pub struct Redacting<W>(pub W);

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        self.0.write_all(without_secrets(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(line: &str) -> String {
        let mut log = Redacting(Vec::new());
        log.write_all(line.as_bytes()).unwrap();
        String::from_utf8(log.0).unwrap()
    }

    #[test]
    fn a_secret_is_cut_out_of_a_line_in_every_form_that_a_log_shows() {
        let secret = secret("p4ss/word \"+ß\" 91");
        let text = secret.expose_secret();
        let basic = BASE64_NOPAD.encode(format!("{text}:").as_bytes());
        for shown in [
            text.to_owned(),
            format!("{text:?}"),
            "p4ss%2Fword+%22%2B%C3%9F%22+91".to_owned(),
            basic,
        ] {
            let line = logged(&format!("before {shown} after"));
            assert!(line.contains(MARK), "{shown} stands in {line}");
            assert!(
                !line.contains("word") && line.starts_with("before ") && line.ends_with(" after")
            );
        }
        assert_eq!(logged("nothing of it"), "nothing of it");
    }

    #[test]
    fn a_key_is_cut_out_as_digits_and_in_base_64() {
        let key = [0x9b; 32];
        conceal_bytes(&key);
        for shown in [HEXLOWER.encode(&key), BASE64_NOPAD.encode(&key)] {
            assert_eq!(logged(&format!("[{shown}]")), format!("[{MARK}]"));
        }
    }

    #[test]
    fn short_words_and_bytes_that_are_no_text_garble_nothing() {
        conceal("key");
        conceal("");
        assert_eq!(logged("the key of the keychain"), "the key of the keychain");
        let mut log = Redacting(Vec::new());
        log.write_all(b"\xff odd").unwrap();
        assert_eq!(log.0, "\u{fffd} odd".as_bytes());
    }

    #[test]
    fn the_secrets_seen_last_are_known_however_many_came_before() {
        conceal("the first of them all");
        conceal("the one that is used");
        for number in 0..MOST * 2 {
            conceal(&format!("token number {number}"));
            conceal("the one that is used");
        }
        assert_eq!(logged("the one that is used"), MARK);
        assert_eq!(logged(&format!("token number {}", MOST * 2 - 1)), MARK);
        assert_eq!(logged("the first of them all"), "the first of them all");
        assert!(known().len() <= MOST);
    }
}
