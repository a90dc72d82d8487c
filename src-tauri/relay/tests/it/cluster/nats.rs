//! NATS servers of the test's own: the program that `make test` installs, on free ports of this machine.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use url::Url;

use crate::sender::request;

/// Three servers that form a cluster, or one that stands alone.
pub struct Nats {
    folder: tempfile::TempDir,
    ports: Vec<Ports>,
    running: Vec<Option<Child>>,
    monitored: &'static str,
}

#[derive(Clone, Copy)]
struct Ports {
    client: u16,
    monitor: u16,
    route: u16,
}

/// The servers are told each other's ports, so these have to be known before they start.
fn free_ports(servers: usize) -> Vec<Ports> {
    let free = || TcpListener::bind("127.0.0.1:0").unwrap();
    let held: Vec<_> = (0..servers).map(|_| [free(), free(), free()]).collect();
    let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
    held.iter()
        .map(|[client, monitor, route]| Ports {
            client: port(client),
            monitor: port(monitor),
            route: port(route),
        })
        .collect()
}

impl Nats {
    /// Starts so many servers; `jetstream` is what their JetStream block says of syncs.
    pub fn start(servers: usize, jetstream: &str) -> Self {
        Self::with(servers, jetstream, "http", "")
    }

    /// Starts so many servers that are monitored by `http` or `https` and have `besides` in their configuration.
    pub fn with(servers: usize, jetstream: &str, monitored: &'static str, besides: &str) -> Self {
        let mut nats = Self {
            folder: tempfile::tempdir().unwrap(),
            ports: free_ports(servers),
            running: Vec::new(),
            monitored,
        };
        for server in 0..servers {
            let configuration = nats.configuration(server, jetstream) + besides;
            std::fs::write(nats.file(server), configuration).unwrap();
            nats.running.push(None);
            nats.launch(server);
        }
        nats
    }

    fn file(&self, server: usize) -> PathBuf {
        self.folder.path().join(format!("{server}.conf"))
    }

    fn configuration(&self, server: usize, jetstream: &str) -> String {
        let Ports {
            client,
            monitor,
            route,
        } = self.ports[server];
        let store = self.folder.path().join(server.to_string());
        let routes = self.ports.iter().map(|ports| ports.route);
        let routes: Vec<_> = routes
            .map(|port| format!("nats://127.0.0.1:{port}"))
            .collect();
        let cluster = if self.ports.len() > 1 {
            format!(
                "cluster {{ name: test, listen: \"127.0.0.1:{route}\", routes: [{}] }}\n",
                routes.join(", ")
            )
        } else {
            String::new()
        };
        format!(
            "server_name: server-{server}\nlisten: \"127.0.0.1:{client}\"\n{}: \"127.0.0.1:{monitor}\"\n\
             max_payload: 2MB\njetstream {{ store_dir: {store:?}, {jetstream} }}\n{cluster}",
            self.monitored
        )
    }

    /// Starts a server, or starts it again.
    pub fn launch(&mut self, server: usize) {
        let log = std::fs::File::create(self.file(server).with_extension("log")).unwrap();
        let child = Command::new("nats-server")
            .arg("-c")
            .arg(self.file(server))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("nats-server is on the PATH: make test installs it");
        self.running[server] = Some(child);
    }

    /// Waits until every server is ready, and a cluster has found its leader (`/healthz` of nats-server).
    pub async fn until_it_answers(&self) {
        for ports in &self.ports {
            let address = format!("127.0.0.1:{}", ports.monitor);
            while request(&address, "GET", "/healthz", "", b"").await.status != 200 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Waits until a server that stands alone says that it is ready.
    pub async fn until_it_listens(&self) {
        let log = self.file(0).with_extension("log");
        while !std::fs::read_to_string(&log)
            .unwrap()
            .contains("Server is ready")
        {
            tokio::task::yield_now().await;
        }
    }

    /// SIGKILL; whether there was one to kill.
    pub fn kill(&mut self, server: usize) -> bool {
        let Some(mut child) = self.running[server].take() else {
            return false;
        };
        let ran = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        ran
    }

    /// The client addresses.
    pub fn servers(&self) -> Vec<Url> {
        let ports = self.ports.iter();
        ports.map(|ports| url("nats", ports.client)).collect()
    }

    /// The monitoring addresses.
    pub fn monitors(&self) -> Vec<Url> {
        let ports = self.ports.iter();
        ports
            .map(|ports| url(self.monitored, ports.monitor))
            .collect()
    }

    /// What the relay's command line needs.
    pub fn arguments(&self, replicas: usize) -> Vec<String> {
        let store: Vec<_> = self.servers().iter().map(Url::to_string).collect();
        let mut arguments = vec!["--store".to_owned(), store.join(",")];
        for monitor in self.monitors() {
            arguments.extend(["--nats-monitor".to_owned(), monitor.to_string()]);
        }
        arguments.extend(["--nats-replicas".to_owned(), replicas.to_string()]);
        arguments
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        for server in 0..self.running.len() {
            self.kill(server);
        }
    }
}

fn url(scheme: &str, port: u16) -> Url {
    format!("{scheme}://127.0.0.1:{port}").parse().unwrap()
}
