use std::io::Write;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use rusqlite::Connection;

use super::*;

/// Holds what every encoding has to escape; the question marks give a slash in base 64 wherever they stand.
const VALUE: &str = "Canary/1 \"ß+~\\ ???? 7f3a90c1";

fn scanner() -> Scanner {
    Scanner::new([&Canary::new("planted", VALUE)])
}

fn names(scan: &Scan) -> BTreeSet<&str> {
    scan.hits.iter().map(|hit| hit.encoding).collect()
}

/// The value in each encoding, written here anew, so that a mistake of the scanner is not repeated.
fn planted() -> Vec<(&'static str, Vec<u8>)> {
    let utf_16 = VALUE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = |text: &str| text.as_bytes().to_vec();
    let mut planted = vec![
        ("raw", text(VALUE)),
        ("hex", text(&HEXLOWER.encode(VALUE.as_bytes()))),
        ("HEX", text(&HEXUPPER.encode(VALUE.as_bytes()))),
        (
            "url",
            text("Canary%2F1%20%22%C3%9F%2B~%5C%20%3F%3F%3F%3F%207f3a90c1"),
        ),
        (
            "url",
            text("Canary%2f1%20%22%c3%9f%2b~%5c%20%3f%3f%3f%3f%207f3a90c1"),
        ),
        (
            "url",
            text("Canary%2F1+%22%C3%9F%2B%7E%5C+%3F%3F%3F%3F+7f3a90c1"),
        ),
        ("utf-16", utf_16),
        ("json", text(r#"Canary/1 \"ß+~\\ ???? 7f3a90c1"#)),
        ("json", text(r#"Canary\/1 \"\u00df+~\\ ???? 7f3a90c1"#)),
        ("numbers", text(&format!("{:?}", VALUE.as_bytes()))),
    ];
    for before in ["", "a", "ab", "abc"] {
        let around = format!("{before}{VALUE}after");
        planted.push(("base64", text(&BASE64.encode(around.as_bytes()))));
        planted.push(("base64url", text(&BASE64URL.encode(around.as_bytes()))));
    }
    planted
}

#[test]
fn a_canary_is_found_in_every_encoding_whatever_stands_around_it() {
    let mut seen = BTreeSet::new();
    for (encoding, form) in planted() {
        let scan = scanner().bytes("a file", &[b"before ", &form[..], b" after"].concat());
        assert!(names(&scan).contains(encoding), "{encoding}: {scan:?}");
        seen.insert(encoding);
    }
    assert_eq!(seen.len(), ENCODINGS.len(), "each encoding was planted");
}

#[test]
fn a_canary_is_found_in_streams_and_in_streams_inside_them() {
    let gzip = |bytes: &[u8]| {
        let mut stream = GzEncoder::new(Vec::new(), Compression::best());
        stream.write_all(bytes).unwrap();
        stream.finish().unwrap()
    };
    let rest: String = (0..20_000).map(|number| format!("{number} ")).collect();
    let content = format!("{VALUE}{rest}");
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(content.as_bytes()).unwrap();
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(content.as_bytes()).unwrap();
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    zip.extend([0; 16]);
    zip.extend([4, 0, 0, 0]);
    zip.extend(b"file");
    zip.extend(deflated.finish().unwrap());
    let nested = gzip(&[b"around ", &gzip(content.as_bytes())[..], rest.as_bytes()].concat());
    for (kind, stream) in [
        ("gzip", gzip(content.as_bytes())),
        ("zlib", zlib.finish().unwrap()),
        ("zip", zip),
        ("gzip > gzip", nested),
    ] {
        let file = [b"before", &stream[..], b"after"].concat();
        let scan = scanner().bytes("file", &file);
        assert!(scan.hits.iter().all(|hit| hit.encoding == "raw"));
        let places: Vec<_> = scan.hits.iter().map(|hit| &hit.place).collect();
        assert_eq!(places, [&format!("file > {kind}")], "{scan:?}");
        // What was lost at the end of a stream does not hide its beginning.
        let cut = scanner().bytes("file", &file[..file.len() - 12]);
        assert_eq!(cut.hits.len(), 1, "{kind} cut off: {cut:?}");
    }
}

#[test]
fn a_canary_is_found_in_the_free_pages_of_sqlite_and_across_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch("PRAGMA page_size=1024; CREATE TABLE t (text); VACUUM")
        .unwrap();
    // Every distance to the ends of pages, so that some are split between two.
    for before in (0..1_100).step_by(20) {
        let text = format!("{}{VALUE}{}", "a".repeat(before), "z".repeat(2_000));
        db.execute("INSERT INTO t VALUES (?1)", [text]).unwrap();
    }
    let used = scanner().folder(folder.path());
    assert!(
        used.hits.iter().any(|hit| hit.place.ends_with(pages::NAME)),
        "one goes on in another page: {used:?}"
    );
    db.execute("DELETE FROM t", []).unwrap();
    let free: usize = db
        .query_row("PRAGMA freelist_count", [], |row| row.get(0))
        .unwrap();
    assert!(free > 50, "the pages are free and not gone");
    let freed = scanner().folder(folder.path());
    let raw = |hit: &Hit| hit.encoding == "raw" && hit.place.ends_with("some.db");
    assert!(freed.hits.iter().any(raw), "{freed:?}");
}

#[test]
fn a_value_that_is_split_between_two_pages_is_found_at_the_seam_alone() {
    let page = |content: &[u8], next: u32| {
        let mut page = next.to_be_bytes().to_vec();
        page.extend(vec![b'.'; 508 - content.len()]);
        page.extend(content);
        page
    };
    let (start, end) = VALUE.as_bytes().split_at(9);
    let mut first = vec![0; 512];
    first[..16].copy_from_slice(pages_magic());
    first[16..18].copy_from_slice(&512_u16.to_be_bytes());
    let mut last = page(&[], 0);
    last[4..4 + end.len()].copy_from_slice(end);
    let file = [first, page(start, 4), page(&[], 0), last].concat();
    let scan = scanner().bytes("file", &file);
    assert_eq!(scan.told(), "planted (raw) in file > sqlite pages");
}

fn pages_magic() -> &'static [u8; 16] {
    b"SQLite format 3\0"
}

#[test]
fn what_resembles_a_canary_or_a_stream_is_no_hit() {
    let mut other = b"Canary/1 \x1f\x8b\x08 \x78\x9c PK\x03\x04 SQLite format 3\0".to_vec();
    other.extend((0..=255).cycle().take(100_000));
    let scan = scanner().bytes("file", &other);
    assert_eq!((scan.files, scan.hits.len()), (1, 0), "{scan:?}");
}

#[test]
fn files_in_folders_and_their_names_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("one/two");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("file"), VALUE).unwrap();
    let name = HEXLOWER.encode(VALUE.as_bytes());
    fs::write(deep.join(name), "nothing").unwrap();
    let scan = scanner().folder(folder.path());
    assert_eq!((scan.files, scan.bytes), (2, VALUE.len() + 7));
    assert_eq!(names(&scan), BTreeSet::from(["raw", "hex"]));
}
