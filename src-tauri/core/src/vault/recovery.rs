//! The recovery code: random, shown once and stored nowhere. A file of its own holds the master key under it, so
//! that the database can be opened when the keychain or the passphrase is lost.

use std::path::Path;

use data_encoding::{Encoding, Specification};
use rand::TryRng;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{MasterKey, UnlockError, sealed};
use crate::redact;

/// The file in the data folder.
pub(super) const NAME: &str = "recovery-key.age";

/// 120 bits: out of reach of any search, and 24 characters without padding.
const BYTES: usize = 15;

/// Characters of the code that stand together.
const GROUP: usize = 4;

/// A code as good as a key needs no slow derivation, and opening must not take long on an old machine.
const WORK: u8 = 10;

/// A recovery code. Has no `Debug` and no `Serialize`: it is shown once, by who made it.
pub struct RecoveryCode(SecretString);

impl RecoveryCode {
    fn random() -> Self {
        let mut bytes = Zeroizing::new([0; BYTES]);
        rand::rngs::SysRng
            .try_fill_bytes(&mut *bytes)
            .expect("the operating system gives random bytes");
        Self::concealed(alphabet().encode(&*bytes))
    }

    /// Reads a code as it was typed: in any case, with any spaces and hyphens; none if it cannot be one.
    pub fn parse(typed: &str) -> Option<Self> {
        let alphabet = alphabet();
        let bytes = alphabet.decode(typed.trim().as_bytes()).map(Zeroizing::new);
        let bytes = bytes.ok().filter(|bytes| bytes.len() == BYTES)?;
        Some(Self::concealed(alphabet.encode(&bytes)))
    }

    /// The code, which is told nowhere else, as it is and in groups.
    fn concealed(code: String) -> Self {
        let code = Self(redact::secret(code));
        redact::conceal(&Zeroizing::new(code.grouped()));
        code
    }

    /// The code in groups, to be shown once.
    pub fn grouped(&self) -> String {
        let characters: Vec<char> = self.0.expose_secret().chars().collect();
        let groups: Vec<String> = characters
            .chunks(GROUP)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    }
}

/// Crockford's base 32, whose characters are not mistaken for each other (crockford.com/base32.html).
fn alphabet() -> Encoding {
    let mut base32 = Specification::new();
    base32.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    base32
        .translate
        .from
        .push_str("abcdefghjkmnpqrstvwxyzoOiIlL");
    base32.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    base32.ignore.push_str(" -\t\r\n");
    base32
        .encoding()
        .expect("32 different symbols make a base 32")
}

/// Whether there is a file that a code opens.
pub(super) fn exists(data_dir: &Path) -> bool {
    data_dir.join(NAME).exists()
}

/// Makes a code for this key; an older code opens nothing from then on.
pub(super) fn make(data_dir: &Path, key: &MasterKey) -> Result<RecoveryCode, UnlockError> {
    let code = RecoveryCode::random();
    sealed::write(&data_dir.join(NAME), &code.0, Some(WORK), key)?;
    Ok(code)
}

/// The key that the code opens.
pub(super) fn open(data_dir: &Path, code: &RecoveryCode) -> Result<MasterKey, UnlockError> {
    if !exists(data_dir) {
        return Err(UnlockError::NoCode);
    }
    sealed::open(&data_dir.join(NAME), &code.0, UnlockError::WrongCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_the_key_however_it_is_typed() {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::random();
        let code = make(folder.path(), &key).unwrap().grouped();
        assert_eq!(
            (code.len(), code.split('-').count()),
            (29, 6),
            "24 in groups of 4"
        );
        let spaced = format!("  {}\n", code.replace('-', " ").to_lowercase());
        let mistaken = code.replace('0', "o").replace('1', "l");
        for typed in [code, spaced, mistaken] {
            let typed = RecoveryCode::parse(&typed).unwrap();
            let opened = open(folder.path(), &typed).ok().unwrap();
            assert_eq!(opened.id(), key.id());
        }
    }

    #[test]
    fn another_code_half_a_code_and_odd_text_open_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let old = make(folder.path(), &MasterKey::random()).ok().unwrap();
        let new = make(folder.path(), &MasterKey::random()).ok().unwrap();
        assert!(matches!(
            open(folder.path(), &old),
            Err(UnlockError::WrongCode)
        ));
        let half = new.grouped().split_at(14).0.to_owned();
        for odd in ["", "-", &half, "ÜÜÜÜ-ÜÜÜÜ", &"0".repeat(10_000)] {
            assert!(RecoveryCode::parse(odd).is_none(), "{odd}");
        }
        let none = tempfile::tempdir().unwrap();
        assert!(matches!(open(none.path(), &new), Err(UnlockError::NoCode)));
    }
}
