//! The app without its window.

#![deny(missing_docs)]

pub mod advisories;
pub mod app_lock;
mod bulletin;
mod calendar;
pub mod call_bar;
mod changes;
mod coded_sms;
mod commands;
mod companion;
pub mod concern;
pub mod consents;
mod correspondence;
mod emergency;
pub mod error;
mod event_topics;
mod facts;
pub mod family;
mod front_client;
pub mod headings;
pub mod host;
pub mod import;
mod keychain;
mod leading;
mod lock;
mod locking;
mod nearness;
mod needs_of_each;
pub mod notices;
mod notifying;
mod opening_hours;
mod own_data;
mod paper;
pub mod party;
pub mod places;
mod queries;
mod saying_more;
pub mod search;
mod senders;
mod session;
mod sky;
mod standing;
mod store;
pub mod sync;
mod taking_over;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod topics;
pub mod trips;
pub mod verify;
pub mod view;
mod whereabouts;
mod writing;
mod zones;

pub use coded_sms::CodedSms;
pub use companion::Companion;
pub use correspondence::MessageDraft;
pub use front_client::{BoxError, Transport};
pub use leading::PartyAct;
pub use own_data::Export;
pub use saying_more::{BeingSaid, Details, Whom};
pub use session::Session;
pub use store::{CallWay, Form, Typed};
pub use whereabouts::ChosenPlace;
