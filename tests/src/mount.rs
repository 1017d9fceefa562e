//! Small and read-only file systems, for disks that are full or locked. They need root, or sudo without a password.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{Result, ensure};

pub struct Mount {
    place: TempDir,
}

impl Mount {
    /// A disk of so many KiB.
    pub fn small(kib: u32) -> Result<Self> {
        let place = TempDir::new()?;
        let size = format!("size={kib}k,mode=0777");
        run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", &place.path().to_string_lossy()])?;
        Ok(Self { place })
    }

    /// `folder` as it is, where nothing can be written.
    pub fn read_only(folder: &Path) -> Result<Self> {
        let mount = Self { place: TempDir::new()? };
        let place = mount.place.path().to_string_lossy().into_owned();
        run("mount", &["--bind", &folder.to_string_lossy(), &place])?;
        run("mount", &["-o", "remount,bind,ro", &place])?;
        Ok(mount)
    }

    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// Fills the disk to the last byte; gives the file that does.
    pub fn fill(&self) -> Result<PathBuf> {
        let path = self.path().join("filler");
        let mut file = fs::File::create(&path)?;
        for size in [4096, 1] {
            let bytes = vec![0; size];
            loop {
                match file.write_all(&bytes) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(path)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // an error leaves the folder to the system's own cleaning
        drop(run("umount", &["-l", &self.path().to_string_lossy()]));
    }
}

fn run(program: &str, arguments: &[&str]) -> Result {
    let mut command = if rustix::process::geteuid().is_root() {
        Command::new(program)
    } else {
        let mut command = Command::new("sudo");
        command.args(["-n", program]);
        command
    };
    let output = command.args(arguments).output()?;
    ensure!(output.status.success(), "{program} fails: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
