//! `network.*`: the proxy, a company's certificate authorities, and the user's own tunnel to the relay inside the app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use super::app::NoInput;
use super::embedded;
use super::engine::Engine;
use super::error::AppError;
use crate::config::{is_loopback, relay_address};
use crate::http::{Authorities, Network, ProxyChoice};
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};

/// Through which proxy connections go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProxyKind {
    /// As the system says.
    System,
    /// Through none.
    None,
    /// Through the one that is typed in.
    Address,
}

/// How this computer reaches the internet and is reached from it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NetworkView {
    /// Which proxy is used.
    pub proxy: ProxyKind,
    /// The proxy that was typed in, without user name and password.
    pub proxy_address: Option<String>,
    /// Whether a user name and password are kept for it.
    pub proxy_login: bool,
    /// The file that the extra certificate authorities came from.
    pub authorities_file: Option<String>,
    /// How many there are in it.
    pub authorities: u32,
    /// Whether the relay inside the app is used, which the rest is about.
    pub embedded: bool,
    /// The local port of the relay inside the app, once it ran.
    pub port: Option<u16>,
    /// The public address of the user's own tunnel to that port.
    pub public_url: Option<String>,
}

/// What becomes of the extra certificate authorities.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthoritiesInput {
    /// They stay as they are.
    Keep,
    /// None are trusted any more.
    Remove,
    /// Those of a file are trusted.
    File {
        /// The name of the file.
        name: String,
        /// Its content, in PEM.
        pem: String,
    },
}

/// New settings; all are replaced. The proxy's password may be among them, so there is no `Debug`.
#[derive(Deserialize, TS)]
pub struct NetworkInput {
    /// Which proxy is used.
    pub proxy: ProxyKind,
    /// The proxy's address, `http://host:port`, perhaps with `user:password@`. The same address without them keeps them.
    pub proxy_address: Option<String>,
    /// The extra certificate authorities.
    pub authorities: AuthoritiesInput,
    /// The local port of the relay inside the app, from 1024 to 65535; none keeps it.
    pub port: Option<u16>,
    /// The public address of the user's own tunnel to that port, `https://…`; none without one.
    pub public_url: Option<String>,
}

/// Answers `network.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<NetworkView, AppError> {
    let running = engine.running().await?;
    let (network, own) = running
        .store
        .read(|db| Ok::<_, StoreError>((Network::load(db)?, embedded::own(db)?)))
        .await?;
    let (proxy, address) = match &network.proxy {
        ProxyChoice::System => (ProxyKind::System, None),
        ProxyChoice::None => (ProxyKind::None, None),
        ProxyChoice::Address(url) => (ProxyKind::Address, Some(url)),
    };
    let files = network.authorities.as_ref();
    Ok(NetworkView {
        proxy,
        proxy_address: address.map(|url| without_login(url).to_string()),
        proxy_login: address.is_some_and(|url| !url.username().is_empty()),
        authorities_file: files.map(|file| file.name.clone()),
        authorities: files.map_or(0, |file| u32::try_from(file.count()).unwrap_or(u32::MAX)),
        embedded: running.relay(engine).await?.is_none(),
        port: own.port,
        public_url: own.public_url.map(|url| url.to_string()),
    })
}

/// Answers `network.save`.
pub(super) async fn save(engine: &Engine, request: NetworkInput) -> Result<NetworkView, AppError> {
    let running = engine.running().await?;
    let before = running.store.read(Network::load).await?;
    let network = Network {
        proxy: proxy(&request, &before.proxy)?,
        authorities: match request.authorities {
            AuthoritiesInput::Keep => before.authorities.clone(),
            AuthoritiesInput::Remove => None,
            AuthoritiesInput::File { name, pem } => Some(
                Authorities::parse(&name, &pem)
                    .map_err(|problem| AppError::invalid("authorities", problem.to_string()))?,
            ),
        },
    };
    if request.port.is_some_and(|port| port < 1024) {
        let words = "Give a port from 1024 to 65535.";
        return Err(AppError::invalid("port", words));
    }
    let public = request.public_url.as_deref().map(str::trim);
    let public = public.filter(|text| !text.is_empty()).map(public_address);
    let public = public.transpose()?;
    let other_way = network != before;
    let (port, now) = (request.port, engine.now());
    let moved = running
        .store
        .write(move |db| {
            network.save(db)?;
            let moved = embedded::put_own(db, port, public.as_ref())?;
            Entry::new(
                Kind::Settings,
                Outcome::Done,
                "You changed the network settings.",
            )
            .by(Actor::You)
            .write(db, now)?;
            Ok::<_, StoreError>(moved)
        })
        .await?;
    drop(running);
    if other_way {
        engine.restart_parts().await?;
    } else if moved {
        engine.running().await?.reconnect(engine).await;
    }
    show(engine, NoInput {}).await
}

fn proxy(request: &NetworkInput, before: &ProxyChoice) -> Result<ProxyChoice, AppError> {
    let refuse = |words: &str| AppError::invalid("proxy_address", words);
    match request.proxy {
        ProxyKind::System => return Ok(ProxyChoice::System),
        ProxyKind::None => return Ok(ProxyChoice::None),
        ProxyKind::Address => {}
    }
    let text = request.proxy_address.as_deref().unwrap_or_default().trim();
    if text.is_empty() {
        return Err(refuse(
            "Type the proxy's address, for example http://proxy.example:3128.",
        ));
    }
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let url = Url::parse(&whole).map_err(|_| refuse("This is not an address."))?;
    if url.scheme() != "http" || url.host_str().is_none() {
        return Err(refuse(
            "Only proxies at http:// addresses can be used; they carry encrypted connections all the same.",
        ));
    }
    if let ProxyChoice::Address(known) = before
        && url.username().is_empty()
        && without_login(known) == url
    {
        return Ok(before.clone());
    }
    Ok(ProxyChoice::Address(url))
}

fn without_login(url: &Url) -> Url {
    let mut url = url.clone();
    // Only an address without a host has no place for them, and such one is not kept.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// The public address of a tunnel: where Lever sends, so `https`; `http` on this computer is for the practice Lever.
fn public_address(text: &str) -> Result<Url, AppError> {
    let refuse = |words: String| AppError::invalid("public_url", words);
    let url =
        relay_address("The public address", text).map_err(|problem| refuse(problem.to_string()))?;
    let bare = url.query().is_none() && url.fragment().is_none();
    if !bare || !(is_loopback(&url) || url.domain().is_some_and(|name| name.contains('.'))) {
        let words = "Give the address under which the internet reaches this computer, for example https://hooks.example.com.";
        return Err(refuse(words.to_owned()));
    }
    Ok(url)
}
