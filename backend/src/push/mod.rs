//! Web Push: what a browser is told while nobody looks at it (RFC 8030), closed to that browser (RFC 8291), from a sender
//! whom its push service knows again (RFC 8292). Who closes it has no way out, and who carries it has no key.

pub mod carrier;
pub mod reach;
pub mod rounds;
pub mod sealed;
pub mod subscription;
pub mod vapid;
