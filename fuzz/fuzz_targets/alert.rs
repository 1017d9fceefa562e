//! Any bytes are an alert or none: the reader never panics, and what it reads is a place and is written again.
#![no_main]

use contract::{
    entry::relayed_alert::{Relay, RelayList},
    words::Words,
};
use libfuzzer_sys::fuzz_target;
use ministry::cap::{encoding::decode, relay};

fuzz_target!(|bytes: &[u8]| {
    let anyone = Relay { sender: "*".to_owned(), names: Words::default(), countries: Vec::new() };
    let Ok(text) = decode(bytes) else { return };
    let Ok(read) = relay::read(&text, &RelayList { relays: vec![anyone] }) else { return };
    for area in read.alert.parts.iter().flat_map(|part| &part.areas) {
        assert!(area.check().is_ok(), "{area:?}");
    }
});
