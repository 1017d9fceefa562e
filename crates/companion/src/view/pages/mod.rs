//! What the screens ask for besides the View.

pub mod contacts;
pub mod country;
pub mod left;
pub mod messages;
pub mod paper;
pub mod party;
pub mod privacy;
pub mod there;
