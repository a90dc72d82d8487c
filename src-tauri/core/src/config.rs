//! What the program is told at its start. The only place that reads flags and the environment.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::{Host, Url};

/// The redirect ports that the admin registers with Lever, unless settings say otherwise.
pub const CALLBACK_PORTS: [u16; 3] = [45110, 45111, 45112];

/// The path of the redirect address; one, and nothing else is answered.
pub const CALLBACK_PATH: &str = "/callback";

/// The redirect address at a port of this computer, as it is registered with Lever.
pub fn callback_address(port: u16) -> String {
    format!("http://{}:{port}{CALLBACK_PATH}", Ipv4Addr::LOCALHOST)
}

/// The flags that the window, the command line and the tests share.
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// The folder that holds the database; one engine at a time.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// The relay's base address; wins over the saved setting.
    #[arg(long, value_name = "URL")]
    pub relay: Option<String>,
    /// Base address of a loopback Lever's authorization server, for the environment `custom`.
    #[arg(long, value_name = "URL", env = "FULCRUM_LEVER_AUTH_URL")]
    pub lever_auth_url: Option<String>,
    /// Root of a loopback Lever's API including `/v1`, for the environment `custom`.
    #[arg(long, value_name = "URL", env = "FULCRUM_LEVER_API_URL")]
    pub lever_api_url: Option<String>,
    /// Redirect ports, tried in order; win over the saved setting. 0 takes any free port.
    #[arg(long, value_name = "PORTS", value_delimiter = ',')]
    pub callback_ports: Vec<u16>,
    /// A file whose first line is the passphrase of the key file; for running without a keychain.
    #[arg(long, value_name = "FILE", env = "FULCRUM_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Neither keeps to Lever's rate limit nor waits between tries; only with a loopback Lever.
    #[arg(long, hide = true)]
    pub unpaced: bool,
}

/// What the flags say, checked.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds everything.
    pub data_dir: PathBuf,
    /// The relay's base address, if given.
    pub relay: Option<Url>,
    /// The addresses of the environment `custom`, if given.
    pub custom: Option<LeverAddresses>,
    /// The redirect ports, if given.
    pub callback_ports: Vec<u16>,
    /// The passphrase's file, if given.
    pub passphrase_file: Option<PathBuf>,
    /// Whether to keep to Lever's rate limit.
    pub paced: bool,
}

/// Why the flags cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no home folder to put the data in.
    #[error(
        "There is no folder for Fulcrum's data: this user has no home folder. Name one with --data-dir."
    )]
    NoDataDir,
    /// A value is no usable address.
    #[error("{flag} is not a usable address ({problem}).")]
    BadAddress {
        /// The flag.
        flag: &'static str,
        /// Why not, in words.
        problem: String,
    },
    /// Only one of the two Lever addresses was given.
    #[error("--lever-auth-url and --lever-api-url belong together: give both or neither.")]
    HalfALever,
    /// A real Lever cannot be run without its rate limit.
    #[error("--unpaced needs --lever-auth-url and --lever-api-url.")]
    UnpacedWithoutCustom,
}

impl Flags {
    /// Checks the flags.
    ///
    /// # Errors
    /// See [`ConfigError`]; each is a sentence for the user.
    pub fn into_options(self) -> Result<Options, ConfigError> {
        let custom = match (self.lever_auth_url, self.lever_api_url) {
            (Some(auth), Some(api)) => Some(LeverAddresses {
                auth: loopback("--lever-auth-url", &auth)?,
                api: loopback("--lever-api-url", &api)?,
                web: loopback("--lever-auth-url", &auth)?,
            }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfALever),
        };
        if self.unpaced && custom.is_none() {
            return Err(ConfigError::UnpacedWithoutCustom);
        }
        Ok(Options {
            data_dir: self
                .data_dir
                .or_else(default_data_dir)
                .ok_or(ConfigError::NoDataDir)?,
            relay: self
                .relay
                .as_deref()
                .map(|url| relay_address("--relay", url))
                .transpose()?,
            custom,
            callback_ports: self.callback_ports,
            passphrase_file: self.passphrase_file,
            paced: !self.unpaced,
        })
    }
}

/// The user's own folder for application data, by the rules of the platform (on Linux the XDG base
/// directory specification).
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
fn default_data_dir() -> Option<PathBuf> {
    let named = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(target_os = "windows") {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("fulcrum"))
}

