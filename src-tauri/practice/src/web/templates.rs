//! The templates, embedded in the program.

use minijinja::Environment;

/// Names end in `.html`, which switches escaping on.
const TEMPLATES: [(&str, &str); 11] = [
    ("base.html", include_str!("../../templates/base.html")),
    ("consent.html", include_str!("../../templates/consent.html")),
    ("control.html", include_str!("../../templates/control.html")),
    ("refusal.html", include_str!("../../templates/refusal.html")),
    (
        "candidates.html",
        include_str!("../../templates/candidates.html"),
    ),
    (
        "candidate.html",
        include_str!("../../templates/candidate.html"),
    ),
    ("mailbox.html", include_str!("../../templates/mailbox.html")),
    ("mail.html", include_str!("../../templates/mail.html")),
    (
        "webhooks.html",
        include_str!("../../templates/webhooks.html"),
    ),
    (
        "authorized-apps.html",
        include_str!("../../templates/authorized-apps.html"),
    ),
    (
        "api-credentials.html",
        include_str!("../../templates/api-credentials.html"),
    ),
];

/// All templates, with the filter `time` for milliseconds since 1970.
pub(crate) fn templates() -> Environment<'static> {
    let mut templates = Environment::new();
    for (name, source) in TEMPLATES {
        templates
            .add_template(name, source)
            .expect("a test parses every embedded template");
    }
    templates.add_filter("time", in_words);
    templates
}

fn in_words(ms: Option<i64>) -> String {
    let time = ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    time.map_or_else(
        || "–".to_owned(),
        |time| time.strftime("%-d %b %Y, %H:%M UTC").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_template_parses() {
        let templates = templates();
        for (name, _) in TEMPLATES {
            assert!(templates.get_template(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn times_are_shown_in_words() {
        assert_eq!(in_words(Some(1_760_000_000_000)), "9 Oct 2025, 08:53 UTC");
        assert_eq!(in_words(None), "–");
    }
}
