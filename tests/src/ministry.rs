//! A ministry, made and run by the real `ministry`.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use contract::{entry::Entry, jws::Signatory, keys, log::Head, record::Submission};
use ed25519_dalek::SigningKey;
use reqwest::Client;
use serde_json::Value;
use tokio::process::Command;

use crate::{
    Result, ensure, ports,
    process::{self, Process, program},
};

/// An entry as `ministry publish` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub id: String,
    pub version: u32,
    pub seq: u64,
}

pub struct Ministry {
    folder: PathBuf,
    log: PathBuf,
    port: u16,
    /// Where the desk asks.
    inside: u16,
    /// What the front writes down, as `RUST_LOG` says it.
    pub logs: &'static str,
    /// How many proxies before it are believed.
    pub hops: u8,
    /// A program that starts the front, with its arguments.
    pub under: Vec<OsString>,
    front: Option<Process>,
    desk: Option<Process>,
}

impl Ministry {
    /// Makes the demo's ministry in `folder`; travellers reach it at `address`.
    pub async fn init(folder: &Path, address: &str) -> Result<Self> {
        let listen = address.strip_prefix("http://").ok_or("the front is at an http address")?;
        Self::init_with(folder, &[OsStr::new("--listen"), OsStr::new(listen)]).await
    }

    /// The same, where travellers reach it with no wire between.
    pub async fn init_open(folder: &Path) -> Result<Self> {
        let port = ports::free()?;
        let ministry = Self::init(folder, &format!("http://{}", local(port))).await?;
        Ok(Self { port, ..ministry })
    }

    /// Makes the ministry of a description, as a `ministry.json` holds one, likewise.
    pub async fn init_from(folder: &Path, address: &str, mut description: Value) -> Result<Self> {
        description["front"] = address.into();
        let file = folder.join("ministry.json");
        fs::write(&file, description.to_string())?;
        Self::init_with(folder, &[OsStr::new("--ministry"), file.as_os_str()]).await
    }

    async fn init_with(folder: &Path, arguments: &[&OsStr]) -> Result<Self> {
        let data = folder.join("ministry");
        let mut command = Command::new(program("ministry")?);
        run(command.arg("init").arg("--data").arg(&data).args(arguments)).await?;
        Ok(Self {
            folder: data,
            log: folder.join("ministry.log"),
            port: ports::free()?,
            inside: ports::free()?,
            logs: "debug,hyper=info",
            hops: 0,
            under: Vec::new(),
            front: None,
            desk: None,
        })
    }

    pub fn profile(&self) -> PathBuf {
        self.folder.join("profile.json")
    }

    pub fn front_folder(&self) -> PathBuf {
        self.folder.join("front")
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Where the front listens, whether it does or not.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the front, always on the same port. The desk is away: the front opens nothing but its own folder.
    pub async fn serve(&mut self) -> Result {
        let (desk, away) = (self.folder.join("desk"), self.folder.with_extension("desk-away"));
        fs::rename(&desk, &away)?;
        let log = fs::File::options().create(true).append(true).open(&self.log)?;
        let mut command = process::command(&self.under, "ministry")?;
        command.arg("serve").arg("--data").arg(&self.folder).args(["--listen", &local(self.port)]);
        command.args(["--inside", &local(self.inside), "--hops", &self.hops.to_string()]);
        command.env("RUST_LOG", self.logs).stdout(Stdio::piped()).stderr(log);
        let mut front = Process::start("the front", &mut command)?;
        // the second line of two
        let listens = front.line(|line| line.contains("inside on").then_some(())).await;
        fs::rename(&away, &desk)?;
        self.front = Some(front);
        listens
    }

    /// Starts the desk beside the front, and gives where officers open their console.
    pub async fn open_desk(&mut self) -> Result<String> {
        let (port, log) = (ports::free()?, fs::File::options().create(true).append(true).open(&self.log)?);
        let origin = format!("http://localhost:{port}");
        let mut command = Command::new(program("ministry")?);
        command.arg("desk").arg("--data").arg(&self.folder).args(["--inside", &local(self.inside)]);
        command.args(["--listen", &local(port), "--origin", &origin]);
        command.env("RUST_LOG", self.logs).stdout(Stdio::piped()).stderr(log);
        let mut desk = Process::start("the desk", &mut command)?;
        desk.line(|_| Some(())).await?;
        self.desk = Some(desk);
        Ok(origin)
    }

    /// Adds an officer, and gives the one-time link.
    pub async fn add_officer(&self, name: &str, role: &str, origin: &str) -> Result<String> {
        let mut command = Command::new(program("ministry")?);
        command.args(["officer", "add", name, "--role", role, "--origin", origin]).arg("--data").arg(&self.folder);
        let said = run(&mut command).await?;
        Ok(said.lines().last().ok_or("it gives no link")?.trim().to_owned())
    }

    /// Ends the front and waits until it has.
    pub async fn stop(&mut self) -> Result {
        match self.front.take() {
            Some(front) => front.stop().await,
            None => Ok(()),
        }
    }

    /// The front's process, while it runs.
    pub fn front_id(&self) -> Option<u32> {
        self.front.as_ref().and_then(Process::id)
    }

    /// Ends the front as `kill -9` does, where it runs.
    pub async fn kill(&mut self) -> Result {
        match self.front.take() {
            Some(front) => front.kill().await,
            None => Ok(()),
        }
    }

    /// Publishes files and gives what became of each.
    pub async fn publish(&self, files: &[&Path]) -> Result<Vec<Published>> {
        let mut command = Command::new(program("ministry")?);
        command.arg("publish").arg("--data").arg(&self.folder).args(["--inside", &local(self.inside)]).args(files);
        let output = run(&mut command).await?;
        let read = |line: &str| {
            let mut words = line.split(' ').rev();
            let (seq, version) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Published { seq, version, id: words.next()?.to_owned() })
        };
        output.lines().map(|line| read(line).ok_or_else(|| format!("publish says \"{line}\"").into())).collect()
    }

