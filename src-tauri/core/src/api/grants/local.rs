//! What a connection has led to on this computer, and what becomes of it when the connection ends.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use super::super::connections::Integration;
pub use crate::connections::LocalData;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::{StoreError, jobs, listeners, people, webhooks};

/// A choice of what becomes of what came from Lever.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataChoice {
    /// Which.
    pub choice: LocalData,
    /// Its name on screen.
    pub label: String,
    /// What it deletes and what stays.
    pub about: String,
}

/// The choices of an integration, the gentlest first.
pub(super) fn choices(integration: Integration) -> Vec<DataChoice> {
    let choice = |choice, label: &str, about: &str| DataChoice {
        choice,
        label: label.to_owned(),
        about: about.to_owned(),
    };
    let keep = "Connecting again goes on where it stopped.";
    match integration {
        Integration::Onboarding => vec![
            choice(LocalData::Keep, "Keep everything", keep),
            choice(
                LocalData::DeleteEvents,
                "Delete events",
                "What Lever sent is deleted, and hires that wait are not imported any more. People, mapping and listeners stay.",
            ),
            choice(
                LocalData::DeleteEverything,
                "Delete everything",
                "People, mapping, listeners, events and who connected are deleted from this computer. This cannot be undone.",
            ),
        ],
        Integration::OfferLetters => vec![
            choice(LocalData::Keep, "Keep everything", keep),
            choice(
                LocalData::DeleteEvents,
                "Delete events",
                "What Lever sent is deleted, and changes of offers that wait are not looked at any more. Mapping and listeners stay.",
            ),
            choice(
                LocalData::DeleteEverything,
                "Delete everything",
                "Mapping, listeners, events and who connected are deleted from this computer; letters stay. This cannot be undone.",
            ),
        ],
    }
}

/// What there is on this computer that depends on Lever.
pub(super) struct Local {
    listeners: Vec<(Integration, usize)>,
    waiting: u64,
    people: u64,
    webhooks: Vec<(Integration, usize)>,
}

impl Local {
    /// Counts it.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub(super) fn read(db: &Connection) -> Result<Self, StoreError> {
        let listening = Integration::ALL.into_iter().map(|integration| {
            let each = listeners::of(db, integration)?;
            let on = each.iter().filter(|listener| listener.on);
            let complete = on.filter(|listener| listener.signature_token.is_some());
            Ok((integration, complete.count()))
        });
        let webhooks = Integration::ALL
            .into_iter()
            .map(|integration| Ok((integration, webhooks::of(db, integration)?.len())));
        Ok(Self {
            listeners: listening.collect::<Result<_, StoreError>>()?,
            waiting: jobs::count_named(db, crate::jobs::Hire::NAME)?,
            people: people::count(db)?.0,
            webhooks: webhooks.collect::<Result<_, StoreError>>()?,
        })
    }

    /// What stops and what stays when the connection of `integration` ends, a sentence each.
    pub(super) fn stops(
        &self,
        integration: Integration,
        row: &ConnectionRow,
        all: &[(Integration, ConnectionRow)],
    ) -> Vec<String> {
        let mut stops = match integration {
            Integration::Onboarding => self.onboarding(),
            Integration::OfferLetters => self.offer_letters(),
        };
        match count_of(&self.webhooks, integration) {
            0 => {}
            1 => stops.push("The webhook that Fulcrum made is deleted in Lever.".to_owned()),
            more => stops.push(format!(
                "The {more} webhooks that Fulcrum made are deleted in Lever."
            )),
        }
        let shares = |(other, theirs): &&(Integration, ConnectionRow)| {
            *other != integration && same_registration(row, theirs)
        };
        if let Some((other, _)) = all.iter().find(shares) {
            stops.push(format!(
                "{} signs in by the same registration. Should Lever end both, it shows Needs reconnect and goes on once you sign in again.",
                other.label()
            ));
        }
        stops
    }

    fn offer_letters(&self) -> Vec<String> {
        let mut stops = vec![
            "No new offer letters are created, and Lever is not asked for changes of offers any more.".to_owned(),
        ];
        match count_of(&self.listeners, Integration::OfferLetters) {
            0 => {}
            1 => stops.push(
                "The listener of offer letters is switched off. What its webhook still sends waits here, and connecting the same organisation again switches it on."
                    .to_owned(),
            ),
            more => stops.push(format!(
                "The {more} listeners of offer letters are switched off. What their webhooks still send waits here, and connecting the same organisation again switches them on."
            )),
        }
        stops.push(
            "Letters that are published already stay until they expire or are deleted.".to_owned(),
        );
        stops
    }

    fn onboarding(&self) -> Vec<String> {
        let mut stops = Vec::new();
        match count_of(&self.listeners, Integration::Onboarding) {
            0 => {}
            1 => stops.push(
                "The listener is switched off: a hire in Lever imports nobody. What its webhook still sends waits here, and connecting the same organisation again switches it on."
                    .to_owned(),
            ),
            more => stops.push(format!(
                "The {more} listeners are switched off: a hire in Lever imports nobody. What their webhooks still send waits here, and connecting the same organisation again switches them on."
            )),
        }
        match self.waiting {
            0 => {}
            1 => stops.push("One hire that is not imported yet goes on waiting.".to_owned()),
            more => stops.push(format!(
                "{more} hires that are not imported yet go on waiting."
            )),
        }
        stops.push("Nothing is read from Lever any more, nor asked for changes.".to_owned());
        stops.push(match self.people {
            0 => "Nobody was imported yet.".to_owned(),
            1 => "The person who was imported stays, also in workflows.".to_owned(),
            more => format!("The {more} people who were imported stay, also in workflows."),
        });
        stops
    }
}

fn count_of(counts: &[(Integration, usize)], integration: Integration) -> usize {
    let count = counts.iter().find(|(of, _)| *of == integration);
    count.map_or(0, |(_, count)| *count)
}

/// Whether both were let in as the same app of the same Lever, so that Lever may end both at once (LEVER.md 1.9).
fn same_registration(one: &ConnectionRow, other: &ConnectionRow) -> bool {
    match (&one.login, &other.login) {
        (
            Login::LeverConnect { client_id, .. },
            Login::LeverConnect {
                client_id: their_id,
                ..
            },
        ) => client_id == their_id && one.environment == other.environment,
        (Login::ApiKey(_), _) | (_, Login::ApiKey(_)) => false,
    }
}
