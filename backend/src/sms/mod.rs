//! Coded SMS on their way to the desk. Nothing here has a key: what they say, the desk alone reads.

pub mod desk;
pub mod file;
pub mod operator;
