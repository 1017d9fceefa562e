//! CAP, in and out. In: leniently, for a third of real alerts break the schema. Out: strictly.

mod countries;
mod geometry;
pub mod read;
mod text;
pub mod write;
mod xml;
