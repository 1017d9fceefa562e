//! The front: serves the bulletin, takes what travellers send. It opens nothing but its own folder.

mod auth;
mod controllers;
pub mod folder;
pub mod inside;
mod middleware;
pub mod router;

use std::{future::Future, sync::Arc, time::Duration};

use contract::jws::Refusal;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    Clock,
    http::metrics::Metrics,
    log::{Bulletin, LogError},
    register::{Register, RegisterError},
    storage::{
        StorageError,
        sqlite::{Database, Schema, SqliteLog, SqliteRegister},
    },
};
use folder::{Folder, FolderLock, Settings};

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
    #[error("the front's key sets are not believed: {0}")]
    Keys(#[from] Refusal),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("a front is at work in this folder: stop it first")]
    Busy,
    #[error("the front cannot listen")]
    Listen(#[source] std::io::Error),
    #[error("the OpenAPI document cannot be written")]
    OpenApi(#[source] serde_json::Error),
}

/// Where the public asks, and where the desk does.
pub struct Listeners {
    pub public: TcpListener,
    pub inside: TcpListener,
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
    settings: Settings,
    clock: Clock,
    metrics: Arc<Metrics>,
    stopping: watch::Sender<bool>,
    _lock: FolderLock,
}

impl Front {
    /// # Errors
    /// Something in the folder cannot be read, or the log is not what was appended.
    pub async fn open(folder: &Folder, clock: Clock) -> Result<Self, FrontError> {
        let settings = folder.settings()?;
        let lock = folder.lock()?;
        let signatory = folder.head_signatory(&settings)?;
        let log = Arc::new(SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin)?));
        let log = Bulletin::open(log, &settings.roots, signatory, clock.clone()).await?;
        let register = Arc::new(SqliteRegister::new(Database::open(&folder.register(), Schema::Register)?));
        let epoch = register.epoch().await?;
        let (stopping, _) = watch::channel(false);
        let inner = Inner { log, register, epoch, settings, clock, metrics: Arc::default(), stopping, _lock: lock };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Answers requests until `stop`; then open streams end and requests under way are finished.
    ///
    /// # Errors
    /// A listener fails.
    pub async fn serve(
        self,
        listeners: Listeners,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), FrontError> {
        let signing = tokio::spawn(self.clone().sign_heads());
        let stopping = self.clone();
        let stop = tokio::spawn(async move {
            stop.await;
            stopping.inner.stopping.send_replace(true);
        });
        let stopped = self.stopped();
        let patience = async move {
            stopped.await;
            tokio::time::sleep(PATIENCE).await;
        };
        let public = router::router(self.clone()).map_err(FrontError::OpenApi)?;
        let inside = inside::router(self.clone()).map_err(FrontError::OpenApi)?;
        let public = axum::serve(listeners.public, public).with_graceful_shutdown(self.stopped()).into_future();
        let inside = axum::serve(listeners.inside, inside).with_graceful_shutdown(self.stopped()).into_future();
        let served = tokio::select! {
            served = async { tokio::try_join!(public, inside) } => served.map(drop).map_err(FrontError::Listen),
            () = patience => Ok(()),
        };
        stop.abort();
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
