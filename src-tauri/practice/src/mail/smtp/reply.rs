//! Answers, with the enhanced status codes of RFC 3463.

use std::borrow::Cow;

/// An answer of one or more lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    lines: Vec<Cow<'static, str>>,
}

impl Reply {
    /// An answer of one line: the code of three digits, and a text that starts with the enhanced code
    /// where RFC 2034 asks for one.
    pub(super) fn new(code: u16, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            lines: vec![text.into()],
        }
    }

    /// The same with one more line.
    pub(super) fn and(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// Whether the answer refuses.
    pub(super) fn is_refusal(&self) -> bool {
        self.code >= 400
    }

    /// The bytes on the wire (RFC 5321 4.2.1).
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let last = self.lines.len().saturating_sub(1);
        let lines = self.lines.iter().enumerate();
        let lines = lines.map(|(index, text)| {
            let mark = if index == last { ' ' } else { '-' };
            format!("{}{mark}{text}\r\n", self.code)
        });
        lines.collect::<String>().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_but_the_last_is_marked() {
        let reply = Reply::new(250, "practice").and("SIZE 9").and("PIPELINING");
        let bytes = b"250-practice\r\n250-SIZE 9\r\n250 PIPELINING\r\n";
        assert_eq!(reply.to_bytes(), bytes);
    }
}
