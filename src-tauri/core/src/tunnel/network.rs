//! Which network this computer is in, so that a change of it is noticed. Nothing is sent.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::UdpSocket;

/// Addresses for documentation (RFC 5737, RFC 3849): no one answers there, and no packet is sent.
const FAR: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 9),
    SocketAddr::new(
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        9,
    ),
];

/// The address from which this computer would speak to the internet; none if it has no way there. A socket that
/// is connected without sending is given its own end by the system's routes.
pub(super) async fn address() -> Option<IpAddr> {
    for far in FAR {
        let any = match far {
            SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
        };
        let Ok(socket) = UdpSocket::bind(any).await else {
            continue;
        };
        if socket.connect(far).await.is_ok()
            && let Ok(near) = socket.local_addr()
        {
            return Some(near.ip());
        }
    }
    None
}
