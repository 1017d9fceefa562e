//! A TCP line that counts what passes, both ways.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tests::{Result, ports};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

/// All bytes of an advisory have come once the line is quiet for this long.
const QUIET: Duration = Duration::from_secs(2);

pub struct Line {
    port: u16,
    to: Arc<tokio::sync::Mutex<String>>,
    passed: Passed,
}

/// Bytes, each way.
#[derive(Clone, Default)]
struct Passed {
    up: Arc<AtomicU64>,
    down: Arc<AtomicU64>,
}

impl Line {
    pub async fn lay() -> Result<Self> {
        let port = ports::free()?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let line = Self { port, to: Arc::default(), passed: Passed::default() };
        let (to, passed) = (line.to.clone(), line.passed.clone());
        tokio::spawn(async move {
            while let Ok((within, _)) = listener.accept().await {
                let (to, passed) = (to.lock().await.clone(), passed.clone());
                tokio::spawn(async move { join(within, &to, &passed).await });
            }
        });
        Ok(line)
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub async fn lead_to(&self, url: &str) -> Result {
        *self.to.lock().await = url.strip_prefix("http://").ok_or("not a plain address")?.to_owned();
        Ok(())
    }

    pub fn bytes(&self) -> u64 {
        self.up() + self.down()
    }

    /// What the app said.
    pub fn up(&self) -> u64 {
        self.passed.up.load(Relaxed)
    }

    /// What the front said.
    pub fn down(&self) -> u64 {
        self.passed.down.load(Relaxed)
    }

    /// Waits until nothing passes for a while.
    pub async fn quiet(&self) {
        let mut last = self.bytes();
        loop {
            drop(timeout(QUIET, std::future::pending::<()>()).await);
            if self.bytes() == last {
                return;
            }
            last = self.bytes();
        }
    }
}

/// Joins two ends and counts as it goes.
async fn join(within: TcpStream, to: &str, passed: &Passed) -> std::io::Result<()> {
    let (from_app, to_app) = within.into_split();
    let (from_front, to_front) = TcpStream::connect(to).await?.into_split();
    tokio::try_join!(pump(from_app, to_front, &passed.up), pump(from_front, to_app, &passed.down))?;
    Ok(())
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, passed: &AtomicU64) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        passed.fetch_add(read as u64, Relaxed);
        to.write_all(&buffer[..read]).await?;
    }
}
