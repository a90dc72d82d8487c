//! E-mail addresses without what address books and links put around them.

/// The address alone. A text without one is only trimmed.
pub(super) fn bare(text: &str) -> String {
    let mut address = text.trim();
    // `Rosa Lindqvist <rosa@example.com>` (RFC 5322, 3.4)
    if let Some((_, angled)) = address.rsplit_once('<')
        && let Some((inside, _)) = angled.split_once('>')
        && inside.contains('@')
    {
        address = inside.trim();
    }
    // `mailto:rosa@example.com?subject=Hello` (RFC 6068)
    if let Some(scheme) = address.get(..7)
        && scheme.eq_ignore_ascii_case("mailto:")
    {
        address = address[7..].split('?').next().unwrap_or_default().trim();
    }
    match address.rsplit_once('@') {
        Some((local, domain)) if !domain.is_ascii() => {
            format!("{local}@{}", domain.to_lowercase())
        }
        Some((local, _)) => {
            let mut bare = address.to_owned();
            bare[local.len()..].make_ascii_lowercase();
            bare
        }
        None => address.to_owned(),
    }
}
