//! Any bytes are a picture or a PDF in which something is seen, or a refusal: what panics ends a child of the app alone, and
//! still is a ticket that was not read.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = reader::see(bytes);
});
