//! The measurements.

use std::time::Duration;

use fulcrum_cli::output::Failure;
use fulcrum_tests::bench::timing::{now, per_second, percentile};
use tokio::time::sleep;
use url::Url;

use crate::figures::{Aim, Figures};
use crate::laptop::Laptop;
use crate::sender::{Sent, Target};
use crate::setting::Setting;

/// What the issue asks for: parts of the durable tunnel's figure, multiples of its latency, MB.
const ACKNOWLEDGED: Aim = Aim::AtLeast(0.6);
const STORED: Aim = Aim::AtLeast(0.4);
const LATENCY: Aim = Aim::AtMost(2.0);
const PEOPLE: Aim = Aim::AtLeast(5.0);
const IDLE_RELAY: Aim = Aim::AtMost(15.0);

/// The pause between two posts at 20 a second.
const PAUSE: Duration = Duration::from_millis(50);

/// How many connections the peers of the harness take.
const PEER_CONNECTIONS: usize = 16;

/// Measures one setting several times.
pub struct Passes {
    setting: Setting,
    peers: Vec<(String, Target)>,
    figures: Figures,
    /// Events posted to the laptop's two listeners, by what they start.
    sent: u64,
    hires: u64,
}

impl Passes {
    /// Nothing measured yet.
    pub fn new(setting: Setting, peers: Vec<(String, Url)>) -> Self {
        let peers = peers.into_iter();
        let hired = |(name, url)| (name, Target::new(url, "candidateHired"));
        Self {
            setting,
            peers: peers.map(hired).collect(),
            figures: Figures::default(),
            sent: 0,
            hires: 0,
        }
    }

    /// The memory of a relay and a laptop that wait.
    ///
    /// # Errors
    /// [`Failure`] if standard output cannot be written.
    pub async fn idle_memory(&mut self) -> Result<(), Failure> {
        sleep(Duration::from_secs(1)).await;
        self.memory("idle", Some(IDLE_RELAY))
    }

    fn memory(&mut self, when: &str, aim: Option<Aim>) -> Result<(), Failure> {
        let processes = [
            ("relay", self.setting.relay.id(), aim),
            ("laptop", self.setting.laptop.program.id(), None),
        ];
        for (name, process, aim) in processes {
            if let Some(memory) = resident(process) {
                let name = format!("memory.{name}.{when}");
                self.figures.note(&name, (memory, "MB"), None, aim)?;
            }
        }
        Ok(())
    }

    /// As many events as go through: the tunnel, the relay by itself, the relay and the laptop's disk.
    ///
    /// # Errors
    /// [`Failure`] if an event is refused or does not arrive.
    pub async fn full_load(&mut self, time: Duration, connections: usize) -> Result<(), Failure> {
        let tunnel = self.setting.tunnel.for_time(time, connections).await?;
        let limit = rate(&tunnel);
        self.load("tunnel.stored", limit, None, None)?;
        let unread = &self.setting.unread;
        let relay = unread.target.for_time(time, connections).await?;
        unread.empty(&self.setting.counters).await?;
        self.load(
            "relay.acknowledged",
            rate(&relay),
            Some(limit),
            Some(ACKNOWLEDGED),
        )?;
        let began = now();
        let before = self.setting.counters.delivered().await?;
        let posted = self.setting.stored.for_time(time, connections).await?;
        self.sent += posted.accepted as u64;
        let all = before + posted.accepted as u64;
        self.setting.counters.until_delivered(all).await?;
        let stored = per_second(posted.accepted, began.elapsed());
        self.load("laptop.stored", stored, Some(limit), Some(STORED))?;
        self.load(
            "relay.acknowledged.beside",
            rate(&posted),
            Some(limit),
            None,
        )
    }

    fn load(
        &mut self,
        name: &str,
        rate: f64,
        limit: Option<f64>,
        aim: Option<Aim>,
    ) -> Result<(), Failure> {
        self.figures.note(name, (rate, "events/s"), limit, aim)
    }

    /// From the POST to the laptop's disk at 20 a second, in turn with the tunnel.
    ///
    /// # Errors
    /// [`Failure`] if an event is refused or does not arrive.
    pub async fn one_by_one(&mut self, posts: usize) -> Result<(), Failure> {
        let mut tunnel = self.setting.tunnel.connect().await?;
        let mut relay = self.setting.stored.connect().await?;
        let mut changes = self.setting.laptop.changes().await?;
        let (mut ours, mut answers, mut limit) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..posts {
            sleep(PAUSE / 2).await;
            limit.push(tunnel.post().await?);
            sleep(PAUSE / 2).await;
            let began = now();
            answers.push(relay.post().await?);
            changes.stored().await?;
            ours.push(began.elapsed());
            self.sent += 1;
        }
        for percent in [50, 99] {
            let Some(limit) = percentile(&mut limit, percent) else {
                return Ok(());
            };
            self.figures.note(
                &format!("tunnel.stored.p{percent}"),
                (ms(limit), "ms"),
                None,
                None,
            )?;
            let each = [
                ("relay.acknowledged", &mut answers, None),
                ("laptop.stored", &mut ours, Some(LATENCY)),
            ];
            for (name, samples, aim) in each {
                let took = percentile(samples, percent).unwrap_or_default();
                let aim = aim.filter(|_| percent == 50);
                let name = format!("{name}.p{percent}");
                self.figures
                    .note(&name, (ms(took), "ms"), Some(ms(limit)), aim)?;
            }
        }
        Ok(())
    }

