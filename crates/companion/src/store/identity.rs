//! How the front knows this device: made once, registered through the outbox.

use contract::{ids::DeviceId, record::Kind};

use super::{
    database::{Result, Store},
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

impl Store {
    pub fn identity(&self) -> Result<Option<Identity>> {
        let connection = self.lock();
        let read = |setting| settings::read(&connection, setting);
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
        settings::write(&transaction, Setting::DeviceId, &identity.id.to_string())?;
        settings::write(&transaction, Setting::DeviceToken, &identity.token)?;
        settings::write(&transaction, Setting::DevicePrivateKey, &identity.private_key)?;
        settings::write(&transaction, Setting::DevicePublicKey, &identity.public_key)?;
        self.enqueue(&transaction, Kind::Device, &identity.id.to_string(), false)?;
        transaction.commit()?;
        Ok(())
    }
}
