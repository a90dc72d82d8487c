//! Adding and changing the users of the company (LEVER.md 3.7).

use super::{ChangeError, Role, User, World};
use crate::identifiers::random_id;

/// A user as they are to be.
#[derive(Clone, Debug)]
pub(crate) struct UserData {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) access_role: Role,
    pub(crate) external_directory_id: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) manager_id: Option<String>,
}

impl World {
    /// Adds a user and returns their id; no invitation is sent.
    pub(crate) fn add_user(&mut self, data: UserData, now: i64) -> Result<String, ChangeError> {
        self.check_user(&data, None)?;
        let id = random_id();
        let user = User {
            id: id.clone(),
            name: data.name,
            username: username(&data.email),
            email: data.email,
            access_role: data.access_role,
            photo: None,
            created_at: now,
            deactivated_at: None,
            external_directory_id: data.external_directory_id,
            linked_contact_ids: None,
            job_title: data.job_title,
            manager_id: data.manager_id,
        };
        self.company.users.insert(0, user);
        self.audit_user("user:added", None, &id, None, now);
        Ok(id)
    }

    /// Replaces what is known of a user.
    pub(crate) fn replace_user(
        &mut self,
        id: &str,
        data: UserData,
        now: i64,
    ) -> Result<(), ChangeError> {
        self.check_user(&data, Some(id))?;
        let user = self.user_mut(id)?;
        let before = user.clone();
        user.name = data.name;
        user.username = username(&data.email);
        user.email = data.email;
        user.access_role = data.access_role;
        user.external_directory_id = data.external_directory_id;
        user.job_title = data.job_title;
        user.manager_id = data.manager_id;
        let after = user.clone();
        for (kind, from, to) in [
            ("user.email:changed", before.email, after.email),
            (
                "user.role:changed",
                before.access_role.wire().to_owned(),
                after.access_role.wire().to_owned(),
            ),
        ] {
            if from != to {
                self.audit_user(kind, None, id, Some((from, to)), now);
            }
        }
        Ok(())
    }

    /// Takes a user's access away, or gives it back. What is so already stays as it is.
    pub(crate) fn set_user_active(
        &mut self,
        id: &str,
        active: bool,
        now: i64,
    ) -> Result<(), ChangeError> {
        let user = self.user_mut(id)?;
        let kind = match (active, user.deactivated_at) {
            (true, Some(_)) => "user:reactivated",
            (false, None) => "user:deactivated",
            (true, None) | (false, Some(_)) => return Ok(()),
        };
        user.deactivated_at = (!active).then_some(now);
        self.audit_user(kind, None, id, None, now);
        Ok(())
    }

    fn user_mut(&mut self, id: &str) -> Result<&mut User, ChangeError> {
        let mut users = self.company.users.iter_mut();
        users
            .find(|user| user.id == id)
            .ok_or_else(|| ChangeError::not_found("users", id))
    }

    /// `own` is the user whom the data is for.
    fn check_user(&self, data: &UserData, own: Option<&str>) -> Result<(), ChangeError> {
        if data.name.trim().is_empty() {
            return Err(ChangeError::invalid("name must not be empty"));
        }
        if !data.email.contains('@') {
            return Err(ChangeError::invalid("email is not an e-mail address"));
        }
        let mut others = self
            .company
            .users
            .iter()
            .filter(|user| Some(user.id.as_str()) != own);
        if others.any(|user| user.email.eq_ignore_ascii_case(&data.email)) {
            return Err(ChangeError::invalid("another user has this email"));
        }
        match &data.manager_id {
            Some(manager) if self.company.user(manager).is_none() => {
                Err(ChangeError::not_found("users", manager))
            }
            _ => Ok(()),
        }
    }
}

fn username(email: &str) -> String {
    email.split('@').next().unwrap_or_default().to_owned()
}
