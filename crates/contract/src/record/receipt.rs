//! An advisory as it reached one traveller.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{InvalidField, Kind, Record, check_instant, require};
use crate::ids::EntryId;

/// The most receipts of one request.
pub const MAX_RECEIPTS: usize = 500;

/// Body of `PUT /v1/receipts`: what was received since the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(min_items = 1, max_items = 500)]
pub struct Receipts(pub Vec<Receipt>);

/// An advisory on one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    /// The advisory.
    pub entry: EntryId,
    /// The version of it.
    #[schema(minimum = 1)]
    pub version: u32,
    /// When the device had verified it.
    #[schema(value_type = String, format = DateTime)]
    pub delivered_at: Timestamp,
    /// When a notification was handed to the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shown_at: Option<Timestamp>,
    /// When the traveller opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Timestamp>,
}

impl Record for Receipts {
    const KIND: Kind = Kind::Receipts;

    /// Receipts have no version of their own: later instants are added to earlier ones.
    fn version(&self) -> u32 {
        1
    }

    fn check(&self) -> Result<(), InvalidField> {
        require((1..=MAX_RECEIPTS).contains(&self.0.len()), "", "1 to 500 receipts")?;
        for (index, receipt) in self.0.iter().enumerate() {
            require(receipt.version >= 1, format!("/{index}/version"), "versions begin at 1")?;
            let instants = [
                ("delivered_at", Some(receipt.delivered_at)),
                ("shown_at", receipt.shown_at),
                ("read_at", receipt.read_at),
            ];
            for (name, at) in instants {
                if let Some(at) = at {
                    check_instant(at, format!("/{index}/{name}"))?;
                }
            }
        }
        Ok(())
    }
}
