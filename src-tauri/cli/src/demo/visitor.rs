//! A person at Lever's pages: follows links and sends the forms that a browser would.

use std::time::Duration;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use scraper::{Html, Selector};
use tokio::sync::OnceCell;
use url::Url;

use crate::output::Failure;

/// A webhook as its tile in Lever shows it.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Its endpoint URL.
    pub url: String,
    /// Its signature token.
    pub signature_token: String,
}

/// A person at the pages of one practice Lever, who logs in as its Super Admin when a page is first wanted.
pub struct Visitor {
    http: Client,
    lever: Url,
    cookie: OnceCell<String>,
}

impl Visitor {
    /// A visitor of the practice Lever at this address.
    ///
    /// # Errors
    /// [`Failure`] if no HTTP client can be made.
    #[expect(
        clippy::disallowed_methods,
        reason = "a person's browser, not the product's client"
    )]
    pub fn new(lever: &Url) -> Result<Self, Failure> {
        fulcrum_core::http::choose_tls();
        let http = Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(30))
            .build();
        Ok(Self {
            http: http.map_err(failed)?,
            lever: lever.clone(),
            cookie: OnceCell::new(),
        })
    }

    /// Opens the consent page and presses *Accept* (`accept`) or *Deny* (`deny`); returns the text of the page that
    /// the browser ends on.
    ///
    /// # Errors
    /// [`Failure`] if the page is not there or leads nowhere.
    pub async fn consent(&self, authorize_url: &str, decision: &str) -> Result<String, Failure> {
        let consent = self.http.get(authorize_url);
        let page = self
            .text(consent.header(COOKIE, self.cookie().await?))
            .await?;
        let transaction = {
            let page = Html::parse_document(&page);
            attribute(&page, "input[name=transaction]", "value")?
        };
        let form = [
            ("transaction", transaction.as_str()),
            ("decision", decision),
        ];
        let answer = self.post("/authorize", &form).await?;
        let back = answer
            .headers()
            .get(LOCATION)
            .and_then(|to| to.to_str().ok());
        let back =
            back.ok_or_else(|| Failure::Other("Lever did not send the browser back.".to_owned()))?;
        self.text(self.http.get(back)).await
    }

    /// Turns an event on, presses *Add webhook* and pastes the endpoint URL.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn add_webhook(&self, event: &str, url: &str) -> Result<Webhook, Failure> {
        self.post(
            "/settings/integrations/webhooks/toggle",
            &[("event", event), ("enabled", "true")],
        )
        .await?;
        self.post("/settings/integrations/webhooks", &[("event", event)])
            .await?;
        let page = self.http.get(self.at("/settings/integrations/webhooks")?);
        let page = self.text(page.header(COOKIE, self.cookie().await?)).await?;
        let page = Html::parse_document(&page);
        let tile = format!("[data-testid=group-{event}] [data-testid=webhook]:last-of-type");
        let id = attribute(&page, &tile, "data-webhook")?;
        let signature_token = attribute(
            &page,
            &format!("{tile} [data-testid=signature-token]"),
            "value",
        )?;
        drop(page);
        self.post(
            &format!("/settings/integrations/webhooks/{id}"),
            &[("url", url)],
        )
        .await?;
        Ok(Webhook {
            id,
            url: url.to_owned(),
            signature_token,
        })
    }

    /// Presses *Verify connection*.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn verify(&self, webhook: &Webhook) -> Result<(), Failure> {
        let path = format!("/settings/integrations/webhooks/{}/verify", webhook.id);
        self.post(&path, &[("url", &webhook.url)]).await.map(drop)
    }

    /// Presses *Hired* on a candidate's page.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn hire(&self, opportunity: &str) -> Result<(), Failure> {
        self.post(&format!("/candidates/{opportunity}/hired"), &[])
            .await
            .map(drop)
    }

    /// Presses *Un-archive* on a candidate's page.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn unarchive(&self, opportunity: &str) -> Result<(), Failure> {
        self.post(&format!("/candidates/{opportunity}/unarchive"), &[])
            .await
            .map(drop)
    }

    /// Presses another button on a candidate's page, by the last part of its address, with what is filled in beside it.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn press(
        &self,
        opportunity: &str,
        button: &str,
        form: &[(&str, &str)],
    ) -> Result<(), Failure> {
        self.post(&format!("/candidates/{opportunity}/{button}"), form)
            .await
            .map(drop)
    }

    /// The cookie under which Lever knows the person: at first they choose its Super Admin on the log-in page.
    async fn cookie(&self) -> Result<&str, Failure> {
        let cookie = self.cookie.get_or_try_init(|| async {
            let page = self.text(self.http.get(self.at("/login")?)).await?;
            let user = {
                let page = Html::parse_document(&page);
                attribute(&page, "button[name=user][data-role='super admin']", "value")?
            };
            let request = self.http.post(self.at("/login")?).form(&[("user", user)]);
            let answer = request.send().await.map_err(failed)?;
            let cookie = answer.headers().get(SET_COOKIE);
            let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
            let missing = || Failure::Other("Lever's log-in page let nobody in.".to_owned());
            cookie.map(str::to_owned).ok_or_else(missing)
        });
        cookie.await.map(String::as_str)
    }

    fn at(&self, path: &str) -> Result<Url, Failure> {
        self.lever
            .join(path)
            .map_err(|problem| Failure::Other(problem.to_string()))
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Response, Failure> {
        let answer = self
            .http
            .post(self.at(path)?)
            .header(COOKIE, self.cookie().await?)
            .form(form)
            .send()
            .await
            .map_err(failed)?;
        match answer.status() {
            StatusCode::OK | StatusCode::FOUND | StatusCode::SEE_OTHER => Ok(answer),
            status => Err(Failure::Other(format!(
                "Lever answered {status} at {path}."
            ))),
        }
    }

    async fn text(&self, request: reqwest::RequestBuilder) -> Result<String, Failure> {
        request
            .send()
            .await
            .map_err(failed)?
            .text()
            .await
            .map_err(failed)
    }
}

fn failed(problem: reqwest::Error) -> Failure {
    Failure::Other(problem.to_string())
}

fn attribute(page: &Html, selector: &str, name: &str) -> Result<String, Failure> {
    let missing = || Failure::Other(format!("Lever's page has no {selector}."));
    let parsed = Selector::parse(selector).map_err(|_| missing())?;
    let element = page.select(&parsed).next_back().ok_or_else(missing)?;
    element
        .value()
        .attr(name)
        .map(str::to_owned)
        .ok_or_else(missing)
}
