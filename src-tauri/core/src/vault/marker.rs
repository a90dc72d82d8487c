//! A small file beside the database that says where its key is kept and which key it is.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::SecretsPlace;
use crate::store::write_private;

/// Where the key of this folder's database is. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marker {
    pub(super) place: SecretsPlace,
    pub(super) key_id: String,
}

const NAME: &str = "key.json";

impl Marker {
    /// The marker, or none in a new folder.
    pub(super) fn read(data_dir: &Path) -> io::Result<Option<Self>> {
        match fs::read(data_dir.join(NAME)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Writes it whole or not at all.
    pub(super) fn write(&self, data_dir: &Path) -> io::Result<()> {
        write_private(&data_dir.join(NAME), &serde_json::to_vec(self)?)
    }
}
