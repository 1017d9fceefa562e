//! The front: serves the bulletin, takes what travellers send. It opens nothing but its own folder.

mod address;
mod auth;
mod controllers;
pub mod folder;
pub mod inside;
mod known;
mod middleware;
mod network;
pub mod router;
mod shared;
mod writes;

use std::{future::Future, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use contract::jws::Refusal;
use rand::CryptoRng;
use tokio::{
    net::TcpListener,
    sync::{Mutex, watch},
};

use crate::{
    Clock,
    http::{
        admission::{Admission, Room, raise_file_limit},
        metrics::Metrics,
        rate::Allowance,
        serve::serve,
    },
    log::{Bulletin, LogError},
    register::{Register, RegisterError},
    storage::{
        StorageError,
        sqlite::{Database, Schema, SqliteLog, SqliteRegister},
    },
};
use controllers::cap::LiveAlerts;
use folder::{Folder, FolderLock, Settings};
use network::Networks;
use shared::Shared;
use writes::Writes;

/// Heads are signed anew this often, and believed for 24 times as long.
const HEAD_PERIOD: Duration = Duration::from_secs(60 * 60);

/// How often the front looks for what has been kept long enough.
const RETENTION_PERIOD: Duration = Duration::from_secs(60 * 60);

/// How often what was measured is folded up.
const UPKEEP: Duration = Duration::from_secs(5);

/// So many devices one address makes at once, and then one in each period: an airport's Wi-Fi is one address.
const DEVICES_AT_ONCE: NonZeroU32 = NonZeroU32::new(1_000).unwrap();
const DEVICE_PERIOD: Duration = Duration::from_secs(1);

/// So many codes on paper one address tries at once, and then one in each period: who types one needs one.
const PAPERS_AT_ONCE: NonZeroU32 = NonZeroU32::new(60).unwrap();
const PAPER_PERIOD: Duration = Duration::from_secs(10);

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
    #[error("a restore was cut short: run `ministry restore` again")]
    HalfRestored,
    #[error("the metrics cannot be kept")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
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
    admission: Arc<Admission>,
    /// By address.
    device_rate: Allowance<IpAddr>,
    /// Codes on paper, by address.
    paper_rate: Allowance<IpAddr>,
    networks: Networks,
    writes: Writes,
    alerts: Mutex<Option<LiveAlerts>>,
    shared: Shared,
    /// How many proxies of our own stand before the public listener.
    hops: usize,
    stopping: watch::Sender<bool>,
    _lock: FolderLock,
}

impl Front {
    /// # Errors
    /// Something in the folder cannot be read, or the log is not what was appended.
    pub async fn open(
        folder: &Folder,
        clock: Clock,
        hops: usize,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, FrontError> {
        let settings = folder.settings()?;
        let lock = folder.lock()?;
        folder.must_be_whole()?;
        // before the bulletin, which signs a head as it is opened
        let register = Arc::new(SqliteRegister::new(Database::open(&folder.register(), Schema::Register)?));
        let epoch = register.epoch().await?;
        let log = Arc::new(SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin)?));
        let log = Bulletin::open(log, &settings.roots, folder.head_keys()?, clock.clone()).await?;
        let (stopping, _) = watch::channel(false);
        let metrics = Arc::new(Metrics::new()?);
        let room = Room::for_files(raise_file_limit());
        let admission = Admission::new(if hops > 0 { room.behind_proxies() } else { room });
        let device_rate = Allowance::new(DEVICES_AT_ONCE, DEVICE_PERIOD, clock.clone());
        let paper_rate = Allowance::new(PAPERS_AT_ONCE, PAPER_PERIOD, clock.clone());
        let writes = Writes::new(folder.path().to_owned(), &clock);
        let inner = Inner {
            log,
            register,
            epoch,
            settings,
            clock,
            metrics,
            admission,
            device_rate,
            paper_rate,
            networks: Networks::new(rng),
            writes,
            alerts: Mutex::default(),
            shared: Shared::new(),
            hops,
            stopping,
            _lock: lock,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Answers requests until `stop`; then open streams end and requests under way are finished.
    ///
    /// # Errors
    /// A document cannot be written.
    pub async fn serve(
        self,
        listeners: Listeners,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), FrontError> {
        let signing = tokio::spawn(self.clone().sign_heads());
        let retaining = tokio::spawn(self.clone().retain());
        let stopping = self.clone();
        let stop = tokio::spawn(async move {
            stop.await;
            stopping.inner.stopping.send_replace(true);
        });
        let public = router::router(self.clone()).map_err(FrontError::OpenApi)?;
        let inside = inside::router(self.clone()).map_err(FrontError::OpenApi)?;
        let upkeep = tokio::spawn(keep_small(self.inner.metrics.clone()));
        let public = serve(listeners.public, public, self.inner.admission.clone(), self.inner.hops, self.stopped());
        let inside = serve(listeners.inside, inside, Admission::new(Room::INSIDE), 0, self.stopped());
        tokio::join!(public, inside);
        for task in [stop, signing, retaining, upkeep] {
            task.abort();
        }
        Ok(())
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

    async fn retain(self) {
        let mut hours = tokio::time::interval(RETENTION_PERIOD);
        loop {
            hours.tick().await;
            match self.inner.register.retain(self.inner.settings.retention, self.now()).await {
                Ok(0) => {}
                Ok(erased) => tracing::info!(erased, "records were kept long enough"),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "nothing more was erased");
                }
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

async fn keep_small(metrics: Arc<Metrics>) {
    let mut times = tokio::time::interval(UPKEEP);
    loop {
        times.tick().await;
        metrics.keep_small();
    }
}
