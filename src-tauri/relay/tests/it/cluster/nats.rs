//! NATS servers of the test's own: the program that `make test` installs, on free ports of this machine.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use fulcrum_relay::server::JetStreamSettings;
use url::Url;

use super::proxy::Proxy;
use crate::invariants::invariant::tries;
use crate::invariants::program::Program;
use crate::sender::{raw, request};

/// Three servers that form a cluster, or one that stands alone.
pub struct Nats {
    folder: tempfile::TempDir,
    ports: Vec<Ports>,
    running: Vec<Option<Child>>,
    monitored: &'static str,
    /// The ways between the servers, where they go through this process.
    cables: Vec<Cable>,
}

/// The way by which one server reaches another.
struct Cable {
    from: usize,
    to: usize,
    proxy: Proxy,
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
            cables: Vec::new(),
        };
        nats.launch_all(jetstream, besides);
        nats
    }

    /// The same, and the servers reach each other by ways that can be cut.
    pub async fn with_cables(servers: usize, jetstream: &str) -> Self {
        let mut nats = Self {
            folder: tempfile::tempdir().unwrap(),
            ports: free_ports(servers),
            running: Vec::new(),
            monitored: "http",
            cables: Vec::new(),
        };
        for from in 0..servers {
            for to in (0..servers).filter(|to| *to != from) {
                let proxy = Proxy::to(nats.ports[to].route).await;
                nats.cables.push(Cable { from, to, proxy });
            }
        }
        nats.launch_all(jetstream, "");
        nats
    }

    fn launch_all(&mut self, jetstream: &str, besides: &str) {
        let nats = self;
        for server in 0..nats.ports.len() {
            let configuration = nats.configuration(server, jetstream) + besides;
            std::fs::write(nats.file(server), configuration).unwrap();
            nats.running.push(None);
            nats.launch(server);
        }
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
        let routes = if self.cables.is_empty() {
            self.ports.iter().map(|ports| ports.route).collect()
        } else {
            let own = self.cables.iter().filter(|cable| cable.from == server);
            own.map(|cable| cable.proxy.port).collect::<Vec<_>>()
        };
        let routes: Vec<_> = routes
            .iter()
            .map(|port| format!("nats://127.0.0.1:{port}"))
            .collect();
        // Servers tell each other where the others are: with cables, at a port where nobody is.
        let advertise = if self.cables.is_empty() {
            ""
        } else {
            ", advertise: \"127.0.0.1:1\""
        };
        let cluster = if self.ports.len() > 1 {
            format!(
                "cluster {{ name: test, listen: \"127.0.0.1:{route}\"{advertise}, routes: [{}] }}\n",
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

    /// SIGSTOP: it is there and does nothing.
    pub fn stop(&self, server: usize) {
        self.signal(server, "-STOP");
    }

    /// SIGCONT.
    pub fn go_on(&self, server: usize) {
        self.signal(server, "-CONT");
    }

    fn signal(&self, server: usize, signal: &str) {
        let child = self.running[server].as_ref().expect("the server runs");
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Deletes all that a server has stored.
    pub fn wipe(&self, server: usize) {
        std::fs::remove_dir_all(self.folder.path().join(server.to_string())).unwrap();
    }

    /// Cuts every way to and from a server.
    pub fn cut_off(&self, server: usize) {
        for cable in &self.cables {
            if cable.from == server || cable.to == server {
                cable.proxy.cut();
            }
        }
    }

    /// Mends every way; returns how much was held back.
    pub fn heal(&self) -> usize {
        for cable in &self.cables {
            cable.proxy.heal();
        }
        self.cables.iter().map(|cable| cable.proxy.held()).sum()
    }

    /// The server to which something is to happen: the leader, for as long as `make soak` takes, and else one of those
    /// without which the leader goes on, since an election takes up to nine seconds.
    pub async fn victim(&self) -> usize {
        let leader = self.leader().await;
        tries(leader, (leader + 1) % self.ports.len())
    }

    /// The server that leads the stream of the events.
    pub async fn leader(&self) -> usize {
        self.leader_besides(self.ports.len()).await
    }

    /// The same, as the others than one know it (`/jsz` of nats-server).
    pub async fn leader_besides(&self, server: usize) -> usize {
        loop {
            for asked in (0..self.ports.len()).filter(|asked| *asked != server) {
                let jsz = self.monitor(asked, "/jsz?streams=true").await;
                let streams = jsz["account_details"][0]["stream_detail"].as_array();
                let stream =
                    streams.and_then(|all| all.iter().find(|one| one["name"] == "FULCRUM_EVENTS"));
                let leader = stream.and_then(|stream| stream["cluster"]["leader"].as_str());
                let number = leader.and_then(|name| name.strip_prefix("server-")?.parse().ok());
                if let Some(number) = number.filter(|leader| *leader != server) {
                    return number;
                }
            }
            tokio::task::yield_now().await;
        }
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

    /// What a relay in this process needs.
    pub fn settings(&self, replicas: usize) -> JetStreamSettings {
        JetStreamSettings {
            servers: self.servers(),
            monitors: self.monitors(),
            replicas,
            ..JetStreamSettings::default()
        }
    }

    /// Messages that a server has had from its clients (`/varz` of nats-server).
    pub async fn asked(&self, server: usize) -> u64 {
        self.monitor(server, "/varz").await["in_msgs"]
            .as_u64()
            .unwrap()
    }

    async fn monitor(&self, server: usize, path: &str) -> serde_json::Value {
        let address = format!("127.0.0.1:{}", self.ports[server].monitor);
        // HTTP/1.0, so that the answer is not chunked.
        let question = format!("GET {path} HTTP/1.0\r\n\r\n");
        let answer = raw(&address, question.as_bytes()).await.text;
        let json = answer.split_once("\r\n\r\n").map(|(_, json)| json);
        serde_json::from_str(json.unwrap_or_default()).unwrap_or_default()
    }

    /// A relay on these servers, as a process with `name` in `folder`.
    pub async fn relay(&self, folder: &Path, name: &str) -> Program {
        let relay = Program::with(&folder.join(name), &self.arguments(self.ports.len())).await;
        relay.expect("the relay starts")
    }

    /// The same, as one that is connected to this server; of the others it hears from there.
    pub async fn relay_at(&self, server: usize, folder: &Path, name: &str) -> Program {
        let mut arguments = self.arguments(self.ports.len());
        arguments[1] = url("nats", self.ports[server].client).to_string();
        let relay = Program::with(&folder.join(name), &arguments).await;
        relay.expect("the relay starts")
    }

    /// Clients that are connected to a server (`/connz` of nats-server).
    pub async fn clients(&self, server: usize) -> usize {
        let connz = self.monitor(server, "/connz").await;
        connz["connections"].as_array().unwrap().len()
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
