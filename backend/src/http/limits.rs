//! How large a request's body may be.

/// One record.
pub const BODY: usize = 64 * 1024;
/// A compact JWS at its largest, in its JSON envelope.
pub const ENTRY: usize = contract::jws::MAX_BYTES + 1024;
/// Five hundred receipts are more than one record.
pub const RECEIPTS: usize = 256 * 1024;
