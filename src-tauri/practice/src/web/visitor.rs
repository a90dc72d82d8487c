//! The person at the pages: the user whose session the browser's cookie names.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use cookie::{Cookie, SameSite};
use serde_json::Value;

use super::local::local_path;
use super::login::log_in_path;
use super::{Refused, render};
use crate::Practice;
use crate::practice::Acting;
use crate::state::{Author, Right, User, World};

const COOKIE: &str = "practice_session";

/// Who is logged in, and where they are. As an argument of a handler it sends everybody else to the log-in
/// page, from which they come back.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The user as they are now.
    pub(crate) user: User,
    pub(super) session: String,
    /// Path and query of the page that is asked for.
    pub(super) path: String,
    /// The page from which they come, if it is one of ours.
    pub(super) came_from: Option<String>,
    /// What the page before wanted to be said on this one.
    pub(super) notice: Option<String>,
}

impl Visitor {
    /// The visitor whose cookie `headers` carry, if somebody is logged in under it who still may be.
    pub(super) fn recognise(practice: &Practice, parts: &Parts) -> Option<Self> {
        let session = session_of(&parts.headers)?;
        let mut world = practice.world();
        let user = &world.sessions.get(&session)?.user;
        let user = world.company.user(user).filter(|user| user.is_active())?;
        let user = user.clone();
        let came_from = parts.headers.get(header::REFERER);
        let came_from = came_from.and_then(|url| url.to_str().ok());
        let is_page = parts.method == axum::http::Method::GET;
        let notice = is_page.then(|| world.sessions.take_notice(&session));
        Some(Self {
            user,
            path: path_of(parts),
            came_from: came_from.and_then(|url| local_path(practice.origin(), url)),
            notice: notice.flatten(),
            session,
        })
    }

    /// The world, for changes that this visitor makes.
    pub(crate) fn world<'a>(&self, practice: &'a Practice) -> Acting<'a> {
        practice.world_as(Author::User(self.user.id.clone()))
    }

    /// Answers with a page: `context` joined with what every page shows.
    pub(crate) fn page(
        &self,
        practice: &Practice,
        world: &World,
        name: &str,
        context: Value,
    ) -> Response {
        render(practice, world, Some(self), name, context)
    }

    /// Goes to `path`, where `notice` is said once.
    pub(crate) fn go(&self, world: &mut World, path: &str, notice: impl Into<String>) -> Response {
        world.sessions.tell(&self.session, notice.into());
        Redirect::to(path).into_response()
    }

    /// Whether the visitor's role has `right`.
    pub(crate) fn may(&self, right: Right) -> bool {
        self.user.may(right)
    }

    /// Refuses a visitor without `right`; `what` ends the sentence "Only a Super Admin can …".
    pub(crate) fn require(
        &self,
        practice: &Practice,
        right: Right,
        what: &str,
    ) -> Result<(), Refused> {
        if self.may(right) {
            return Ok(());
        }
        let (holders, name) = (right.holders(), &self.user.name);
        let role = self.user.access_role.label();
        let text = format!("Only {holders} can {what}. You are logged in as {name}, {role}.");
        Err(self.refuse(practice, StatusCode::FORBIDDEN, &text))
    }

    /// A page that says why something cannot be done.
    pub(crate) fn refuse(&self, practice: &Practice, status: StatusCode, text: &str) -> Refused {
        Refused::page(practice, Some(self), status, "This did not work", text)
    }
}

impl FromRequestParts<Practice> for Visitor {
    type Rejection = Redirect;

    async fn from_request_parts(
        parts: &mut Parts,
        practice: &Practice,
    ) -> Result<Self, Self::Rejection> {
        // After a form there is nothing to come back to: its data is gone.
        let next = match parts.method {
            axum::http::Method::GET => path_of(parts),
            _ => "/".to_owned(),
        };
        Self::recognise(practice, parts).ok_or_else(|| Redirect::to(&log_in_path(&next)))
    }
}

/// Path and query as the browser sent them; a nested router shortens the other one.
fn path_of(parts: &Parts) -> String {
    let original = parts.extensions.get::<OriginalUri>();
    let uri = original.map_or(&parts.uri, |OriginalUri(uri)| uri);
    uri.path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned()
}

/// The session id in the cookie.
pub(super) fn session_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let own = cookies.find(|cookie| cookie.name() == COOKIE)?;
    Some(own.value().to_owned())
}

/// The cookie that carries a session; no script can read it, and no other site's form sends it.
pub(crate) fn session_cookie(session: String) -> Cookie<'static> {
    Cookie::build((COOKIE, session))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
