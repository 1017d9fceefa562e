//! Pictures and PDF are looked at by another process of this binary: what panics, never ends or asks for all the memory
//! ends that process, and not the window with its call bar.

use std::{
    env,
    io::{self, Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use companion::import::{MAX_BYTES, Reader, Seen, Unseen};

/// A ticket takes a second.
const TIME: Duration = Duration::from_secs(10);
/// For all files that are brought together.
const TIME_FOR_ALL: Duration = Duration::from_secs(30);
/// What a process may say of a file: sixty pages have less text.
const MAX_ANSWER: u64 = 1024 * 1024;
/// What it may take: the largest picture that is read, and what reads it.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 512 * 1024 * 1024;
/// Where the system's loader finds what this binary stands on. Of all else a file's reader learns nothing.
const LOADER: [&str; 4] = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH", "SystemRoot"];

/// One process at a time: each may take all the memory that one may.
static ONE: Mutex<()> = Mutex::new(());

/// Asks another process of this binary, a new one for each file, until the time for all of them is over.
pub struct InChild {
    until: Instant,
}

impl InChild {
    pub fn new() -> Self {
        Self { until: Instant::now() + TIME_FOR_ALL }
    }
}

impl Reader for InChild {
    fn see(&self, file: &[u8]) -> Result<Seen, Unseen> {
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Unseen::Unfinished);
        }
        ask(file, left.min(TIME)).unwrap_or_else(|error| {
            tracing::warn!(%error, "whoever looks at files did not answer");
            Err(Unseen::Unfinished)
        })
    }
}

/// # Errors
/// It could not be started, or what it said is no answer.
fn ask(file: &[u8], time: Duration) -> io::Result<Result<Seen, Unseen>> {
    let mut child = Command::new(this_binary()?)
        .args(["read", "--child"])
        .env_clear()
        .envs(LOADER.iter().filter_map(|name| Some((name, env::var_os(name)?))))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (hand_over, listen) = (child.stdin.take(), child.stdout.take());
    let (say, said) = mpsc::channel();
    let answer = thread::scope(|scope| {
        scope.spawn(move || {
            // one that has ended takes nothing, and then it says nothing
            let _ = hand_over.map(|mut stdin| stdin.write_all(file));
            let mut answer = Vec::new();
            let heard = listen.map(|stdout| stdout.take(MAX_ANSWER).read_to_end(&mut answer));
            // nobody listens any more where the time is over
            let _ = say.send(heard.transpose().map(|_| answer));
        });
        let answer = said.recv_timeout(time);
        // one that has answered has ended, or has no more to do
        let _ = child.kill();
        answer
    });
    child.wait()?;
    Ok(serde_json::from_slice(&answer.map_err(io::Error::other)??)?)
}

/// The one that runs, even where a newer one has taken its place.
fn this_binary() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { env::current_exe() }
}

/// Looks at what comes by stdin, and says by stdout what it saw. Gives what the process ends with.
pub fn answer() -> i32 {
    let mut file = Vec::new();
    let handed_over = limit().and_then(|()| io::stdin().take(MAX_BYTES).read_to_end(&mut file));
    let seen = match handed_over {
        Ok(_) => reader::see(&file),
        Err(_) => Err(Unseen::Unfinished),
    };
    i32::from(serde_json::to_writer(io::stdout(), &seen).is_err())
}

/// Ends this process by itself when its time is over, for whoever asked may be gone; takes no more memory than it may, and
/// leaves no core file of what it read.
fn limit() -> io::Result<()> {
    thread::Builder::new().name("time".into()).spawn(|| {
        thread::sleep(TIME);
        std::process::exit(1);
    })?;
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
        setrlimit(Resource::Core, most(0))?;
        setrlimit(Resource::Data, most(MEMORY))?;
        rustix::thread::set_no_new_privs(true)?;
    }
    Ok(())
}
