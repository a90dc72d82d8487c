//! The real window, driven as a person would: what the articles "Enabling the Sora integration" and "Enabling and
//! using the Agora integration" say, step by step and in their words. The window is a WebKitGTK view under Xvfb; consent is given in Chromium.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod again;
mod agora;
mod browser;
mod desk;
mod lever;
mod mapping;
mod page;
mod sora;
