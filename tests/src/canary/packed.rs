//! Compressed streams, wherever they begin in a file.

use std::io::{ErrorKind, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// The names of the kinds of streams in a report.
pub(super) const NAMES: [&str; 3] = ["gzip", "zlib", "zip"];

/// How much of a stream is unpacked: more than anything here is, and no end to a bomb.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The length of a zip file's local header without name and extra field (APPNOTE.TXT 4.3.7).
const ZIP_HEADER: usize = 30;

/// What every stream in here unpacks to, as far as it does: a stream may be cut off.
pub(super) fn streams(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let starts = (0..bytes.len()).filter_map(|start| stream(&bytes[start..]));
    starts
        .filter(|(_, unpacked)| !unpacked.is_empty())
        .collect()
}

/// The stream that begins here (RFC 1950, RFC 1952).
fn stream(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    match bytes {
        [0x1f, 0x8b, 8, ..] => Some(("gzip", read(GzDecoder::new(bytes)))),
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => Some(("zlib", read(ZlibDecoder::new(bytes)))),
        [b'P', b'K', 3, 4, ..] => Some(("zip", read(DeflateDecoder::new(zipped(bytes)?)))),
        _ => None,
    }
}

/// The deflated bytes behind a local header; none if they are not deflated.
fn zipped(bytes: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| {
        let two = bytes.get(at..at + 2)?;
        Some(usize::from(u16::from_le_bytes(two.try_into().ok()?)))
    };
    let (method, name, extra) = (number(8)?, number(26)?, number(28)?);
    (method == 8).then(|| bytes.get(ZIP_HEADER + name + extra..))?
}

fn read(stream: impl Read) -> Vec<u8> {
    let mut stream = stream.take(LARGEST);
    let mut unpacked = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return unpacked,
            Ok(count) => unpacked.extend_from_slice(&chunk[..count]),
            Err(problem) if problem.kind() == ErrorKind::Interrupted => {}
            // No stream after all, or one that breaks off.
            Err(_) => return unpacked,
        }
    }
}
