//! The practice Lever seen from outside, over HTTP.

mod api;
mod control;
mod oauth;
mod pages;
mod receiver;
mod webhooks;
mod world;
