//! The desk's own listener: officers sign in by passkeys, and their console asks.

mod audit;
mod board;
mod cases;
mod events;
mod fault;
mod files;
mod headcount;
mod incidents;
mod intake;
pub mod list;
mod mailings;
pub mod origin;
mod page;
pub mod push;
pub mod roles;
pub mod rota;
pub mod router;
mod search;
mod session;
mod sign_in;
mod signature;
pub mod sms;
mod staff;
pub mod table;

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use contract::hash::Hash;
use tokio::net::TcpListener;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::WebauthnError};

use crate::{
    desk::office::{Carried, Office},
    http::{
        admission::{Admission, Room, raise_file_limit},
        rate::Allowance,
        serve::serve,
    },
    push::vapid::VapidKey,
};
use origin::Origin;
use sign_in::Ceremonies;
use signature::Seen;

/// So many tries to sign in of one address at once, and then one in each period.
const TRIES: NonZeroU32 = NonZeroU32::new(20).unwrap();
const TRY_PERIOD: Duration = Duration::from_secs(3);

#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    #[error("passkeys cannot be used at this origin")]
    Passkeys(#[from] WebauthnError),
    #[error("the OpenAPI document cannot be written")]
    OpenApi(#[source] serde_json::Error),
}

/// What every request handler is given.
#[derive(Clone)]
pub struct House {
    inner: Arc<Inner>,
}

struct Inner {
    office: Office,
    origin: Origin,
    webauthn: Webauthn,
    ceremonies: Ceremonies,
    seen: Seen,
    tries: Allowance<IpAddr>,
    credentials: Credentials,
    /// By which browsers know the desk's pushes.
    push_key: VapidKey,
}

/// SHA-256 of those by which whoever carries something out is known.
pub struct Credentials {
    pub sms: Hash,
    pub push: Hash,
}

impl Credentials {
    fn of(&self, carried: Carried) -> Hash {
        match carried {
            Carried::Sms => self.sms,
            Carried::Pushes => self.push,
        }
    }
}

impl House {
    /// # Errors
    /// Passkeys cannot be used at this origin.
    pub fn new(
        office: Office,
        origin: Origin,
        credentials: Credentials,
        push_key: VapidKey,
    ) -> Result<Self, HouseError> {
        let webauthn = WebauthnBuilder::new(origin.host(), &origin.url)?.rp_name("Saparlas").build()?;
        let tries = Allowance::new(TRIES, TRY_PERIOD, office.clock());
        let (ceremonies, seen) = (Ceremonies::default(), Seen::default());
        let inner = Inner { office, origin, webauthn, ceremonies, seen, tries, credentials, push_key };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Answers requests until the desk stops.
    ///
    /// # Errors
    /// A document cannot be written.
    pub async fn serve(self, listener: TcpListener) -> Result<(), HouseError> {
        let stopped = self.office().stopped();
        let router = router::router(self).map_err(HouseError::OpenApi)?;
        let room = Room::for_files(raise_file_limit());
        serve(listener, router, Admission::new(room), 0, stopped).await;
        Ok(())
    }

    fn office(&self) -> &Office {
        &self.inner.office
    }

    fn origin(&self) -> &Origin {
        &self.inner.origin
    }

    fn seen(&self) -> &Seen {
        &self.inner.seen
    }
}
