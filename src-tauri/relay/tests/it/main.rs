//! The relay from outside: its HTTP side as a sender sees it, its WebSocket as a desktop sees it.

#[cfg(test)]
mod abuse;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod acme;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod cluster;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod delivery;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod deploy;
#[cfg(test)]
mod durability;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod frames;
#[cfg(test)]
mod hostile_relay;
#[cfg(test)]
mod ingest;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod invariants;
#[cfg(test)]
mod newcomers;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod sender;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod tenants;
#[cfg(test)]
mod tls;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod viewer;
#[cfg(test)]
mod way;
#[cfg(test)]
mod world;
