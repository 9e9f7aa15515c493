//! The fuzzer: libFuzzer, told by a variable which target to run. It is built
//! and started by `cargo xtask fuzz`.
#![no_main]
#![allow(unsafe_code, clippy::panic, reason = "libFuzzer calls a C function")]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    fuzz::target(&name).unwrap_or_else(|| panic!("FUZZ_TARGET names no target: {name}"))
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));
