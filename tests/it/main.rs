//! Every test that needs a whole world, one binary.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod admission;
mod api_key;
mod as_previewed;
mod back_test;
mod client_secret;
mod disconnect;
mod disconnected_listeners;
mod drift;
mod effects;
mod folder;
mod forgotten;
mod grants;
mod headless;
mod hire;
mod hostile;
mod inbox;
mod invariants;
mod kill;
mod laptop;
mod layers;
mod listeners;
mod logging;
mod mapping;
mod meter;
mod missed;
mod offers;
mod optional_permissions;
mod other_environment;
mod path;
mod person_fields;
mod reconnect;
mod recovery;
mod refresh;
mod same_person;
mod samples;
mod set_up_for_me;
mod sign_in;
mod sign_in_failures;
mod suggestions;
mod tray;
mod trouble;
mod validate;
mod values;
mod watch;
