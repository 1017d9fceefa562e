//! Ports below the range from which the system takes those of outgoing connections, so that nobody takes them away.

use std::{
    net::TcpListener,
    sync::atomic::{AtomicU16, Ordering::Relaxed},
};

static NEXT: AtomicU16 = AtomicU16::new(0);

/// A port nobody listens on, not given twice by one process.
pub fn free() -> crate::Result<u16> {
    let start = u16::try_from(std::process::id() % 800)? * 10;
    for _ in 0..8000 {
        let port = 20_000 + (start + NEXT.fetch_add(1, Relaxed)) % 8000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".into())
}
