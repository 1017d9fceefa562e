//! CAP, in and out. In: leniently, for a third of real alerts break the schema. Out: strictly.
//!
//! In, a file goes through `encoding`, `xml` and `alert` (what it says), then `place` and `relay` (what of it is passed
//! on), and `life` tells what becomes of the alerts before it.

pub mod alert;
mod codes;
pub mod encoding;
mod events;
mod geometry;
mod html;
mod language;
pub mod life;
pub mod note;
pub mod place;
pub mod relay;
pub mod text;
mod time;
pub mod write;
mod xml;
