//! A Lever that has whatever opportunity is asked for, each hired and each with a contact and an address of its own:
//! what the practice Lever says about one hire, said of any. It keeps no record, so its own cost is small, as that of
//! the stub is which the peers of the harness ask.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fulcrum_cli::demo::world::World;
use fulcrum_cli::output::Failure;
use serde_json::Value;
use tokio::net::TcpListener;
use url::Url;

/// The length of an id: a UUID.
const ID: usize = 36;

/// What is known of the one hire, and what was said of it.
struct Hire {
    opportunity: String,
    contact: String,
    email: String,
    practice: Url,
    http: reqwest::Client,
    said: RwLock<HashMap<String, Said>>,
}

/// Starts it on a free loopback port, before the practice Lever of `world`; it runs until the process ends.
///
/// # Errors
/// [`Failure`] if the practice Lever cannot make a hire or no port can be had.
pub async fn start(world: &World) -> Result<Url, Failure> {
    let made = world.candidates(1).await?;
    world.hire(&made).await?;
    let opportunity = made.into_iter().next().unwrap_or_default();
    let known = world.control("candidates", None).await?;
    let mut known = known.as_array().into_iter().flatten();
    let one = known.find(|one| one["opportunity"] == opportunity.as_str());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (Some(contact), Some(email)) = (
        one.and_then(|one| text(&one["contact"])),
        one.and_then(|one| text(&one["emails"][0])),
    ) else {
        return Err(other("The practice Lever does not list its hire."));
    };
    let hire = Hire {
        contact,
        opportunity,
        email,
        practice: world.practice().clone(),
        http: world.http().clone(),
        said: RwLock::default(),
    };
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = Url::parse(&format!("http://{}/", socket.local_addr()?)).map_err(other)?;
    let router = Router::new().fallback(answer).with_state(Arc::new(hire));
    tokio::spawn(axum::serve(socket, router).into_future());
    Ok(url)
}

fn other(problem: impl ToString) -> Failure {
    Failure::Other(problem.to_string())
}

async fn answer(State(hire): State<Arc<Hire>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let asked = Asked::of(path);
    let template = asked.template(path, &hire);
    let known = hire.known(&head.method, &template);
    let answer = match known {
        Some(known) => Ok(known),
        None => hire.ask(&head.method, &head.headers, &template, body).await,
    };
    let (status, text) = match answer {
        Ok(answer) => answer,
        Err(problem) => return (StatusCode::BAD_GATEWAY, problem.to_string()).into_response(),
    };
    let json = [(header::CONTENT_TYPE, "application/json")];
    (status, json, asked.told(&text, &hire)).into_response()
}

/// A status and a body.
type Said = (StatusCode, Arc<str>);

impl Hire {
    fn known(&self, method: &Method, path: &str) -> Option<Said> {
        let said = self.said.read().unwrap_or_else(PoisonError::into_inner);
        said.get(path).filter(|_| method == Method::GET).cloned()
    }

    /// Asks the practice Lever; an answer to a read is kept.
    async fn ask(
        &self,
        method: &Method,
        headers: &HeaderMap,
        path: &str,
        body: Body,
    ) -> Result<Said, Failure> {
        let url = self.practice.join(path).map_err(other)?;
        let mut request = self.http.request(method.clone(), url);
        for name in [header::AUTHORIZATION, header::CONTENT_TYPE] {
            if let Some(value) = headers.get(&name) {
                request = request.header(name, value);
            }
        }
        let body = axum::body::to_bytes(body, 1 << 20).await.map_err(other)?;
        let answer = request.body(body).send().await.map_err(other)?;
        let status = answer.status();
        let said = (status, Arc::from(answer.text().await.map_err(other)?));
        if method == Method::GET {
            let mut kept = self.said.write().unwrap_or_else(PoisonError::into_inner);
            kept.insert(path.to_owned(), Said::clone(&said));
        }
        Ok(said)
    }
}

/// Whose opportunity or contact is asked for; both ids are one but for the first digit.
struct Asked<'a> {
    id: Option<&'a str>,
    contact: bool,
}

impl<'a> Asked<'a> {
    fn of(path: &'a str) -> Self {
        let after = |part: &str| {
            let (_, rest) = path.split_once(part)?;
            rest.get(..ID).filter(|id| !id.contains(['/', '?', '&']))
        };
        match after("/contacts/") {
            Some(id) => Self {
                id: Some(id),
                contact: true,
            },
            None => Self {
                id: after("/opportunities/"),
                contact: false,
            },
        }
    }

    /// The same question about the one hire.
    fn template(&self, path: &str, hire: &Hire) -> String {
        let one = if self.contact {
            &hire.contact
        } else {
            &hire.opportunity
        };
        match self.id {
            Some(id) => path.replace(id, one),
            None => path.to_owned(),
        }
    }

    /// What is said of the one hire, said of who was asked for.
    fn told(&self, text: &str, hire: &Hire) -> String {
        let Some(id) = self.id else {
            return text.to_owned();
        };
        let rest = &id[1..];
        let told = text.replace(&hire.contact, &format!("f{rest}"));
        let told = told.replace(&hire.email, &format!("{rest}@example.com"));
        if self.contact {
            return told;
        }
        told.replace(&hire.opportunity, id)
    }
}
