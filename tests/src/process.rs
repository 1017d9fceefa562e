//! Programs the tests start; each ends with the value that stands for it.

use std::{ffi::OsString, path::PathBuf, process::Stdio};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::{Result, waiting::PATIENCE};

pub struct Process {
    name: String,
    child: Child,
    group: bool,
}

impl Process {
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{name} does not start: {error}"))?;
        Ok(Self { name: name.to_owned(), child, group: false })
    }

    /// Starts it at the head of a group of its own, which ends with it.
    pub fn start_group(name: &str, command: &mut Command) -> Result<Self> {
        let mut process = Self::start(name, command.process_group(0))?;
        process.group = true;
        Ok(process)
    }

    /// Waits for the first line of its output that `read` makes something of. The rest is read and dropped.
    pub async fn line<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        let output = self.child.stdout.take().ok_or("its output is not piped")?;
        let mut lines = BufReader::new(output).lines();
        let found = timeout(PATIENCE, async {
            while let Some(line) = lines.next_line().await? {
                if let Some(found) = read(&line) {
                    return Result::<T>::Ok(found);
                }
            }
            Err(format!("{} ended without saying it", self.name).into())
        })
        .await
        .map_err(|_| format!("{} says nothing", self.name))??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(found)
    }

    /// Waits until it says anything, then does something, then waits for a line that `is` the one.
    pub async fn line_then<T>(&mut self, act: impl FnOnce() -> Result<T>, is: impl Fn(&str) -> bool) -> Result<T> {
        let output = self.child.stdout.take().ok_or("its output is not piped")?;
        let mut lines = BufReader::new(output).lines();
        let spoken = timeout(PATIENCE, async {
            lines.next_line().await?;
            let done = act()?;
            while let Some(line) = lines.next_line().await? {
                if is(&line) {
                    return Result::<T>::Ok(done);
                }
            }
            Err(format!("{} ended without saying it", self.name).into())
        });
        spoken.await.map_err(|_| format!("{} does not say it", self.name))?
    }

    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) -> Result {
        if let Some(pid) = self.pid() {
            kill_process(pid, Signal::TERM)?;
        }
        let ended = timeout(PATIENCE, self.child.wait()).await;
        ended.map_err(|_| format!("{} does not stop", self.name))??;
        Ok(())
    }

    /// Ends it at once, as `kill -9` does, and waits until it has.
    pub async fn kill(mut self) -> Result {
        Ok(self.child.kill().await?)
    }

    fn pid(&self) -> Option<Pid> {
        Pid::from_raw(i32::try_from(self.child.id()?).ok()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let (true, Some(pid)) = (self.group, self.pid()) {
            // an error means that all of it has ended
            let _ended = kill_process_group(pid, Signal::KILL);
        }
    }
}

/// Ends a process at once, as `kill -9` does.
pub fn kill_9(pid: u32) -> Result {
    let pid = Pid::from_raw(i32::try_from(pid)?).ok_or("no such process id")?;
    Ok(kill_process(pid, Signal::KILL)?)
}

/// Makes a process stand still.
pub fn pause(pid: u32) -> Result {
    let pid = Pid::from_raw(i32::try_from(pid)?).ok_or("no such process id")?;
    Ok(kill_process(pid, Signal::STOP)?)
}

/// A program of the workspace, started by what stands in `under`, where anything does.
pub fn command(under: &[OsString], name: &str) -> Result<Command> {
    let program = program(name)?;
    let Some((first, arguments)) = under.split_first() else { return Ok(Command::new(program)) };
    let mut command = Command::new(first);
    command.args(arguments).arg(program);
    Ok(command)
}

/// A program of the workspace, built beside the one that runs.
pub fn program(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let found = own.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        format!("there is no {name} beside the tests: build it first with `cargo build -p saparlas -p ministry`").into()
    })
}
