//! Fulcrum without a window: the same commands from a terminal, the whole engine on a loopback address, and the
//! demonstration of the whole way of a hire. It decides nothing that the engine decides. It is a library as well,
//! so that tests walk the same way as the demonstration; start reading in `demo/mod.rs`.

pub mod call;
pub mod demo;
pub mod headless;
pub mod output;
pub mod serve;
