//! The invariants of RELIABILITY.md section 3 that this package can judge from outside, one line each.
//! `make invariants` runs these alone; `make soak` with their full counts.

mod callback;
mod copied_folder;
#[cfg(target_os = "linux")]
mod drained;
mod events;
mod hostile_callbacks;
#[cfg(target_os = "linux")]
mod idle;
mod mix_up;
#[cfg(unix)]
mod other_users;
#[cfg(target_os = "linux")]
mod secrets;
mod two_copies;
mod withheld;

pub use self::copied_folder::copy;
