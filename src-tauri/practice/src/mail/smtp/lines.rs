//! Lines that end with CR LF, and with nothing else.
//!
//! A server that also takes a bare LF for the end of a line can be made to see two mails where the
//! sender's own server saw one ("SMTP smuggling"); RFC 5321 2.3.8 forbids bare CR and LF.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line without its CR LF.
    Whole(Vec<u8>),
    /// A line longer than allowed, which was read to its end and thrown away.
    TooLong,
    /// A CR or LF that stands alone.
    BareNewline,
    /// The other side has closed the connection.
    End,
}

/// A connection read in lines. No more than a buffer and one line of it is ever in memory.
#[derive(Debug)]
pub(super) struct Lines<S> {
    stream: BufReader<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Lines<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// The next line of at most `limit` bytes, its CR LF not counted.
    ///
    /// # Errors
    /// Fails if the connection breaks.
    pub(super) async fn next(&mut self, limit: usize) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut after_cr = false;
        let mut is_too_long = false;
        loop {
            let read = self.stream.fill_buf().await?;
            if read.is_empty() {
                return Ok(Line::End);
            }
            for (index, &byte) in read.iter().enumerate() {
                match (after_cr, byte) {
                    (true, b'\n') => {
                        self.stream.consume(index + 1);
                        return Ok(if is_too_long {
                            Line::TooLong
                        } else {
                            Line::Whole(line)
                        });
                    }
                    (true, _) | (false, b'\n') => {
                        self.stream.consume(index + 1);
                        return Ok(Line::BareNewline);
                    }
                    (false, b'\r') => after_cr = true,
                    (false, _) if line.len() < limit => line.push(byte),
                    (false, _) => is_too_long = true,
                }
            }
            let all = read.len();
            self.stream.consume(all);
        }
    }

    /// Whether the other side has already sent more than was read.
    pub(super) fn has_more(&self) -> bool {
        !self.stream.buffer().is_empty()
    }

    /// Sends `bytes` at once.
    ///
    /// # Errors
    /// Fails if the connection breaks.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// The connection itself; what was read ahead is lost.
    pub(super) fn into_inner(self) -> S {
        self.stream.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_all(bytes: &[u8], limit: usize) -> Vec<Line> {
        let (mut sender, receiver) = tokio::io::duplex(3);
        let bytes = bytes.to_vec();
        let sending = async move {
            // Fails once the reader has seen enough and is gone.
            let _ = sender.write_all(&bytes).await;
        };
        let reading = async move {
            let mut lines = Lines::new(receiver);
            let mut read = Vec::new();
            loop {
                let line = lines.next(limit).await.unwrap();
                let is_last = matches!(line, Line::End | Line::BareNewline);
                read.push(line);
                if is_last {
                    return read;
                }
            }
        };
        tokio::join!(sending, reading).1
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn lines_are_put_together_from_small_pieces() {
        let read = read_all(b"one\r\n\r\nthree\r\nrest", 10).await;
        assert_eq!(read, [whole("one"), whole(""), whole("three"), Line::End]);
    }

    #[tokio::test]
    async fn a_line_over_the_limit_is_skipped_to_its_end() {
        let read = read_all(b"12345\r\n123456\r\n1\r\n", 5).await;
        assert_eq!(read, [whole("12345"), Line::TooLong, whole("1"), Line::End]);
    }

    #[tokio::test]
    async fn a_bare_cr_or_lf_is_no_line_end() {
        for bytes in [
            &b"a\nb\r\n"[..],
            b"a\rb\r\n",
            b"a\r\r\n",
            b"\n",
            b"123456789\n",
        ] {
            assert_eq!(read_all(bytes, 5).await, [Line::BareNewline], "{bytes:?}");
        }
    }
}
