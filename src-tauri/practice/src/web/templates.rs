//! The templates, embedded in the program.

use minijinja::Environment;

/// Names and sources of the files in `templates/`. A name that ends in `.html` switches escaping on.
macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = embedded![
    "style.css",
    "base.html",
    "macros.html",
    "login.html",
    "refusal.html",
    "consent.html",
    "control.html",
    "cannot-consent.html",
    "candidates.html",
    "candidate.html",
    "candidate-new.html",
    "person-fields.html",
    "contact.html",
    "offers-block.html",
    "board.html",
    "pipeline.html",
    "mailbox.html",
    "mail.html",
    "hris.html",
    "hris-person.html",
    "webhooks.html",
    "webhook-history.html",
    "webhook-delivery.html",
    "webhook-signature.html",
    "authorized-apps.html",
    "api-credentials.html",
    "api-credentials-new.html",
    "offer.html",
    "offer-approval.html",
    "approvals.html",
    "offer-details.html",
    "offer-form.html",
    "offer-review.html",
    "offer-signing.html",
    "offer-steps.html",
];

/// All templates, with the filters `time` and `day` for milliseconds since 1970.
pub(crate) fn templates() -> Environment<'static> {
    let mut templates = Environment::new();
    for (name, source) in TEMPLATES {
        templates
            .add_template(name, source)
            .expect("a test parses every embedded template");
    }
    templates.add_filter("time", |ms: Option<i64>| {
        in_words(ms, "%-d %b %Y, %H:%M UTC")
    });
    templates.add_filter("day", |ms: Option<i64>| in_words(ms, "%-d %b %Y"));
    templates
}

fn in_words(ms: Option<i64>, format: &str) -> String {
    let time = ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    time.map_or_else(|| "–".to_owned(), |time| time.strftime(format).to_string())
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
        let shown = in_words(Some(1_760_000_000_000), "%-d %b %Y, %H:%M UTC");
        assert_eq!(shown, "9 Oct 2025, 08:53 UTC");
        assert_eq!(in_words(None, "%Y"), "–");
    }
}
