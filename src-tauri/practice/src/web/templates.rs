//! The templates, embedded in the program.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use minijinja::Environment;
use minijinja::value::Serde;
use serde_json::Value;

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

/// All templates, with the filters `time`, `moment` (a time to the second) and `day` for milliseconds since 1970.
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
    templates.add_filter("moment", |ms: Option<i64>| {
        in_words(ms, "%-d %b %Y, %H:%M:%S UTC")
    });
    templates.add_filter("day", |ms: Option<i64>| in_words(ms, "%-d %b %Y"));
    templates
}

/// The page that a template makes of `context`. If it cannot, the log says why, and the answer is a 500
/// that says so plainly.
pub(crate) fn rendered(templates: &Environment<'_>, name: &str, context: Value) -> Response {
    let template = templates.get_template(name);
    match template.and_then(|template| template.render(Serde(context))) {
        Ok(page) => Html(page).into_response(),
        Err(error) => {
            tracing::error!(template = name, %error, "a page could not be made");
            let text = "This page could not be made: there is a mistake in the practice Lever. \
                        Its log says which. What you saved before is kept.";
            (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
        }
    }
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

    #[tokio::test]
    async fn a_template_that_fails_answers_500_in_plain_words_and_not_its_own() {
        let mut templates = Environment::new();
        templates
            .add_template("broken.html", "{{ secret | no_such_filter }}")
            .expect("it fails only when it is rendered");
        for name in ["broken.html", "missing.html"] {
            let answer = rendered(&templates, name, serde_json::json!({"secret": "s3cret"}));
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{name}");
            let body = axum::body::to_bytes(answer.into_body(), 10_000).await;
            let body = String::from_utf8(body.expect("a text").to_vec()).expect("UTF-8");
            assert!(body.starts_with("This page could not be made"), "{body}");
            assert!(
                !body.contains("filter") && !body.contains("s3cret"),
                "{body}"
            );
        }
    }

    #[test]
    fn times_are_shown_in_words() {
        let shown = in_words(Some(1_760_000_000_000), "%-d %b %Y, %H:%M UTC");
        assert_eq!(shown, "9 Oct 2025, 08:53 UTC");
        assert_eq!(in_words(None, "%Y"), "–");
    }
}
