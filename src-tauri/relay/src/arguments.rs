//! The command line, and the settings that it means. Each argument can be given in the environment
//! too, as `FULCRUM_RELAY_…`, which suits units and containers.

#[cfg(feature = "jetstream")]
mod cluster;

use std::net::{AddrParseError, IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Parser;
use fulcrum_relay::server::{Data, Limits, Settings, Tls};
use ipnet::IpNet;
use url::Url;

/// Takes webhooks for laptops that may be asleep, sealed so that only the laptop can read them.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes any free one.
    #[arg(long, env = "FULCRUM_RELAY_LISTEN", default_value = "127.0.0.1:45300")]
    pub(crate) listen: SocketAddr,
    /// Address under which senders reach this relay, if it is not the one it listens on.
    #[arg(long, env = "FULCRUM_RELAY_PUBLIC_URL")]
    public_url: Option<Url>,
    /// Address under which pages are shown; a host name of their own keeps them apart from the rest.
    #[arg(long, env = "FULCRUM_RELAY_PAGES_URL")]
    pages_url: Option<Url>,
    /// Address or network of a proxy before this relay, whose X-Forwarded-For is believed; several
    /// with commas.
    #[arg(long, env = "FULCRUM_RELAY_TRUSTED_PROXY", value_delimiter = ',', value_parser = network)]
    trusted_proxy: Vec<IpNet>,
    /// Address to serve /metrics and /healthz on, in plain HTTP; /metrics is then served nowhere else.
    #[arg(long, env = "FULCRUM_RELAY_OPERATOR_LISTEN")]
    pub(crate) operator_listen: Option<SocketAddr>,
    /// Folder for the stored events.
    #[arg(long, env = "FULCRUM_RELAY_DATA", default_value = "relay-data")]
    data: PathBuf,
    /// The store that several relays share.
    #[cfg(feature = "jetstream")]
    #[command(flatten)]
    pub(crate) cluster: cluster::ClusterArguments,
    /// Delete events that nobody fetched after this many days.
    #[arg(long, env = "FULCRUM_RELAY_RETENTION_DAYS")]
    retention_days: Option<NonZeroU32>,
    /// Events a second that one address takes for long; after a quiet time it takes more at once.
    #[arg(long, env = "FULCRUM_RELAY_ENDPOINT_RATE", default_value_t = Limits::default().endpoint_rate)]
    endpoint_rate: NonZeroU32,
    /// Certificate chain in PEM, to serve TLS here; read again when it changes.
    #[arg(long, env = "FULCRUM_RELAY_TLS_CERT", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate, in PEM.
    #[arg(long, env = "FULCRUM_RELAY_TLS_KEY", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Get a certificate for this name by ACME, to serve TLS here; several with commas.
    #[arg(
        long,
        env = "FULCRUM_RELAY_ACME_DOMAIN",
        value_delimiter = ',',
        conflicts_with = "tls_cert"
    )]
    acme_domain: Vec<String>,
    /// Where to get it: by default Let's Encrypt.
    #[arg(
        long,
        env = "FULCRUM_RELAY_ACME_DIRECTORY",
        default_value = "https://acme-v02.api.letsencrypt.org/directory"
    )]
    acme_directory: Url,
    /// E-mail address for messages about the certificate.
    #[arg(long, env = "FULCRUM_RELAY_ACME_CONTACT", requires = "acme_domain")]
    acme_contact: Option<String>,
    /// Folder for the account and the certificate; by default `acme` in the data folder.
    #[arg(long, env = "FULCRUM_RELAY_ACME_CACHE", requires = "acme_domain")]
    acme_cache: Option<PathBuf>,
}

impl Arguments {
    /// What they mean.
    pub(crate) fn settings(self) -> Settings {
        let tls = self.tls();
        Settings {
            public_url: self.public_url,
            pages_url: self.pages_url,
            tls,
            trusted_proxies: self.trusted_proxy,
            data: Data::Folder(self.data),
            limits: Limits {
                retention_days: self.retention_days,
                endpoint_rate: self.endpoint_rate,
                ..Limits::default()
            },
        }
    }

    fn tls(&self) -> Option<Tls> {
        if let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) {
            return Some(Tls::Files {
                certificate: certificate.clone(),
                key: key.clone(),
            });
        }
        let cache = || self.acme_cache.clone();
        (!self.acme_domain.is_empty()).then(|| Tls::Acme {
            domains: self.acme_domain.clone(),
            directory: self.acme_directory.clone(),
            contact: self.acme_contact.clone(),
            cache: cache().unwrap_or_else(|| self.data.join("acme")),
        })
    }
}

/// A network such as `10.0.0.0/8`, or one address.
fn network(text: &str) -> Result<IpNet, AddrParseError> {
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or_else(|_| address())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_files_for_operators_name_settings_that_exist() {
        let command = Arguments::command();
        let known: Vec<_> = command
            .get_arguments()
            .filter_map(|argument| argument.get_env()?.to_str())
            .collect();
        for file in [
            include_str!("../deploy/fulcrum-relay.env.example"),
            include_str!("../deploy/fulcrum-relay.service"),
            include_str!("../deploy/Containerfile"),
        ] {
            let words = file.split(|c: char| !c.is_ascii_uppercase() && c != '_');
            let mut named = words.filter(|word| word.starts_with("FULCRUM_RELAY_"));
            assert!(named.clone().count() > 0);
            // A build without JetStream has none of its arguments.
            let elsewhere = |name: &str| {
                !cfg!(feature = "jetstream")
                    && (name == "FULCRUM_RELAY_STORE" || name.starts_with("FULCRUM_RELAY_NATS_"))
            };
            assert!(
                named.all(|name| known.contains(&name) || elsewhere(name)),
                "{known:?}"
            );
        }
    }

    #[test]
    fn the_operators_page_names_arguments_that_exist() {
        let command = Arguments::command();
        let known: Vec<_> = command
            .get_arguments()
            .filter_map(|a| a.get_long())
            .collect();
        let page = include_str!("../OPERATING.md");
        let named = page.split('`').filter_map(|code| code.strip_prefix("--"));
        // `--features` is cargo's, and a build without JetStream has none of its arguments.
        let elsewhere = |name: &str| {
            name == "features"
                || !cfg!(feature = "jetstream") && (name == "store" || name.starts_with("nats-"))
        };
        for name in named.map(|code| code.split([' ', '=', '`']).next().unwrap_or_default()) {
            assert!(known.contains(&name) || elsewhere(name), "--{name}");
        }
    }

    #[test]
    fn no_days_at_all_are_no_retention_time() {
        let parse = |days| Arguments::try_parse_from(["fulcrum-relay", "--retention-days", days]);
        assert!(parse("0").is_err(), "it would delete what has just come");
        let settings = parse("7").unwrap().settings();
        assert_eq!(settings.limits.retention_days, NonZeroU32::new(7));
    }

    #[test]
    fn certificates_come_from_one_place_and_whole() {
        let parse = |arguments: &[&str]| {
            Arguments::try_parse_from([&["fulcrum-relay"], arguments].concat())
        };
        assert!(parse(&["--tls-cert", "a"]).is_err());
        assert!(parse(&["--tls-cert", "a", "--tls-key", "b", "--acme-domain", "c"]).is_err());
        let acme = parse(&["--acme-domain", "a.example,b.example"]).unwrap();
        let Some(Tls::Acme { domains, cache, .. }) = acme.settings().tls else {
            panic!("names for ACME mean ACME");
        };
        assert_eq!(domains, ["a.example", "b.example"]);
        assert_eq!(cache, PathBuf::from("relay-data/acme"));
    }
}
