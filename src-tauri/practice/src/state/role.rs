//! The five roles of Lever and what each may do: the one table that pages and consent ask.

use serde::{Deserialize, Serialize};

/// A default role, highest first, whose rights nobody can edit (PRODUCTS.md 3.1). On the wire it is lower case (LEVER.md 3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Role {
    #[serde(rename = "super admin")]
    SuperAdmin,
    #[serde(rename = "admin")]
    Admin,
    #[serde(rename = "team member")]
    TeamMember,
    #[serde(rename = "limited team member")]
    LimitedTeamMember,
    #[serde(rename = "interviewer")]
    Interviewer,
}

/// Something that not every role may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Right {
    /// *Manage API credentials and manage integrations*: consent, webhooks, keys (PRODUCTS.md 3.1, 3.2).
    ManageIntegrations,
    /// *Manage offer letter templates, fields, and forms* (PRODUCTS.md 3.1, L28).
    ManageOfferForms,
    /// *Manage profiles and view associated postings* (PRODUCTS.md 3.1).
    ManageProfiles,
    /// Everyone with access to the opportunity except Interviewers (PRODUCTS.md 3.4, L23).
    CreateOffers,
    /// Super Admins and Admins see every offer, others those they take part in (PRODUCTS.md 3.4, L26).
    SeeAllOffers,
    /// Sensitive Information Privileges: secret notes (PRODUCTS.md 3.1, L13). Lever grants them to
    /// single users; here the two roles that run the company have them.
    SeeSensitive,
    /// Confidential candidates in which one takes no part. Lever documents only the flag of API keys;
    /// the role is a choice of the practice world.
    SeeConfidential,
    /// Deleting and anonymising; the roles are a choice of the practice world.
    EraseProfiles,
    /// *Settings > Approvals*; the role is a choice of the practice world.
    ManageApprovals,
    /// Stages and archive reasons; the role is a choice of the practice world.
    ManagePipeline,
}

impl Right {
    pub(crate) const ALL: [Self; 10] = [
        Self::ManageIntegrations,
        Self::ManageOfferForms,
        Self::ManageProfiles,
        Self::CreateOffers,
        Self::SeeAllOffers,
        Self::SeeSensitive,
        Self::SeeConfidential,
        Self::EraseProfiles,
        Self::ManageApprovals,
        Self::ManagePipeline,
    ];

    /// The roles that have it, highest first.
    fn roles(self) -> &'static [Role] {
        use Role::{Admin, LimitedTeamMember, SuperAdmin, TeamMember};
        match self {
            Self::ManageIntegrations
            | Self::ManageOfferForms
            | Self::ManageApprovals
            | Self::SeeConfidential
            | Self::ManagePipeline => &[SuperAdmin],
            Self::SeeAllOffers | Self::SeeSensitive | Self::EraseProfiles => &[SuperAdmin, Admin],
            Self::ManageProfiles | Self::CreateOffers => {
                &[SuperAdmin, Admin, TeamMember, LimitedTeamMember]
            }
        }
    }

    /// Who has it, as in "Only **a Super Admin or an Admin** can …".
    pub(crate) fn holders(self) -> String {
        let names: Vec<String> = self
            .roles()
            .iter()
            .map(|role| role.with_article())
            .collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "nobody".to_owned(),
        }
    }
}

impl Role {
    /// Whether this role has `right`.
    pub(crate) fn has(self, right: Right) -> bool {
        right.roles().contains(&self)
    }

    /// The name as the API writes it (LEVER.md 3.7).
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::SuperAdmin => "super admin",
            Self::Admin => "admin",
            Self::TeamMember => "team member",
            Self::LimitedTeamMember => "limited team member",
            Self::Interviewer => "interviewer",
        }
    }

    /// The name as the pages write it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::SuperAdmin => "Super Admin",
            Self::Admin => "Admin",
            Self::TeamMember => "Team Member",
            Self::LimitedTeamMember => "Limited Team Member",
            Self::Interviewer => "Interviewer",
        }
    }

    fn with_article(self) -> String {
        let article = match self {
            Self::Admin | Self::Interviewer => "an",
            Self::SuperAdmin | Self::TeamMember | Self::LimitedTeamMember => "a",
        };
        format!("{article} {}", self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holders_of_a_right_read_as_words() {
        assert_eq!(Right::ManageIntegrations.holders(), "a Super Admin");
        assert_eq!(Right::SeeSensitive.holders(), "a Super Admin or an Admin");
    }

    #[test]
    fn a_super_admin_may_everything_and_an_interviewer_nothing_that_is_granted() {
        for right in Right::ALL {
            assert!(Role::SuperAdmin.has(right), "{right:?}");
            assert!(!Role::Interviewer.has(right), "{right:?}");
        }
    }
}
