//! Who a token speaks for. Its claims are no promise (LEVER.md 1.5), so their absence is no error.

use data_encoding::BASE64URL_NOPAD;
use secrecy::{ExposeSecret, SecretString};

use super::Account;

/// Reads user and organisation from an access token; empty where it does not name them.
pub(super) fn account(access: &SecretString) -> Account {
    let claims = access
        .expose_secret()
        .split('.')
        .nth(1)
        .and_then(|part| {
            BASE64URL_NOPAD
                .decode(part.trim_end_matches('=').as_bytes())
                .ok()
        })
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let claim = |name: &str| claims.as_ref()?.get(name)?.as_str().map(str::to_owned);
    Account {
        user_id: claim("https://oauth.lever.co/userId"),
        organisation: claim("https://oauth.lever.co/accountId"),
        ..Account::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_where_they_are_and_missed_where_they_are_not() {
        let payload =
            BASE64URL_NOPAD.encode(br#"{"https://oauth.lever.co/userId":"u-1","scope":"a"}"#);
        let found = account(&SecretString::from(format!("head.{payload}.sign")));
        assert_eq!(found.user_id.as_deref(), Some("u-1"));
        assert_eq!(found.organisation, None);
        for odd in ["", "opaque", "a.b.c", "..", "a.e30.c"] {
            assert_eq!(
                account(&SecretString::from(odd.to_owned())),
                Account::default(),
                "{odd}"
            );
        }
    }
}
