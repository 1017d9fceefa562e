//! Single values: the ministry this folder is bound to, the device's own identity, the language.

use contract::ids::DeviceId;
use rusqlite::{Connection, OptionalExtension};

use super::{Result, Store};

/// What a setting that is on holds; one that is off is not kept.
pub const YES: &str = "yes";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Ministry,
    DeviceId,
    DeviceToken,
    DevicePrivateKey,
    DevicePublicKey,
    Language,
    KeySet,
    Head,
    LogSeq,
    LogHash,
    HeadTag,
    LastHeard,
    RegisterEpoch,
    PrefersText,
    /// The place chosen by hand, as JSON.
    Choice,
    /// Digest of the bulletin that came with the app and was taken.
    Shipped,
}

impl Setting {
    fn name(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::DeviceId => "device_id",
            Self::DeviceToken => "device_token",
            Self::DevicePrivateKey => "device_private_key",
            Self::DevicePublicKey => "device_public_key",
            Self::Language => "language",
            Self::KeySet => "key_set",
            Self::Head => "head",
            Self::LogSeq => "log_seq",
            Self::LogHash => "log_hash",
            Self::HeadTag => "head_tag",
            Self::LastHeard => "last_heard",
            Self::RegisterEpoch => "register_epoch",
            Self::PrefersText => "prefers_text",
            Self::Choice => "choice",
            Self::Shipped => "shipped",
        }
    }
}

/// How the front knows this device.
#[derive(Clone)]
pub struct Identity {
    pub id: DeviceId,
    pub token: String,
    /// X25519, base64url.
    pub private_key: String,
    pub public_key: String,
}

pub(super) fn write(connection: &Connection, setting: Setting, value: &str) -> Result<()> {
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (setting.name(), value),
    )?;
    Ok(())
}

pub(super) fn read(connection: &Connection, setting: Setting) -> Result<Option<String>> {
    Ok(connection
        .query_row("SELECT value FROM setting WHERE name = ?1", [setting.name()], |row| row.get(0))
        .optional()?)
}

impl Store {
    pub fn setting(&self, setting: Setting) -> Result<Option<String>> {
        read(&self.lock(), setting)
    }

    pub fn set(&self, setting: Setting, value: &str) -> Result<()> {
        write(&self.lock(), setting, value)
    }

    pub fn unset(&self, setting: Setting) -> Result<()> {
        self.lock().execute("DELETE FROM setting WHERE name = ?1", [setting.name()])?;
        Ok(())
    }

    pub fn identity(&self) -> Result<Option<Identity>> {
        let connection = self.lock();
        let read = |setting| read(&connection, setting);
        let (Some(id), Some(token), Some(private_key), Some(public_key)) = (
            read(Setting::DeviceId)?,
            read(Setting::DeviceToken)?,
            read(Setting::DevicePrivateKey)?,
            read(Setting::DevicePublicKey)?,
        ) else {
            return Ok(None);
        };
        Ok(Some(Identity { id: id.parse()?, token, private_key, public_key }))
    }

    /// Keeps a new identity and puts its registration in the outbox.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        write(&transaction, Setting::DeviceId, &identity.id.to_string())?;
        write(&transaction, Setting::DeviceToken, &identity.token)?;
        write(&transaction, Setting::DevicePrivateKey, &identity.private_key)?;
        write(&transaction, Setting::DevicePublicKey, &identity.public_key)?;
        super::outbox::enqueue(&transaction, super::Kind::Device, &identity.id.to_string())?;
        transaction.commit()?;
        Ok(())
    }
}
