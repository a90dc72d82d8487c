//! Looks for secrets where none may be (RELIABILITY.md I22, I23): each in every encoding that software writes texts
//! in, inside compressed streams, and across the pages of SQLite files.

mod encodings;
mod packed;
mod pages;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use aho_corasick::AhoCorasick;

use self::encodings::ENCODINGS;

/// Shorter forms would be found by chance in a folder of encrypted files.
const SHORTEST: usize = 6;

/// How often a stream inside a stream is unpacked.
const DEPTH: usize = 3;

/// The names of the ways in which a canary is looked for.
pub fn encodings() -> Vec<&'static str> {
    let unpacked = ENCODINGS.iter().map(|(name, _)| *name);
    unpacked.chain(packed::NAMES).chain([pages::NAME]).collect()
}

/// A value that must be found nowhere.
#[derive(Clone)]
pub struct Canary {
    name: &'static str,
    value: Vec<u8>,
}

impl Canary {
    /// A value under the name that a report calls it by.
    pub fn new(name: &'static str, value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref().to_vec();
        assert!(value.len() >= SHORTEST, "{name} is too short to look for");
        Self { name, value }
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value.
    pub fn value(&self) -> &[u8] {
        &self.value
    }
}

/// A canary that was found; tells the place and never the value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The canary's name.
    pub canary: &'static str,
    /// The encoding in which it stands there.
    pub encoding: &'static str,
    /// The file or the place, with the streams around it.
    pub place: String,
}

impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) in {}", self.canary, self.encoding, self.place)
    }
}

/// What was looked at, and what was found there.
#[derive(Debug, Default)]
pub struct Scan {
    /// How many files or texts.
    pub files: usize,
    /// How many bytes, before unpacking.
    pub bytes: usize,
    /// Each canary once for each encoding and place.
    pub hits: BTreeSet<Hit>,
}

impl Scan {
    /// Adds another one's figures.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.hits.extend(other.hits);
    }

    /// The hits, one a line.
    pub fn told(&self) -> String {
        let lines: Vec<_> = self.hits.iter().map(Hit::to_string).collect();
        lines.join("\n")
    }
}

/// Looks for a set of canaries in one pass over what it is given.
pub struct Scanner {
    forms: AhoCorasick,
    /// What each form stands for.
    meant: Vec<(&'static str, &'static str)>,
    longest: usize,
}

impl Scanner {
    /// Looks for these.
    pub fn new<'a>(canaries: impl IntoIterator<Item = &'a Canary>) -> Self {
        let mut forms = BTreeMap::new();
        for canary in canaries {
            for (encoding, encode) in ENCODINGS {
                for form in encode(&canary.value) {
                    if form.len() >= SHORTEST {
                        // A text that needs no escapes looks the same in several encodings: the first names it.
                        forms.entry(form).or_insert((canary.name, encoding));
                    }
                }
            }
        }
        let longest = forms.keys().map(Vec::len).max().unwrap_or_default();
        let (forms, meant): (Vec<_>, Vec<_>) = forms.into_iter().unzip();
        Self {
            forms: AhoCorasick::new(forms).expect("the forms of a few canaries fit an automaton"),
            meant,
            longest,
        }
    }

    /// Every file below a folder.
    ///
    /// # Panics
    /// If a file or folder cannot be read.
    pub fn folder(&self, folder: &Path) -> Scan {
        let mut scan = Scan::default();
        let entries = fs::read_dir(folder)
            .unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            let kind = fs::symlink_metadata(&path).map(|file| file.file_type());
            match kind {
                Ok(kind) if kind.is_dir() => scan.add(self.folder(&path)),
                Ok(kind) if kind.is_file() => {
                    let bytes = fs::read(&path)
                        .unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
                    scan.add(self.bytes(&path.display().to_string(), &bytes));
                }
                // A link leads to what is looked at by itself, a socket holds nothing, and a program may remove a
                // file of its own meanwhile.
                _ => {}
            }
            let name = path.file_name().map(|name| name.to_string_lossy());
            let name = name.unwrap_or_default();
            self.look(name.as_bytes(), "a file's name", &mut scan.hits);
        }
        scan
    }

    /// The bytes of one file, or of one text.
    pub fn bytes(&self, place: &str, bytes: &[u8]) -> Scan {
        let mut hits = BTreeSet::new();
        self.unpack(bytes, place, DEPTH, &mut hits);
        Scan {
            files: 1,
            bytes: bytes.len(),
            hits,
        }
    }

    fn unpack(&self, bytes: &[u8], place: &str, depth: usize, hits: &mut BTreeSet<Hit>) {
        self.look(bytes, place, hits);
        for seam in pages::seams(bytes, self.longest) {
            self.look(&seam, &format!("{place} > {}", pages::NAME), hits);
        }
        if depth == 0 {
            return;
        }
        for (kind, unpacked) in packed::streams(bytes) {
            self.unpack(&unpacked, &format!("{place} > {kind}"), depth - 1, hits);
        }
    }

    fn look(&self, bytes: &[u8], place: &str, hits: &mut BTreeSet<Hit>) {
        for found in self.forms.find_overlapping_iter(bytes) {
            let (canary, encoding) = self.meant[found.pattern().as_usize()];
            hits.insert(Hit {
                canary,
                encoding,
                place: place.to_owned(),
            });
        }
    }
}
