//! What a power cut would leave of a relay's files: the writes that a sync covered, and nothing else.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;

use fulcrum_relay::{EndpointId, SealingKey};
use rusqlite::Connection;

use super::trace::Step;

/// The files of a data folder, as far as they are durable.
#[derive(Default)]
pub struct Disk {
    files: HashMap<String, File>,
    /// The syncs that run, by thread: the file, and how many of its changes were there when the sync began.
    running: HashMap<u32, (String, usize)>,
}

#[derive(Default)]
struct File {
    durable: Vec<u8>,
    applied: usize,
    pending: VecDeque<Change>,
}

enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

impl Disk {
    /// The files of `folder` as they are now, all of it durable.
    pub fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let durable = std::fs::read(&path).unwrap();
            let file = File {
                durable,
                ..File::default()
            };
            disk.files.insert(name, file);
        }
        disk
    }

    pub fn take(&mut self, step: &Step) {
        match step.clone() {
            Step::Write { file, at, bytes } => self.change(file, Change::Write(at, bytes)),
            Step::Truncate { file, length } => self.change(file, Change::Truncate(length)),
            Step::Unlink { file } => drop(self.files.remove(&file)),
            Step::SyncStarts { file, thread } => {
                let known = self.files.entry(file.clone()).or_default();
                let there = known.applied + known.pending.len();
                self.running.insert(thread, (file, there));
            }
            Step::SyncEnds { thread, synced, .. } => {
                if let Some((file, through)) = self.running.remove(&thread)
                    && synced
                    && let Some(file) = self.files.get_mut(&file)
                {
                    file.sync(through);
                }
            }
            Step::Close { .. } | Step::Answer { .. } => {}
        }
    }

    fn change(&mut self, file: String, change: Change) {
        self.files
            .entry(file)
            .or_default()
            .pending
            .push_back(change);
    }

    /// Whether nothing was written to the write-ahead log since the sync that covers it.
    pub fn log_is_synced(&self) -> bool {
        let log = self.files.get("relay.db-wal");
        log.is_none_or(|log| log.pending.is_empty())
    }

    /// The bodies that a relay would find after the power came back.
    pub fn bodies(&self, endpoint: EndpointId, key: &SealingKey) -> HashSet<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, file) in &self.files {
            if !name.ends_with("-shm") {
                std::fs::write(folder.path().join(name), &file.durable).unwrap();
            }
        }
        let read = || -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
            let connection = Connection::open(folder.path().join("relay.db"))?;
            let mut rows = connection.prepare("SELECT received_at_ms, sealed FROM event")?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        // A database that nothing of was synced has no table.
        let rows = read().unwrap_or_default();
        let open = |(at, sealed): &(i64, Vec<u8>)| key.open(sealed, endpoint, *at).unwrap().body;
        rows.iter()
            .map(|row| String::from_utf8(open(row)).unwrap())
            .collect()
    }
}

impl File {
    /// The changes up to the number `through` are durable.
    fn sync(&mut self, through: usize) {
        while self.applied < through
            && let Some(change) = self.pending.pop_front()
        {
            self.applied += 1;
            match change {
                Change::Write(at, bytes) => {
                    let end = at + bytes.len();
                    if self.durable.len() < end {
                        self.durable.resize(end, 0);
                    }
                    self.durable[at..end].copy_from_slice(&bytes);
                }
                Change::Truncate(length) => self.durable.resize(length, 0),
            }
        }
    }
}
