//! What keeps a ministry running: copies, putting them back, mending, looking after it.

pub mod backup;
pub mod doctor;
pub mod repair;
pub mod restore;