/// Which Lever is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Lever itself.
    Production,
    /// Lever's sandbox.
    Sandbox,
    /// The practice Lever that comes with Fulcrum, at its usual address.
    Practice,
    /// A loopback address given at the start of the program.
    Custom,
}

impl Environment {
    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Production => "Production",
            Self::Sandbox => "Sandbox",
            Self::Practice => "Practice",
            Self::Custom => "Address given at start",
        }
    }

    /// Whether nothing done there reaches a real candidate.
    pub fn is_practice(self) -> bool {
        matches!(self, Self::Practice | Self::Custom)
    }
}

/// Where one Lever answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverAddresses {
    /// The authorization server; `/authorize` and `/oauth/token` are below it.
    pub auth: Url,
    /// The API's root, including `/v1`.
    pub api: Url,
    /// The pages a person clicks.
    pub web: Url,
}

impl LeverAddresses {
    /// The compiled-in addresses (LEVER.md 1.1), or the given ones for `custom`.
    pub fn of(environment: Environment, custom: Option<&Self>) -> Option<Self> {
        let (auth, api, web) = match environment {
            Environment::Production => (
                "https://auth.lever.co",
                "https://api.lever.co/v1",
                "https://hire.lever.co",
            ),
            Environment::Sandbox => (
                "https://sandbox-lever.auth0.com",
                "https://api.sandbox.lever.co/v1",
                "https://hire.sandbox.lever.co",
            ),
            Environment::Practice => (
                "http://127.0.0.1:45200",
                "http://127.0.0.1:45200/v1",
                "http://127.0.0.1:45200",
            ),
            Environment::Custom => return custom.cloned(),
        };
        let parse = |text| Url::parse(text).ok();
        Some(Self {
            auth: parse(auth)?,
            api: parse(api)?,
            web: parse(web)?,
        })
    }

    /// The `audience` of a token request: the API's root with a slash at its end (LEVER.md 1.1).
    pub fn audience(&self) -> String {
        format!("{}/", self.api.as_str().trim_end_matches('/'))
    }

    /// An address below the authorization server.
    pub fn auth_path(&self, path: &str) -> String {
        format!("{}{path}", self.auth.as_str().trim_end_matches('/'))
    }

    /// The page for setting up webhooks.
    pub fn webhooks_page(&self) -> String {
        self.page("settings/integrations/webhooks")
    }

    /// The page that lists the apps with access, each with *Revoke access*.
    pub fn authorized_apps_page(&self) -> String {
        self.page("settings/integrations/authorized-apps")
    }

    /// The page that lists the API keys.
    pub fn api_credentials_page(&self) -> String {
        self.page("settings/integrations/api-credentials")
    }

    /// The page with the fields of the offer form.
    pub fn offer_form_page(&self) -> String {
        self.page("settings/offers/form")
    }

    /// A candidate's page.
    pub fn candidate_page(&self, opportunity_id: &str) -> String {
        self.page(&format!("candidates/{opportunity_id}"))
    }

    fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.web.as_str().trim_end_matches('/'))
    }
}

/// The client that the practice Lever knows. It opens nothing else, so it is no secret.
pub const PRACTICE_CLIENT: (&str, &str) = ("fulcrum-practice", "practice-client-secret");

/// Whether the address names this computer and nothing else: a literal loopback address or `localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn address(flag: &'static str, text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text.trim()).map_err(|problem| ConfigError::BadAddress {
        flag,
        problem: problem.to_string(),
    })?;
    if !matches!(url.scheme(), "http" | "https")
        || !url.username().is_empty()
        || url.password().is_some()
    {
        let problem = "it must begin with https:// and hold no user name".to_owned();
        return Err(ConfigError::BadAddress { flag, problem });
    }
    Ok(url)
}

fn loopback(flag: &'static str, text: &str) -> Result<Url, ConfigError> {
    let url = address(flag, text)?;
    if is_loopback(&url) {
        return Ok(url);
    }
    let problem = "only addresses of this computer are allowed here".to_owned();
    Err(ConfigError::BadAddress { flag, problem })
}

/// A relay's base address: `https`, or `http` on this computer.
///
/// # Errors
/// [`ConfigError::BadAddress`] with the reason in words.
pub fn relay_address(flag: &'static str, text: &str) -> Result<Url, ConfigError> {
    let url = address(flag, text)?;
    if url.scheme() == "https" || is_loopback(&url) {
        return Ok(url);
    }
    let problem = "a relay on another computer must begin with https://".to_owned();
    Err(ConfigError::BadAddress { flag, problem })
}
