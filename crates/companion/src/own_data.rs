//! What is the traveller's own to look at, to take along and to erase.

use serde::Serialize;
use serde_json::{Value, value::RawValue};

use crate::{
    error::{Failure, FailureCode},
    session::Session,
    store::StoreError,
};

/// A file of everything.
pub struct Export {
    /// What to call it: no two are called the same.
    pub name: String,
    /// JSON.
    pub text: String,
    /// Whether the ministry answered, so that what it holds is in it.
    pub with_ministry: bool,
}

#[derive(Serialize)]
struct Written {
    made_at: String,
    on_this_device: Value,
    /// As the front answered; null where it did not.
    with_the_ministry: Option<Box<RawValue>>,
}

impl Session {
    /// Everything on this device but its secrets, and where there is a network everything that the ministry holds of it.
    ///
    /// # Errors
    /// [`FailureCode::Locked`](crate::error::FailureCode::Locked) or `StoreUnavailable`.
    pub async fn export(&self) -> Result<Export, Failure> {
        self.refuse_locked()?;
        let on_this_device = self.store.everything()?;
        let with_the_ministry = match self.store.identity()? {
            Some(identity) => self.held_by_the_ministry(&identity.token).await,
            None => None,
        };
        let with_ministry = with_the_ministry.is_some();
        let now = self.now();
        let name = format!("saparlas-{}.json", now.strftime("%Y-%m-%d-%H%M%S"));
        let written = Written { made_at: now.to_string(), on_this_device, with_the_ministry };
        let text = serde_json::to_string_pretty(&written).map_err(StoreError::from)?;
        Ok(Export { name, text, with_ministry })
    }

    async fn held_by_the_ministry(&self, token: &str) -> Option<Box<RawValue>> {
        match self.front.export(token).await {
            Ok(text) => RawValue::from_string(text).inspect_err(|error| tracing::warn!(%error, "no export")).ok(),
            Err(error) => {
                tracing::info!(%error, "what the ministry holds is not in the export");
                None
            }
        }
    }

    /// Erases everything of the traveller's on this device, now, and has the ministry do the same.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`](crate::error::FailureCode::DiskFull) or `StoreUnavailable`: then nothing was erased.
    pub fn erase(&self) -> Result<(), Failure> {
        self.store.erase(self.now())?;
        self.send_now.notify_one();
        self.changed();
        Ok(())
    }

    /// A damaged file that was set aside, for whoever helps: its parts by name, closed as they are.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`]; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn aside_files(&self, name: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        self.refuse_locked()?;
        let files = self.store.aside_files(name)?;
        if files.is_empty() { Err(Failure::new(FailureCode::NotFound)) } else { Ok(files) }
    }

    /// Erases it.
    ///
    /// # Errors
    /// The same.
    pub fn erase_aside(&self, name: &str) -> Result<(), Failure> {
        self.refuse_locked()?;
        if self.store.erase_aside(name)? { Ok(()) } else { Err(Failure::new(FailureCode::NotFound)) }
    }
}
