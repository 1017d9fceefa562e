//! How large a request's body may be.

use axum::extract::DefaultBodyLimit;
use contract::jws::MAX_BYTES;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    log::MAX_SNAPSHOT,
    register::letters::{self, PAGE},
};

/// Where nothing else is said; records have limits of their own, by their kind.
pub const BODY: usize = 4 * 1024;
/// One signed document.
pub const STATEMENT: usize = MAX_BYTES + 1024;
/// How many entries are brought at once.
pub const ENTRIES_AT_ONCE: usize = 64;
/// So many entries, their payloads escaped.
pub const ENTRIES: usize = ENTRIES_AT_ONCE * 2 * MAX_BYTES;
/// As many letters as are posted at once.
pub const LETTERS: usize = PAGE * (letters::MAX_BYTES + 1024);
pub const SNAPSHOT: usize = MAX_SNAPSHOT + 1024;

/// `routes` with a limit of their own.
pub fn body_limit<S: Clone + Send + Sync + 'static>(routes: OpenApiRouter<S>, bytes: usize) -> OpenApiRouter<S> {
    routes.layer(DefaultBodyLimit::max(bytes))
}
