//! Who is logged in to the pages, by the random id in their browser's cookie.

use std::collections::HashMap;

use crate::identifiers::random_secret;

/// One browser's log-in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Id of the user.
    pub(crate) user: String,
    /// What the next page says at its top, once.
    notice: Option<String>,
}

/// All log-ins. Two browsers can be two people.
#[derive(Default)]
pub(crate) struct Sessions {
    by_id: HashMap<String, Session>,
}

impl Sessions {
    /// Logs a user in; returns the id of the new session.
    pub(crate) fn begin(&mut self, user: &str) -> String {
        let id = random_secret();
        let session = Session {
            user: user.to_owned(),
            notice: None,
        };
        self.by_id.insert(id.clone(), session);
        id
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.by_id.get(id)
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.by_id.remove(id);
    }

    /// Keeps words for the next page of this session.
    pub(crate) fn tell(&mut self, id: &str, notice: String) {
        if let Some(session) = self.by_id.get_mut(id) {
            session.notice = Some(notice);
        }
    }

    /// The words kept for the next page, which are then gone.
    pub(crate) fn take_notice(&mut self, id: &str) -> Option<String> {
        self.by_id.get_mut(id)?.notice.take()
    }
}
