//! The mail itself, between DATA and the dot on a line of its own.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::lines::{Line, Lines};

/// Bytes of the largest mail: what the big providers take.
pub(super) const MAX_MAIL: usize = 25 * 1024 * 1024;
/// Bytes of a line without CR LF (RFC 5321 4.5.3.1.6).
const MAX_TEXT_LINE: usize = 998;

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// The mail as it was before dots were stuffed.
    Whole(Vec<u8>),
    /// A mail over the limit, read to its end and thrown away.
    TooLarge,
    /// A mail with a line over the limit, read to its end and thrown away.
    LineTooLong,
    /// A CR or LF that stands alone: where the mail ends is open to doubt.
    BareNewline,
    /// The connection was closed before the end.
    End,
}

/// Reads a mail to its end and takes the stuffed dots off (RFC 5321 4.5.2).
///
/// # Errors
/// Fails if the connection breaks.
pub(super) async fn read<S: AsyncRead + AsyncWrite + Unpin>(
    lines: &mut Lines<S>,
) -> io::Result<Data> {
    let mut mail = Vec::new();
    let mut is_too_large = false;
    let mut has_long_line = false;
    loop {
        // One more, because a stuffed dot does not count.
        let line = match lines.next(MAX_TEXT_LINE + 1).await? {
            Line::Whole(line) => line,
            Line::TooLong => {
                has_long_line = true;
                continue;
            }
            Line::BareNewline => return Ok(Data::BareNewline),
            Line::End => return Ok(Data::End),
        };
        let text = match line.as_slice() {
            b"." if is_too_large => return Ok(Data::TooLarge),
            b"." if has_long_line => return Ok(Data::LineTooLong),
            b"." => return Ok(Data::Whole(mail)),
            [b'.', text @ ..] => text,
            text => text,
        };
        has_long_line |= text.len() > MAX_TEXT_LINE;
        is_too_large |= mail.len() + text.len() + 2 > MAX_MAIL;
        if is_too_large || has_long_line {
            mail = Vec::new();
        } else {
            mail.extend_from_slice(text);
            mail.extend_from_slice(b"\r\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_mail(bytes: &[u8]) -> Data {
        let (stream, mut other) = tokio::io::duplex(bytes.len() + 1);
        tokio::io::AsyncWriteExt::write_all(&mut other, bytes)
            .await
            .unwrap();
        drop(other);
        read(&mut Lines::new(stream)).await.unwrap()
    }

    #[tokio::test]
    async fn stuffed_dots_are_taken_off_and_other_dots_stay() {
        let read = read_mail(b"..\r\n...a\r\nb.\r\n.c\r\n.\r\n").await;
        assert_eq!(read, Data::Whole(b".\r\n..a\r\nb.\r\nc\r\n".to_vec()));
        assert_eq!(read_mail(b".\r\n").await, Data::Whole(Vec::new()));
    }

    #[tokio::test]
    async fn a_line_may_have_998_bytes_beside_a_stuffed_dot() {
        let longest = format!("..{}\r\n.\r\n", "x".repeat(997));
        assert!(matches!(
            read_mail(longest.as_bytes()).await,
            Data::Whole(_)
        ));
        for line in [
            "x".repeat(999),
            format!("..{}", "x".repeat(998)),
            "x".repeat(5_000),
        ] {
            let mail = format!("{line}\r\nend\r\n.\r\n");
            assert_eq!(read_mail(mail.as_bytes()).await, Data::LineTooLong);
        }
    }

    #[tokio::test]
    async fn no_other_dot_ends_a_mail() {
        for end in [
            "\n.\r\n",
            "\n.\n",
            "\r\n.\n",
            "\r.\r\n",
            "\r\n.\r\r\n",
            "\r.\r",
        ] {
            let mail = format!("text{end}QUIT\r\n.\r\n");
            assert_eq!(
                read_mail(mail.as_bytes()).await,
                Data::BareNewline,
                "{end:?}"
            );
        }
    }

    #[tokio::test]
    async fn half_a_mail_is_none() {
        assert_eq!(read_mail(b"half a mail\r\n").await, Data::End);
    }
}
