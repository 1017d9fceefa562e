//! The front: serves the bulletin, takes what travellers send. It opens nothing but its own folder.

mod auth;
mod check;
mod controllers;
pub mod folder;
mod middleware;
pub mod router;

use std::{future::Future, sync::Arc, time::Duration};

use contract::jws::Refusal;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    Clock, files,
    http::metrics::Metrics,
    log::{Bulletin, LogError},
    register::{Register, RegisterError},
    storage::{
        StorageError,
        sqlite::{Database, Schema, SqliteLog, SqliteRegister},
    },
};
use folder::{Folder, Settings};

/// Heads are signed anew this often, and believed for 24 times as long.
const HEAD_PERIOD: Duration = Duration::from_secs(60 * 60);

/// How long a stopping front waits for requests that do not end.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    #[error("{what} in the front's folder cannot be read")]
    Read {
        what: &'static str,
        #[source]
        source: std::io::Error,
    },
    #[error("{what} in the front's folder is not what it should be")]
    Settings {
        what: &'static str,
        #[source]
        source: serde_json::Error,
    },
    #[error("the front's key set is not believed: {0}")]
    Keys(#[from] Refusal),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("the front cannot listen")]
    Listen(#[source] std::io::Error),
    #[error("the OpenAPI document cannot be written")]
    OpenApi(#[source] serde_json::Error),
}

/// What every request handler is given.
#[derive(Clone)]
pub struct Front {
    inner: Arc<Inner>,
}

struct Inner {
    log: Bulletin,
    register: Arc<dyn Register>,
    epoch: String,
    key_set: String,
    settings: Settings,
    openapi: String,
    clock: Clock,
    metrics: Arc<Metrics>,
    stopping: watch::Sender<bool>,
}

impl Front {
    pub async fn open(folder: &Folder, clock: Clock) -> Result<Self, FrontError> {
        let settings = folder.settings()?;
        let key_set = folder.key_set()?;
        let keys = settings.roots.verify(&key_set)?;
        let signatory = folder.head_signatory(&settings)?;
        let log = SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin)?);
        let log = Bulletin::open(Arc::new(log), keys, signatory, clock.clone()).await?;
        let register = Arc::new(SqliteRegister::new(Database::open(&folder.register(), Schema::Register)?));
        let epoch = register.epoch().await?;
        let openapi = router::openapi_document().map_err(FrontError::OpenApi)?;
        let (stopping, _) = watch::channel(false);
        let metrics = Arc::default();
        let inner = Inner { log, register, epoch, key_set, settings, openapi, clock, metrics, stopping };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Answers requests until `stop`; then open streams end and requests under way are finished.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), FrontError> {
        let signing = tokio::spawn(self.clone().sign_heads());
        let stopping = self.clone();
        let graceful = async move {
            stop.await;
            stopping.inner.stopping.send_replace(true);
        };
        let stopped = self.stopped();
        let patience = async move {
            stopped.await;
            tokio::time::sleep(PATIENCE).await;
        };
        let serving = axum::serve(listener, router::router(self)).with_graceful_shutdown(graceful).into_future();
        let served = tokio::select! {
            served = serving => served.map_err(FrontError::Listen),
            () = patience => Ok(()),
        };
        signing.abort();
        served
    }

    async fn sign_heads(self) {
        let mut hours = tokio::time::interval(HEAD_PERIOD);
        // the first tick is at once, and opening the log signed a head already
        hours.tick().await;
        loop {
            hours.tick().await;
            if let Err(error) = self.inner.log.sign_head().await {
                tracing::error!(error = &error as &dyn std::error::Error, "the head was not signed anew");
            }
        }
    }

    fn now(&self) -> jiff::Timestamp {
        (self.inner.clock)()
    }

    fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.inner.stopping.subscribe();
        async move {
            // an error means that the front is gone, which is an end too
            drop(stopping.wait_for(|stopping| *stopping).await);
        }
    }
}

/// SHA-256 of a token, as it is stored.
pub fn token_hash(token: &str) -> String {
    contract::bulletin::Hash::of(token.as_bytes()).to_string()
}

pub(crate) fn read_text(path: &std::path::Path, what: &'static str) -> Result<String, FrontError> {
    std::fs::read_to_string(path).map_err(|source| FrontError::Read { what, source })
}

pub(crate) fn read_secret(
    path: &std::path::Path,
    what: &'static str,
) -> Result<zeroize::Zeroizing<[u8; 32]>, FrontError> {
    files::read_secret(path).map_err(|source| FrontError::Read { what, source })
}
