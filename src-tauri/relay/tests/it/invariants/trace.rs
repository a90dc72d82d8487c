//! What strace saw of a relay: the order of its writes, syncs and answers.

use std::collections::HashMap;
use std::path::Path;

use data_encoding::HEXLOWER;

/// The calls that matter: what reaches a file, what makes it durable, what tells a sender.
pub const CALLS: &str =
    "trace=pwrite64,fsync,fdatasync,ftruncate,unlink,close,write,writev,sendto,sendmsg";

/// One step of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Bytes go to a file, at a place in it.
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        length: usize,
    },
    Unlink {
        file: String,
    },
    /// A sync begins.
    SyncStarts {
        file: String,
        thread: u32,
    },
    /// A sync ends, on that descriptor.
    SyncEnds {
        file: String,
        thread: u32,
        descriptor: String,
        synced: bool,
    },
    Close {
        descriptor: String,
    },
    /// The first byte of this answer is about to leave.
    Answer {
        status: u16,
    },
}

/// The steps in their order.
pub fn steps(trace: &Path) -> Vec<Step> {
    parse(&std::fs::read_to_string(trace).unwrap())
}

pub fn parse(text: &str) -> Vec<Step> {
    let mut begun = HashMap::new();
    let mut steps = Vec::new();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else {
            continue;
        };
        let (thread, call) = (thread.parse().unwrap_or(0), call.trim_start());
        if let Some(resumed) = call.strip_prefix("<... ") {
            if let Some(call) = begun.remove(&thread) {
                steps.extend(end(thread, call, resumed));
            }
            continue;
        }
        steps.extend(start(thread, call));
        if call.ends_with("<unfinished ...>") {
            begun.insert(thread, call);
        } else {
            steps.extend(end(thread, call, call));
        }
    }
    steps
}

/// What a call does from its beginning. A write that was begun may have reached the file.
fn start(thread: u32, call: &str) -> Option<Step> {
    let (name, arguments) = call.split_once('(')?;
    let file = || file(arguments);
    match name {
        "pwrite64" => {
            let after = arguments.rsplit_once("\", ")?.1;
            let at = after.split(", ").nth(1)?;
            Some(Step::Write {
                file: file()?,
                at: number(at)?,
                bytes: bytes(arguments),
            })
        }
        "ftruncate" => Some(Step::Truncate {
            file: file()?,
            length: number(arguments.split(", ").nth(1)?)?,
        }),
        "unlink" => Some(Step::Unlink {
            file: base(&String::from_utf8_lossy(&bytes(arguments))),
        }),
        "fsync" | "fdatasync" => Some(Step::SyncStarts {
            file: file()?,
            thread,
        }),
        "write" | "writev" | "sendto" | "sendmsg" => {
            let bytes = bytes(arguments);
            let status = bytes.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
            let status = std::str::from_utf8(status).ok()?.parse().ok()?;
            Some(Step::Answer { status })
        }
        _ => None,
    }
}

/// What a call has done at its end. A sync that strace answered in the kernel's place synced nothing.
fn end(thread: u32, call: &str, line: &str) -> Option<Step> {
    let (name, arguments) = call.split_once('(')?;
    let descriptor = arguments.split(['<', ')', ' ']).next()?.to_owned();
    let result = line.rsplit_once(" = ")?.1;
    match name {
        "fsync" | "fdatasync" => Some(Step::SyncEnds {
            file: file(arguments)?,
            thread,
            descriptor,
            synced: result == "0",
        }),
        "close" => Some(Step::Close { descriptor }),
        _ => None,
    }
}

/// The name of the file that strace put behind the descriptor.
fn file(arguments: &str) -> Option<String> {
    let path = arguments.split_once('<')?.1.split_once('>')?.0;
    Some(base(&String::from_utf8_lossy(&unescape(path))))
}

fn base(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn number(text: &str) -> Option<usize> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The first string among the arguments.
fn bytes(arguments: &str) -> Vec<u8> {
    arguments
        .split('"')
        .nth(1)
        .map(unescape)
        .unwrap_or_default()
}

/// strace writes `\x` and two hexadecimal digits for each byte (-xx), and a path as it is.
fn unescape(text: &str) -> Vec<u8> {
    let hex = text.replace("\\x", "");
    match HEXLOWER.decode(hex.as_bytes()) {
        Ok(bytes) if text.starts_with("\\x") => bytes,
        _ => text.as_bytes().to_vec(),
    }
}
