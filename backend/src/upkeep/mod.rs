//! What keeps a ministry running: copies, putting them back, mending, looking after it.

pub mod backup;
pub mod copy;
pub mod doctor;
pub mod here;
pub mod keys;
pub mod repair;
pub mod restore;
mod staged;
pub mod trust;

use contract::{
    jws::Verified,
    keys::{KeySet, Roots},
    log::LogPosition,
};

use crate::{
    log::{LogError, LogStore, prove_all},
    storage::sqlite::SqliteLog,
};

/// Proves a front's log by the root keys, from its first frame on.
///
/// # Errors
/// It is not what was appended.
async fn prove(store: &SqliteLog, roots: &Roots) -> Result<(Verified<KeySet>, LogPosition), LogError> {
    let key_sets = store.key_sets().await?;
    let keys = roots.verify_chain(key_sets.iter().map(String::as_str))?;
    let position = prove_all(store, &keys).await?;
    Ok((keys, position))
}