    /// Hires through Lever's API, the mapping and the workflow, in turn with each peer.
    ///
    /// # Errors
    /// [`Failure`] if an event is refused or no person comes of it.
    pub async fn people(&mut self, hires: usize, connections: usize) -> Result<(), Failure> {
        let began = now();
        let posted = self.setting.hired.count(hires, connections).await?;
        self.hires += posted.accepted as u64;
        self.setting.laptop.until_people(self.hires).await?;
        let people = per_second(posted.accepted, began.elapsed());
        self.figures
            .note("laptop.people", (people, "people/s"), None, None)?;
        for (name, target) in self.peers.clone() {
            let peer = rate(
                &target
                    .for_time(Duration::from_secs(4), PEER_CONNECTIONS)
                    .await?,
            );
            self.figures.note(&name, (peer, "people/s"), None, None)?;
            let beside = format!("laptop.people.beside.{name}");
            let ours = (people, "people/s");
            self.figures.note(&beside, ours, Some(peer), Some(PEOPLE))?;
        }
        Ok(())
    }

    /// What so many events leave in memory.
    ///
    /// # Errors
    /// [`Failure`] if an event is refused or does not arrive.
    pub async fn flat(&mut self, events: usize, connections: usize) -> Result<(), Failure> {
        for part in ["before", "after"] {
            let before = self.setting.counters.delivered().await?;
            let posted = self.setting.stored.count(events / 2, connections).await?;
            self.sent += posted.accepted as u64;
            let all = before + posted.accepted as u64;
            // A probe of the path is acknowledged too, so this many are enough.
            self.setting.counters.until_delivered(all).await?;
            self.memory(part, None)?;
        }
        Ok(())
    }

    /// The laptop is cut off, events wait, and it is switched on again.
    ///
    /// # Errors
    /// [`Failure`] if an event is refused or does not arrive.
    pub async fn drain(&mut self, events: usize, connections: usize) -> Result<(), Failure> {
        let Self { setting, .. } = self;
        let http = setting.world.http().clone();
        setting.laptop.program.kill().await?;
        let before = setting.counters.delivered().await?;
        let posted = setting.stored.count(events, connections).await?;
        self.sent += posted.accepted as u64;
        let all = before + posted.accepted as u64;
        setting.laptop = Laptop::start(&setting.place, &http).await?;
        // Opening the passphrase takes more than all that follows.
        #[cfg(target_os = "linux")]
        fulcrum_tests::bench::memory::forget_peak(setting.laptop.program.id());
        setting.counters.until_delivered(before + 1).await?;
        let (began, first) = (now(), setting.counters.delivered().await?);
        setting.counters.until_delivered(all).await?;
        let drained = usize::try_from(all - first).unwrap_or_default();
        let rate = per_second(drained, began.elapsed());
        self.load("laptop.drained", rate, None, None)?;
        if let Some(peak) = peak(self.setting.laptop.program.id()) {
            self.figures
                .note("memory.laptop.peak", (peak, "MB"), None, None)?;
        }
        Ok(())
    }

    /// Prints the table, and what was lost.
    ///
    /// # Errors
    /// [`Failure`] if anything was lost or doubled.
    pub async fn end(mut self) -> Result<(), Failure> {
        let stored = self.setting.laptop.stored().await?;
        let people = self.setting.laptop.people().await?;
        let lost = (self.sent + self.hires).abs_diff(stored) + self.hires.abs_diff(people);
        self.figures.note(
            "lost-or-doubled",
            (lost as f64, "events"),
            None,
            Some(Aim::AtMost(0.0)),
        )?;
        self.figures.table()?;
        if lost == 0 {
            return Ok(());
        }
        let sent = self.sent + self.hires;
        Err(Failure::Other(format!(
            "{sent} events were sent, {stored} are stored; {} hires, {people} people.",
            self.hires
        )))
    }
}

fn rate(sent: &Sent) -> f64 {
    per_second(sent.accepted, sent.took)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[cfg(target_os = "linux")]
fn resident(process: u32) -> Option<f64> {
    fulcrum_tests::bench::memory::proportional_mb(process)
}

#[cfg(not(target_os = "linux"))]
fn resident(_process: u32) -> Option<f64> {
    None
}

#[cfg(target_os = "linux")]
fn peak(process: u32) -> Option<f64> {
    fulcrum_tests::bench::memory::peak_mb(process)
}

#[cfg(not(target_os = "linux"))]
fn peak(_process: u32) -> Option<f64> {
    None
}
