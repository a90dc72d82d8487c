//! The client that carries webhook deliveries: the only place that builds one.

use reqwest::redirect::Policy;

/// What deliveries call themselves (LEVER.md 5.2).
pub(crate) const USER_AGENT: &str = "Lever-Webhooks";

/// A client that follows no redirects, because Lever counts a 3xx answer as a failed delivery
/// (LEVER.md 5.5). The time limit is set per delivery, from the switches.
///
/// # Errors
/// Fails if the platform offers no usable TLS set-up.
pub(crate) fn delivery_client() -> reqwest::Result<reqwest::Client> {
    // Refused only when a provider is already installed, and then that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that builds a client"
    )]
    let builder = reqwest::Client::builder();
    builder
        .redirect(Policy::none())
        .no_proxy()
        .user_agent(USER_AGENT)
        .pool_max_idle_per_host(256)
        .build()
}
