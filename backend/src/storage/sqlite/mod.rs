//! Both traits in SQLite: the log in `bulletin.db`, the register in `register.db`.

mod database;
mod log;
mod register;

pub use database::{Database, Schema, copy};
pub use log::SqliteLog;
pub use register::SqliteRegister;
