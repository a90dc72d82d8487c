//! The real window, driven as a person would: what the article "Enabling the Sora integration" says, step by step
//! and in its words. The window is a WebKitGTK view under Xvfb; consent is given in Chromium.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod desk;
mod lever;
mod sora;
