//! SQLite's pages, free ones included: a value that is longer than its page goes on in another, anywhere in the file
//! (sqlite.org/fileformat2.html 1.6, 2.3.3).

/// The name of such a place in a report.
pub(super) const NAME: &str = "sqlite pages";

const MAGIC: &[u8] = b"SQLite format 3\0";

/// The size of a page number.
const POINTER: usize = 4;

/// What stands at every place where a value may go on in another page: `reach` bytes of both sides. None for what is
/// not an SQLite file.
pub(super) fn seams(file: &[u8], reach: usize) -> Vec<Vec<u8>> {
    let Some(size) = page_size(file) else {
        return Vec::new();
    };
    let pages: Vec<&[u8]> = file.chunks_exact(size).collect();
    let mut seams = Vec::new();
    for page in &pages {
        // An overflow page begins with the number of the next one, and is full to its end.
        if let Some(next) = page_at(&pages, page, 0) {
            seams.push(seam(page, next, reach));
        }
        // The part of a cell ends with the number of its first overflow page.
        for end in POINTER..page.len() - POINTER {
            if let Some(next) = page_at(&pages, page, end) {
                seams.push(seam(&page[..end], next, reach));
            }
        }
    }
    seams
}

/// The end of one part and the beginning of what follows it.
fn seam(part: &[u8], next: &[u8], reach: usize) -> Vec<u8> {
    let end = &part[part.len().saturating_sub(reach)..];
    let rest = &next[POINTER..];
    [end, &rest[..rest.len().min(reach)]].concat()
}

/// The page whose number stands here; no overflow page is the first.
fn page_at<'a>(pages: &[&'a [u8]], page: &[u8], at: usize) -> Option<&'a [u8]> {
    let number: [u8; POINTER] = page.get(at..at + POINTER)?.try_into().ok()?;
    let number = usize::try_from(u32::from_be_bytes(number)).ok()?;
    (number > 1)
        .then(|| pages.get(number - 1))
        .flatten()
        .copied()
}

fn page_size(file: &[u8]) -> Option<usize> {
    let size = file.strip_prefix(MAGIC)?.get(..2)?;
    match u16::from_be_bytes(size.try_into().ok()?) {
        1 => Some(65_536),
        size if size >= 512 && size.is_power_of_two() => Some(usize::from(size)),
        _ => None,
    }
}
