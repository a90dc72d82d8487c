//! A network that can be cut: TCP connections that go through this process, and stand still while they are cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// One way to one port. A cut is silent, as a cable's is: nobody is told, and what was sent arrives when it heals.
pub struct Proxy {
    pub port: u16,
    cut: watch::Sender<bool>,
    /// Chunks that were held back.
    held: Arc<AtomicUsize>,
}

impl Proxy {
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let (cut, is_cut) = watch::channel(false);
        let held = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&held);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (is_cut, held) = (is_cut.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else {
                        return;
                    };
                    let (near, far) = (near.into_split(), far.into_split());
                    tokio::select! {
                        () = pump(near.0, far.1, is_cut.clone(), &held) => {}
                        () = pump(far.0, near.1, is_cut, &held) => {}
                    }
                });
            }
        });
        Self {
            port: own,
            cut,
            held,
        }
    }

    pub fn cut(&self) {
        self.cut.send_replace(true);
    }

    pub fn heal(&self) {
        self.cut.send_replace(false);
    }

    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut is_cut: watch::Receiver<bool>,
    held: &AtomicUsize,
) {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut chunk).await {
        if *is_cut.borrow() {
            held.fetch_add(1, Ordering::Relaxed);
        }
        if is_cut.wait_for(|cut| !*cut).await.is_err()
            || to.write_all(&chunk[..length]).await.is_err()
        {
            return;
        }
    }
}
