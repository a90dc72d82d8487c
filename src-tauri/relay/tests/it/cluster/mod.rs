//! Several relays behind one address, over NATS servers of the test's own.

mod access;
mod accounts;
mod killed;
mod nats;
mod several;
mod start;
