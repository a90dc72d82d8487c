//! The invariants of RELIABILITY.md section 3 that the relay alone can show, judged from outside: the real program,
//! its system calls, what a sender was told and what a desktop got. `make invariants` prints their lines.

#[path = "../../../../../tests/src/invariant.rs"]
mod invariant;

mod disk;
mod faults;
mod judge;
mod killed;
mod program;
mod synced;
mod trace;
