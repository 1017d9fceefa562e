//! What the device keeps: one SQLite file, a file here for each of its tables.

mod anew;
mod aside;
mod calls;
mod check_ins;
mod closed;
mod closing;
mod database;
mod entries;
mod erasure;
mod files;
mod forms;
mod identity;
mod kept;
mod left_behind;
mod mended;
mod names;
mod notices;
mod opening;
mod outbox;
mod party;
mod receipts;
mod rescue;
mod schema;
mod sent;
mod settings;
mod sightings;
mod trips;
mod wakes;

pub use calls::{Call, CallWay};
pub use check_ins::CheckIn;
pub use database::{Store, StoreError};
#[cfg(test)]
pub(crate) use database::{to_word, word};
pub use entries::{Followed, SignedEntry, Step};
pub use erasure::{Erased, Erasure};
pub use identity::Identity;
pub use kept::Kept;
pub use left_behind::LeftBehind;
pub use mended::Mended;
pub use notices::{Loudness, Saying, Told};
pub use outbox::{Delivery, Item};
pub use sent::{Leaving, Sent};
pub use settings::Setting;
pub use sightings::{Roll, Sighting};
pub use trips::{Draft, Under};
