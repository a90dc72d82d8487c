//! The master key.

use rand::TryRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::redact;

/// The key of the database: 32 random bytes, wiped when dropped, without a printable form.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new key from the operating system's random source.
    ///
    /// # Panics
    /// If the operating system has no randomness to give; nothing can be kept secret then.
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        rand::rngs::SysRng
            .try_fill_bytes(&mut bytes)
            .expect("the operating system gives random bytes");
        redact::conceal_bytes(&bytes);
        Self(bytes)
    }

    /// The key from its stored bytes; none if there are not 32 of them.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        redact::conceal_bytes(bytes);
        bytes.try_into().ok().map(Self)
    }

    /// The bytes, for storing.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same key once more, for the vault that keeps it in memory.
    pub(super) fn duplicate(&self) -> Self {
        Self(self.0)
    }

    /// Names the key without telling it: kept beside the database, so that a key of another database is
    /// noticed before it is used.
    pub fn id(&self) -> String {
        let digest = Sha256::new()
            .chain_update(b"fulcrum key id")
            .chain_update(self.0)
            .finalize();
        hex::encode(&digest[..8])
    }

    /// Lends the key as hex digits, as SQLCipher's raw key wants it; wiped afterwards.
    pub(crate) fn with_hex<T>(&self, lend: impl FnOnce(&str) -> T) -> T {
        let mut hex = hex::encode(self.0);
        let result = lend(&hex);
        hex.zeroize();
        result
    }
}
