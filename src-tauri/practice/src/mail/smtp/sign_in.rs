//! Sign-in by PLAIN (RFC 4616) and LOGIN.

use data_encoding::BASE64;

use super::reply::Reply;

/// The user that may sign in to the practice mailbox.
pub const SMTP_USER: &str = "practice";
/// That user's password. It protects nothing: the mailbox takes mails from this computer only.
pub const SMTP_PASSWORD: &str = "practice-mailbox";

/// A sign-in that is under way; it waits for one more line.
pub(super) enum SignIn {
    Plain,
    LoginUser,
    LoginPassword { user: Vec<u8> },
}

/// What an answer of the client leads to.
pub(super) enum Progress {
    /// Ask for one more line.
    Ask(SignIn, Reply),
    /// The sign-in is over: the user's name, or why it was refused.
    Done(Result<String, Reply>),
}

impl SignIn {
    /// Starts a sign-in, with the answer that AUTH carried itself where there is one.
    pub(super) fn start(self, initial: &str) -> Progress {
        match (self, initial) {
            (sign_in, "") => {
                let question = match sign_in {
                    Self::Plain => "",
                    Self::LoginUser => "VXNlcm5hbWU6",
                    Self::LoginPassword { .. } => "UGFzc3dvcmQ6",
                };
                Progress::Ask(sign_in, Reply::new(334, question))
            }
            // An equals sign stands for an answer without a character (RFC 4954 4).
            (sign_in, "=") => sign_in.answer(b""),
            (sign_in, initial) => sign_in.answer(initial.as_bytes()),
        }
    }

    /// Goes on with a line of the client.
    pub(super) fn answer(self, line: &[u8]) -> Progress {
        if line == b"*" {
            return Progress::Done(Err(Reply::new(501, "5.7.0 Sign-in cancelled")));
        }
        let Ok(answer) = BASE64.decode(line) else {
            return Progress::Done(Err(Reply::new(501, "5.5.2 That is not base64")));
        };
        match self {
            Self::Plain => {
                let mut parts = answer.split(|byte| *byte == 0).skip(1);
                match (parts.next(), parts.next(), parts.next()) {
                    (Some(user), Some(password), None) => Progress::Done(check(user, password)),
                    _ => Progress::Done(Err(Reply::new(
                        501,
                        "5.5.2 PLAIN is two names and a password with NUL between them",
                    ))),
                }
            }
            Self::LoginUser => Self::LoginPassword { user: answer }.start(""),
            Self::LoginPassword { user } => Progress::Done(check(&user, &answer)),
        }
    }
}

fn check(user: &[u8], password: &[u8]) -> Result<String, Reply> {
    if user == SMTP_USER.as_bytes() && password == SMTP_PASSWORD.as_bytes() {
        Ok(SMTP_USER.to_owned())
    } else {
        Err(Reply::new(535, "5.7.8 User name or password is wrong"))
    }
}
