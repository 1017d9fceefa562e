//! The one SQLite file, and how its values are written and read.

use std::{
    cell::Cell,
    sync::{Mutex, MutexGuard},
};

use rusqlite::{Connection, ErrorCode, Row, Rows};

use super::{names::Keys, wakes::Wakes};
use crate::{
    error::{Failure, FailureCode},
    lock::lock,
};

/// What the device keeps: durable before anybody is told "saved".
pub struct Store {
    connection: Mutex<Connection>,
    pub(super) keys: Keys,
    pub wakes: Wakes,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error("a stored value is not what it should be")]
    Value(#[from] serde_json::Error),
    #[error("a stored time is not what it should be")]
    Time(#[from] jiff::Error),
    #[error("a file that was set aside cannot be removed")]
    Aside(#[from] std::io::Error),
    #[error("a stored id is not what it should be")]
    Id(#[from] contract::ids::InvalidId),
    #[error("what names people could not be closed")]
    NotClosed,
}

impl StoreError {
    /// Whether what was read is no value of its kind: the file itself can be read.
    fn is_of_value(&self) -> bool {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
        match self {
            Self::Sqlite(error) => matches!(
                error,
                FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..)
            ),
            Self::Value(_) | Self::Time(_) | Self::Id(_) => true,
            Self::Aside(_) | Self::NotClosed => false,
        }
    }

    fn is_disk_full(&self) -> bool {
        matches!(self, Self::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store could not do it");
        Self::new(if error.is_disk_full() { FailureCode::DiskFull } else { FailureCode::StoreUnavailable })
    }
}

pub(super) type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    pub(super) fn new(connection: Connection, keys: Keys) -> Self {
        Self { connection: Mutex::new(connection), keys, wakes: Wakes::default() }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        lock(&self.connection)
    }
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// Whether something was left out because it is damaged. It stays where it is: one row must not take the others off the
/// screen.
#[derive(Default)]
pub(super) struct Damage(Cell<bool>);

impl Damage {
    pub fn readable<T>(&self, read: Result<T>) -> Result<Option<T>> {
        match read {
            Err(error) if error.is_of_value() => {
                tracing::error!(%error, "what is kept cannot be read");
                self.0.set(true);
                Ok(None)
            }
            Err(error) => Err(error),
            Ok(value) => Ok(Some(value)),
        }
    }

    /// Each of the rows that can be read.
    pub fn rows<T>(&self, mut rows: Rows<'_>, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(self.readable(read(row))?);
        }
        Ok(found)
    }

    pub fn note(&self) {
        self.0.set(true);
    }

    pub fn is_any(&self) -> bool {
        self.0.get()
    }
}

/// Reads an enum from its one-word form.
pub(crate) fn word<T: serde::de::DeserializeOwned>(text: String) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(text))?)
}

/// Writes an enum as its one-word form.
pub(crate) fn to_word<T: serde::Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
