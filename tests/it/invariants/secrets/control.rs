//! The control of I22: a canary that is planted is found, whatever it was planted in.

use std::fs;
use std::io::Write;
use std::path::Path;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use fulcrum_tests::canary::{Canary, Scanner};
use rusqlite::Connection;

/// In how many of how many plants the canary is found; it has to be a text.
pub(super) fn found(canary: &Canary) -> (usize, usize) {
    let text = std::str::from_utf8(canary.value()).unwrap();
    let scanner = Scanner::new([canary]);
    let plants = plants(text);
    let found = plants.iter().filter(|plant| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("planted"), plant).unwrap();
        !scanner.folder(folder.path()).hits.is_empty()
    });
    let found = found.count();
    let folder = tempfile::tempdir().unwrap();
    free_page(&folder.path().join("planted.db"), text);
    let free = usize::from(!scanner.folder(folder.path()).hits.is_empty());
    (found + free, plants.len() + 1)
}

fn plants(text: &str) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(bytes).unwrap();
    vec![
        bytes.to_vec(),
        BASE64.encode(format!("x{text}").as_bytes()).into(),
        BASE64URL.encode(format!("xy{text}").as_bytes()).into(),
        HEXLOWER.encode(bytes).into(),
        HEXUPPER.encode(bytes).into(),
        url::form_urlencoded::byte_serialize(bytes)
            .collect::<String>()
            .into(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        serde_json::Value::from(text).to_string().into(),
        format!("{bytes:?}").into(),
        gzip.finish().unwrap(),
        zlib.finish().unwrap(),
    ]
}

/// A database out of which the canary was deleted without overwriting it.
fn free_page(path: &Path, text: &str) {
    let db = Connection::open(path).unwrap();
    db.execute_batch("PRAGMA secure_delete = OFF; CREATE TABLE t (text)")
        .unwrap();
    let long = format!("{text}{}", "z".repeat(100_000));
    db.execute("INSERT INTO t VALUES (?1)", [long]).unwrap();
    db.execute("DELETE FROM t", []).unwrap();
}
