//! How the front knows this device: made once, registered through the outbox.

use contract::{ids::DeviceId, record::Kind};
use rusqlite::Connection;

use super::{
    closed,
    database::{Damage, Result, Store},
    names::Keys,
    settings::{self, Setting},
};

#[derive(Clone)]
pub struct Identity {
    pub id: DeviceId,
    pub token: String,
    /// X25519, base64url.
    pub private_key: String,
    pub public_key: String,
}

pub(super) fn write(connection: &Connection, keys: &Keys, identity: &Identity) -> Result<()> {
    settings::write(connection, Setting::DeviceId, &identity.id.to_string())?;
    closed::write(connection, keys, Setting::DeviceToken, &identity.token)?;
    closed::write(connection, keys, Setting::DevicePrivateKey, &identity.private_key)?;
    settings::write(connection, Setting::DevicePublicKey, &identity.public_key)
}

impl Store {
    /// `None` where there is none, or what is kept is none.
    pub fn identity(&self) -> Result<Option<Identity>> {
        let connection = self.lock();
        let damage = Damage::default();
        let read = |setting| settings::read_any(&connection, setting, &damage);
        let read_closed = |setting| closed::read(&connection, &self.keys, setting, &damage);
        let (Some(id), Some(token), Some(private_key), Some(public_key)) = (
            read(Setting::DeviceId)?,
            read_closed(Setting::DeviceToken)?,
            read_closed(Setting::DevicePrivateKey)?,
            read(Setting::DevicePublicKey)?,
        ) else {
            return Ok(None);
        };
        let id = damage.readable(id.parse::<DeviceId>().map_err(Into::into))?;
        Ok(id.map(|id| Identity { id, token, private_key, public_key }))
    }

    /// Keeps a new identity and puts its registration in the outbox.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        write(&transaction, &self.keys, identity)?;
        self.enqueue(&transaction, Kind::Device, &identity.id.to_string(), false)?;
        transaction.commit()?;
        Ok(())
    }
}
