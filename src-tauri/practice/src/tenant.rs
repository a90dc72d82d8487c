//! Which of Lever's two tenants a practice world stands for (LEVER.md 1.1).

/// A tenant. Tokens, applications and API keys of one are worth nothing at the other, and neither
/// knows the other's candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tenant {
    /// Where a company works.
    #[default]
    Production,
    /// Where it tries things out.
    Sandbox,
}

/// What client ids, client secrets and API keys of the sandbox end with.
const SANDBOX_ENDING: &str = "-sandbox";

impl Tenant {
    /// The id of the key that signs its access tokens.
    pub(crate) fn signing_key_id(self) -> &'static str {
        match self {
            Self::Production => "practice-1",
            Self::Sandbox => "practice-sandbox-1",
        }
    }

    /// How a client id, a client secret or an API key of this package's files reads at this tenant.
    pub(crate) fn name(self, credential: &str) -> String {
        match self {
            Self::Production => credential.to_owned(),
            Self::Sandbox => format!("{credential}{SANDBOX_ENDING}"),
        }
    }

    /// The reverse of [`Tenant::name`], or `None` for a credential of the other tenant.
    pub(crate) fn own(self, credential: &str) -> Option<&str> {
        let of_sandbox = credential.strip_suffix(SANDBOX_ENDING);
        match self {
            Self::Production => of_sandbox.is_none().then_some(credential),
            Self::Sandbox => of_sandbox,
        }
    }
}