    /// `place` is `("country", "AE")` or `("airport", "DOH")`.
    pub async fn headcount(&self, place: (&str, &str), at: jiff::Timestamp) -> Result<Value> {
        let mut command = Command::new(program("ministry")?);
        command.arg("headcount").arg("--data").arg(&self.folder).args(["--inside", &local(self.inside)]);
        command.args([&format!("--{}", place.0), place.1, "--at", &at.to_string(), "--json"]);
        Ok(serde_json::from_str(&run(&mut command).await?)?)
    }

    /// Signs a head as the front would: whoever breaks into it can.
    pub fn sign_head(&self, head: &Head) -> Result<String> {
        Ok(signatory(&self.front_folder(), "head-1")?.sign(head)?.compact())
    }

    /// Signs an entry as the desk would, and brings it to the front by the desk's credential: whoever breaks into the
    /// desk can.
    pub async fn slip_in(&self, http: &Client, entry: &Entry) -> Result {
        let desk = self.folder.join("desk");
        let entries = vec![signatory(&desk, "publish-1")?.sign(entry)?];
        let credential = fs::read_to_string(desk.join("publish.credential"))?;
        let request = http.post(format!("http://{}/v1/entries", local(self.inside))).json(&Submission { entries });
        request.bearer_auth(credential).send().await?.error_for_status()?;
        Ok(())
    }

    /// Brings SMS to the desk as an operator's page gives them; what became of each.
    pub async fn bring_sms(&self, desk: &str, lines: &str) -> Result<String> {
        let file = self.folder.join("sms.tsv");
        fs::write(&file, lines)?;
        let mut command = Command::new(program("ministry")?);
        command.arg("sms").arg("--credential").arg(self.folder.join("desk/sms.credential"));
        run(command.args(["--desk", desk, "--file"]).arg(&file)).await
    }

    /// The open calls for help.
    pub async fn cases(&self) -> Result<Value> {
        let mut command = Command::new(program("ministry")?);
        command.arg("cases").arg("--data").arg(&self.folder).args(["--inside", &local(self.inside), "--json"]);
        Ok(serde_json::from_str(&run(&mut command).await?)?)
    }

    /// Gives a role a new key, and voids the old one from a position of the log on.
    pub async fn replace_key(&self, role: &str, void_from: u64) -> Result {
        let mut command = Command::new(program("ministry")?);
        command.arg("keys").arg("--data").arg(&self.folder).args(["--inside", &local(self.inside)]);
        command.args(["--new", role, "--void-from", &void_from.to_string()]);
        run(&mut command).await.map(drop)
    }
}

fn signatory(folder: &Path, kid: &str) -> Result<Signatory> {
    let text = fs::read_to_string(folder.join(format!("{kid}.key")))?;
    let key = SigningKey::from_bytes(&keys::key_bytes(text.trim()).ok_or("the key cannot be read")?);
    Ok(Signatory { kid: kid.parse()?, key })
}

fn local(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

async fn run(command: &mut Command) -> Result<String> {
    let output = command.output().await?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "ministry ends with {}: {complaint}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
