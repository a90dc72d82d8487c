//! What a permission covers (LEVER.md 1.10).

/// Whether `granted` allows what `scope` does: the same one, or the write scope of the same area.
pub fn includes(granted: &str, scope: &str) -> bool {
    granted == scope
        || scope
            .strip_suffix(":read:admin")
            .is_some_and(|area| granted.strip_suffix(":write:admin") == Some(area))
}

/// Whether a list of granted scopes, separated by spaces, allows what `scope` does.
pub fn is_granted(granted: &str, scope: &str) -> bool {
    granted.split(' ').any(|one| includes(one, scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_scope_allows_reading_and_not_the_reverse() {
        assert!(is_granted("a b:write:admin", "b:read:admin"));
        assert!(!is_granted("b:read:admin", "b:write:admin"));
        assert!(!is_granted("bb:write:admin", "b:read:admin"));
        assert!(!is_granted("", "b:read:admin"));
    }
}
