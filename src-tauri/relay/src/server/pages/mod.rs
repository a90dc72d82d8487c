//! Ciphertext pages: `publish` is where a desktop hands one in, `show` where a browser gets it,
//! `answer` where the reader's sealed answer comes back (RELIABILITY.md T10 and I34).

pub(super) mod answer;
pub(super) mod publish;
pub(super) mod show;
pub(super) mod table;
