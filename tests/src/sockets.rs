//! The TCP sockets of this process, as the Linux kernel lists them (proc(5)).

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The addresses on which this process listens.
pub fn listening() -> BTreeSet<SocketAddr> {
    own("0A").into_iter().map(|(local, _)| local).collect()
}

/// The near and far ends of this process's established connections.
pub fn connections() -> Vec<(SocketAddr, SocketAddr)> {
    own("01")
}

/// The local and remote addresses of this process's sockets in a state, in the kernel's numbers.
fn own(state: &str) -> Vec<(SocketAddr, SocketAddr)> {
    let inodes = inodes();
    ["/proc/self/net/tcp", "/proc/self/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| table.lines().skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (local, remote) = (columns.get(1)?, columns.get(2)?);
            let ours = columns.get(3) == Some(&state) && inodes.contains(*columns.get(9)?);
            ours.then(|| Some((address(local)?, address(remote)?)))?
        })
        .collect()
}

fn inodes() -> HashSet<String> {
    let entries = fs::read_dir("/proc/self/fd").expect("a process can list its files");
    entries
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| {
            let inode = link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?;
            Some(inode.to_owned())
        })
        .collect()
}

/// An address such as `0100007F:1F90`: each group of eight digits in the machine's order of bytes.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let words = ip.as_bytes().chunks(8).map(|word| {
        let word = std::str::from_utf8(word).ok()?;
        Some(u32::from_str_radix(word, 16).ok()?.to_ne_bytes())
    });
    let bytes = words.collect::<Option<Vec<_>>>()?.concat();
    let ip = match <[u8; 4]>::try_from(bytes.as_slice()) {
        Ok(four) => IpAddr::V4(Ipv4Addr::from(four)),
        Err(_) => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?)),
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}
