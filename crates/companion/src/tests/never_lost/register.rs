//! A register by the rules of the contract, in memory: what it holds, and the backups it may go back to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Accepted(u32),
    Unauthorized,
    Conflict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRecord {
    pub version: u32,
    /// Absent where it was deleted.
    pub body: Option<Value>,
}

#[derive(Debug, Clone, Default)]
struct State {
    devices: BTreeSet<String>,
    records: BTreeMap<String, HeldRecord>,
}

#[derive(Debug, Default)]
pub struct Register {
    now: State,
    backup: State,
    epoch: u32,
    /// How often it lost something it had acknowledged.
    pub rewinds: u32,
}

impl Register {
    pub fn epoch(&self) -> String {
        format!("epoch-{}", self.epoch)
    }

    pub fn back_up(&mut self) {
        self.backup = self.now.clone();
    }

    pub fn restore(&mut self) {
        self.now = self.backup.clone();
        self.epoch += 1;
        self.rewinds += 1;
    }

    /// Another register, that never knew a device.
    pub fn forget(&mut self) {
        self.now = State::default();
        self.epoch += 1;
        self.rewinds += 1;
    }

    pub fn records(&self) -> &BTreeMap<String, HeldRecord> {
        &self.now.records
    }

    /// `path` is without its query; `version` and `body` are what came.
    pub fn put(&mut self, path: &str, version: u32, body: Value) -> Said {
        if path.starts_with("/v1/devices/") {
            self.now.devices.insert(path.to_owned());
            return Said::Accepted(1);
        }
        self.write(path, version, Some(body))
    }

    pub fn delete(&mut self, path: &str, version: u32) -> Said {
        self.write(path, version, None)
    }

    fn write(&mut self, path: &str, version: u32, body: Option<Value>) -> Said {
        // there is one device in this world
        if self.now.devices.is_empty() {
            return Said::Unauthorized;
        }
        if path == "/v1/receipts" {
            return Said::Accepted(1);
        }
        let held = self.now.records.get(path);
        match held {
            Some(held) if held.version > version => return Said::Accepted(held.version),
            Some(held) if held.version == version && held.body == body => return Said::Accepted(version),
            // at the same version a deletion outranks what it deletes
            Some(held) if held.version == version && body.is_some() => return Said::Conflict,
            Some(_) | None => {}
        }
        self.now.records.insert(path.to_owned(), HeldRecord { version, body });
        Said::Accepted(version)
    }
}
