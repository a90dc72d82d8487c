//! The client that carries webhook deliveries: the only place that builds one.

use reqwest::redirect::Policy;

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
        .user_agent("Lever-Webhooks")
        .pool_max_idle_per_host(256)
        .build()
}
