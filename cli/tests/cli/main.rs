//! The program as its users run it: every command, every kind of bad input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

#[cfg(unix)] // arguments that are not UTF-8
mod bad_input;
mod demo;
mod explain;
mod lint;
mod listen;
mod listener;
mod providers;
mod run;
mod send;
mod sign;
mod vectors;
mod verify;
