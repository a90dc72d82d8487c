//! Finds the paths into its own crate that a Rust file names, in `use` lines and in code alike.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The absolute paths, without `crate`, that the file of `module` names. Items under `#[cfg(test)]` are
/// left out.
pub fn used(module: &[String], text: &str) -> Vec<Vec<String>> {
    let tokens: TokenStream = text
        .parse()
        .expect("the compiler has read this file before");
    let mut found = Vec::new();
    walk(tokens, module, &mut found);
    found
}

fn walk(tokens: TokenStream, module: &[String], found: &mut Vec<Vec<String>>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            TokenTree::Punct(mark) if mark.as_char() == '#' && is_test_only(after) => {
                rest = after_item(after);
            }
            TokenTree::Group(group) => walk(group.stream(), module, found),
            TokenTree::Ident(word) if word == "mod" => {
                if let [TokenTree::Ident(name), TokenTree::Group(body), beyond @ ..] = after {
                    let inner = [module, &[name.to_string()]].concat();
                    walk(body.stream(), &inner, found);
                    rest = beyond;
                }
            }
            TokenTree::Ident(word)
                if is_root(&word.to_string()) && after_colons(after).is_some() =>
            {
                follow(first, after, module.to_vec(), found);
            }
            _ => {}
        }
    }
}

fn is_root(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super")
}

/// Follows one path from its first word, into each branch of a `{…}`.
fn follow(
    word: &TokenTree,
    after: &[TokenTree],
    mut base: Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    match word.to_string().as_str() {
        "crate" => base.clear(),
        "super" => drop(base.pop()),
        "self" => {}
        name => base.push(name.to_owned()),
    }
    match after_colons(after) {
        Some([next @ TokenTree::Ident(_), beyond @ ..]) => follow(next, beyond, base, found),
        Some([TokenTree::Group(group), ..]) if group.delimiter() == Delimiter::Brace => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            for branch in inside.split(|token| token.to_string() == ",") {
                if let [first, beyond @ ..] = branch {
                    follow(first, beyond, base.clone(), found);
                }
            }
        }
        _ => found.push(base),
    }
}

/// What comes after `::`, if that is what comes next.
fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let is_colon = |token: &TokenTree| token.to_string() == ":";
    match tokens {
        [one, two, beyond @ ..] if is_colon(one) && is_colon(two) => Some(beyond),
        _ => None,
    }
}

fn is_test_only(tokens: &[TokenTree]) -> bool {
    let attribute = tokens.first().map(ToString::to_string).unwrap_or_default();
    attribute.split_whitespace().collect::<String>() == "[cfg(test)]"
}

/// What comes after the item that begins here: it ends with a body or with a semicolon.
fn after_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => token.to_string() == ";",
    };
    let end = tokens
        .iter()
        .position(ends)
        .map_or(tokens.len(), |at| at + 1);
    &tokens[end..]
}
