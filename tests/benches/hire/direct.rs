//! The direct limit: a server that reads a body and does nothing with it.

use std::net::Ipv4Addr;

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use fulcrum_cli::output::Failure;
use tokio::net::TcpListener;

/// The server; it runs until the process ends.
pub struct Direct {
    /// Where it takes posts.
    pub url: String,
}

impl Direct {
    /// Starts it on a free loopback port.
    ///
    /// # Errors
    /// [`Failure`] if no port can be had.
    pub async fn start() -> Result<Self, Failure> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/", socket.local_addr()?);
        let nothing = Router::new().route("/", post(async |_: Bytes| "{\"ok\":true}"));
        tokio::spawn(axum::serve(socket, nothing).into_future());
        Ok(Self { url })
    }
}
