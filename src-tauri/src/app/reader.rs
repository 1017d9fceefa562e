//! Pictures and PDF are looked at by another process of this binary: what panics, never ends or asks for all the memory
//! ends that process, and not the window with its call bar.

use std::{
    env,
    io::{self, Read, Write},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use companion::{
    host::{Reader, Seen, Unseen},
    import::MAX_BYTES,
};

/// A ticket takes a second.
const TIME: Duration = Duration::from_secs(10);
/// What a process may say of a file: a hundred pages have less text.
const MAX_ANSWER: u64 = 1024 * 1024;
/// What it may take: the largest picture that is read, and what reads it.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 512 * 1024 * 1024;

/// Asks another process of this binary.
pub struct InChild;

impl Reader for InChild {
    fn see(&self, file: &[u8]) -> Result<Seen, Unseen> {
        ask(file).unwrap_or_else(|error| {
            tracing::warn!(%error, "whoever looks at files did not answer");
            Err(Unseen::Unfinished)
        })
    }
}

/// # Errors
/// It could not be started, or what it said is no answer.
fn ask(file: &[u8]) -> io::Result<Result<Seen, Unseen>> {
    let mut child = Command::new(env::current_exe()?)
        .args(["read", "--child"])
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
        let answer = said.recv_timeout(TIME);
        // one that has answered has ended, or has no more to do
        let _ = child.kill();
        answer
    });
    child.wait()?;
    Ok(serde_json::from_slice(&answer.map_err(io::Error::other)??)?)
}

/// Looks at what comes by stdin, and says by stdout what it saw. Gives what the process ends with.
pub fn answer() -> i32 {
    if let Err(error) = limit() {
        tracing::warn!(%error, "this system limits no process");
    }
    let mut file = Vec::new();
    let seen = match io::stdin().take(MAX_BYTES).read_to_end(&mut file) {
        Ok(_) => reader::see(&file),
        Err(_) => Err(Unseen::Damaged),
    };
    i32::from(serde_json::to_writer(io::stdout(), &seen).is_err())
}

/// Whoever asked may be gone before the time is over; a file of a ticket's memory is left to nobody.
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
    }
    Ok(())
}
