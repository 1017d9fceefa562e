//! The app without its window as a process of its own, which can be killed.

use std::{ffi::OsString, fs, path::Path, process::Stdio, sync::Arc};

use companion::{
    Companion, Transport,
    host::{Host, Shown, Window},
    notices::Notice,
};
use contract::{profile::Profile, words::Lang};
use rand::{SeedableRng, rngs::StdRng};
use reqwest::{Client, redirect::Policy};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin},
    sync::mpsc,
    time::timeout,
};

use crate::{Fault, Result, now, process, waiting::PATIENCE};

/// The number it calls: the demo ministry's own.
pub const LINE: &str = "+442079460100";

struct NoWindow;

impl Window for NoWindow {
    fn changed(&self, _: u64) {}

    fn notify(&self, _: Notice, shown: Shown) {
        shown(Ok(()));
    }
}

/// Opens the app in this process; `carrier` makes what carries its requests.
///
/// # Errors
/// The profile cannot be read.
pub fn open(folder: &Path, profile: &Path, seed: u64, carrier: fn(Client) -> Arc<dyn Transport>) -> Result<Companion> {
    // where it is not the first of this process, the first is as good
    drop(rustls::crypto::ring::default_provider().install_default());
    let http = Client::builder().redirect(Policy::none()).no_proxy().no_zstd().build()?;
    let host = Host {
        clock: Arc::new(now),
        rng: StdRng::seed_from_u64(seed),
        http: carrier(http),
        window: Arc::new(NoWindow),
        keychain: Arc::new(companion::host::NoKeychain("none".into())),
        lang: Lang::En,
    };
    let profile: Profile = serde_json::from_str(&fs::read_to_string(profile)?)?;
    Ok(Companion::open(folder, Ok(Some(profile)), host))
}

/// What it says that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Open,
    /// The command had returned.
    Saved {
        kind: String,
        id: String,
        what: String,
        /// The trip that a check-in is of.
        trip: Option<String>,
    },
    Asks {
        method: String,
        path: String,
        version: u32,
        /// Somebody asks for help with what is sent.
        help: bool,
    },
    Answered {
        method: String,
        path: String,
        version: u32,
        status: u16,
    },
}

impl Said {
    /// # Errors
    /// It never says such a thing.
    pub fn read(line: &str) -> Result<Self> {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["open"] => Ok(Self::Open),
            ["saved", kind, id, what] => {
                Ok(Self::Saved { kind: kind.into(), id: id.into(), what: what.into(), trip: None })
            }
            ["saved", kind, id, what, trip] => {
                Ok(Self::Saved { kind: kind.into(), id: id.into(), what: what.into(), trip: Some(trip.into()) })
            }
            ["asks", method, path, version, help] => Ok(Self::Asks {
                method: method.into(),
                path: path.into(),
                version: version.parse()?,
                help: help.parse()?,
            }),
            ["answered", method, path, version, status] => Ok(Self::Answered {
                method: method.into(),
                path: path.into(),
                version: version.parse()?,
                status: status.parse()?,
            }),
            _ => Err(format!("the app says \"{line}\"").into()),
        }
    }
}

pub struct Windowless {
    child: Child,
    input: Option<ChildStdin>,
    said: mpsc::UnboundedReceiver<Result<Said>>,
}

impl Windowless {
    /// Opens the app over `folder` and waits until it is open. `under` is a program that starts it, with its arguments.
    pub async fn open(under: &[OsString], folder: &Path, profile: &Path, seed: u64) -> Result<Self> {
        let mut command = process::command(under, "windowless")?;
        command.arg(folder).arg(profile).arg(seed.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().ok_or("its output is not piped")?);
        let (tell, said) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut line = String::new();
            // a line without its end was torn by a kill
            while output.read_line(&mut line).await.is_ok_and(|bytes| bytes > 0) && line.ends_with('\n') {
                if tell.send(Said::read(line.trim_end())).is_err() {
                    return;
                }
                line.clear();
            }
        });
        let mut app = Self { child, input, said };
        let first = app.next().await?;
        crate::ensure!(first == Said::Open, "the app begins with {first:?}");
        Ok(app)
    }

    /// Has it do what the lines say, one after the other.
    pub async fn tell(&mut self, lines: &str) -> Result {
        let input = self.input.as_mut().ok_or("its input is closed")?;
        input.write_all(lines.as_bytes()).await?;
        Ok(input.flush().await?)
    }

    /// What happens next.
    pub async fn next(&mut self) -> Result<Said> {
        let said = timeout(PATIENCE, self.said.recv()).await;
        said.map_err(|_| Fault::from("the app says nothing"))?.ok_or_else(|| Fault::from("the app has ended"))?
    }

    /// What has happened by now.
    pub fn so_far(&mut self) -> Result<Vec<Said>> {
        let mut all = Vec::new();
        while let Ok(said) = self.said.try_recv() {
            all.push(said?);
        }
        Ok(all)
    }

    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Ends it as `kill -9` does; gives what it still said.
    pub async fn kill(mut self) -> Result<Vec<Said>> {
        self.child.start_kill()?;
        self.ended().await
    }

    /// Closes it; gives what it still said.
    pub async fn close(mut self) -> Result<Vec<Said>> {
        self.input = None;
        self.ended().await
    }

    /// Waits until it has ended; gives what it still said.
    pub async fn ended(mut self) -> Result<Vec<Said>> {
        let mut all = Vec::new();
        while let Some(said) = timeout(PATIENCE, self.said.recv()).await.map_err(|_| "the app does not end")? {
            all.push(said?);
        }
        self.child.wait().await?;
        Ok(all)
    }
}
