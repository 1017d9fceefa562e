//! A desktop of its own for each test: X server, session bus, notification daemon, folders, perhaps a dialler.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
};

use tempfile::TempDir;
use tokio::process::Command;

use crate::{
    Result, ensure,
    phone::{Fingers, PhoneScreen},
    process::Process,
    waiting::{PATIENCE, eventually},
};

/// What of the outer session must not reach the desktop.
const OUTER: [&str; 13] = [
    "GTK_THEME",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "SAPARLAS_DATA",
    "SAPARLAS_PROFILE",
    "WAYLAND_DISPLAY",
    "WEBKIT_DISABLE_COMPOSITING_MODE",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
];

/// A bus that starts no service by itself: what is on the desktop is what the test put there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

const DUNST: &str = "[global]
    monitor = 0
    width = 360
    origin = bottom-right
    stack_duplicates = false
    notification_limit = 0
    sort = false
    idle_threshold = 0
    show_age_threshold = -1
    always_run_script = true
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
[record]
    summary = \"*\"
    script = RECORD
";

/// A notification as the daemon took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// LOW, NORMAL or CRITICAL.
    pub urgency: String,
    pub summary: String,
    pub body: String,
}

/// What windows are shown on.
enum Screen {
    Virtual { _server: Box<Process> },
    Phone { _screen: Box<PhoneScreen> },
}

pub struct Desktop {
    // in this order they end: the daemon before its bus, the bus before the screen
    _dunst: Option<Process>,
    _bus: Process,
    _screen: Screen,
    environment: Vec<(&'static str, String)>,
    root: TempDir,
}

impl Desktop {
    pub async fn start() -> Result<Self> {
        let (root, mut environment) = folders()?;
        let mut xvfb = command("Xvfb", &environment);
        xvfb.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-noreset"]);
        let mut server = Process::start("Xvfb", xvfb.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let number: u32 = server.line(|line| line.trim().parse().ok()).await?;
        environment.push(("DISPLAY", format!(":{number}")));
        let bus = start_bus(root.path(), &mut environment).await?;
        let dunst = start_dunst(root.path(), &environment)?;
        let screen = Screen::Virtual { _server: Box::new(server) };
        let desktop = Self { _dunst: Some(dunst), _bus: bus, _screen: screen, environment, root };
        eventually("the notification daemon", PATIENCE, async || desktop.on_screen().await.map(Some)).await?;
        Ok(desktop)
    }

    /// The screen of a phone, with no notification daemon, and the fingers on it.
    pub async fn start_phone() -> Result<(Self, Fingers)> {
        let (root, mut environment) = folders()?;
        let (screen, found) = PhoneScreen::start(root.path(), |program| command(program, &environment)).await?;
        let fingers = screen.fingers()?;
        environment.extend(found);
        let bus = start_bus(root.path(), &mut environment).await?;
        let screen = Screen::Phone { _screen: Box::new(screen) };
        Ok((Self { _dunst: None, _bus: bus, _screen: screen, environment, root }, fingers))
    }

    pub fn folder(&self) -> &Path {
        self.root.path()
    }

    /// A command that runs on this desktop.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        command(program, &self.environment)
    }

    /// Installs a program for `tel:` that writes down what it is given.
    pub fn install_dialler(&self) -> Result {
        self.install_handler("tel", "dialled")
    }

    /// From now on nothing here dials.
    pub fn remove_dialler(&self) -> Result {
        fs::remove_file(self.root.path().join("share/applications/tel.desktop"))?;
        Ok(fs::remove_file(self.root.path().join("config/mimeapps.list"))?)
    }

    /// Installs a program for `http:` and `https:` that writes down what it is given.
    pub fn install_browser(&self) -> Result {
        self.install_handler("http", "browsed")?;
        self.install_handler("https", "browsed")
    }

    /// Installs a program for `sms:` that writes down what it is given.
    pub fn install_messages(&self) -> Result {
        self.install_handler("sms", "written")
    }

    fn install_handler(&self, scheme: &str, records: &str) -> Result {
        let script = self.root.path().join(format!("{scheme}.sh"));
        let record = self.root.path().join(records);
        write_script(&script, &format!("printf '%s\\n' \"$1\" >> '{}'", record.display()))?;
        let applications = self.root.path().join("share/applications");
        fs::create_dir_all(&applications)?;
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Handler of {scheme}\nExec={} %u\nMimeType=x-scheme-handler/{scheme};\n",
            script.display()
        );
        fs::write(applications.join(format!("{scheme}.desktop")), entry)?;
        let list = self.root.path().join("config/mimeapps.list");
        let mut text = fs::read_to_string(&list).unwrap_or_else(|_| "[Default Applications]\n".to_owned());
        text.push_str(&format!("x-scheme-handler/{scheme}={scheme}.desktop\n"));
        Ok(fs::write(list, text)?)
    }

    /// What the dialler was given, in order.
    pub fn dialled(&self) -> Result<Vec<String>> {
        self.recorded("dialled")
    }

    /// Whom the messages were to go to, in order.
    pub fn written(&self) -> Result<Vec<String>> {
        self.recorded("written")
    }

    /// What the browser was given, in order.
    pub fn browsed(&self) -> Result<Vec<String>> {
        self.recorded("browsed")
    }

    fn recorded(&self, file: &str) -> Result<Vec<String>> {
        let file = self.root.path().join(file);
        if !file.exists() {
            return Ok(Vec::new());
        }
        Ok(fs::read_to_string(file)?.lines().map(str::to_owned).collect())
    }

    /// How many notifications are on the screen; none here ever goes by itself.
    pub async fn on_screen(&self) -> Result<usize> {
        let output = self.command("dunstctl").args(["count", "displayed"]).output().await?;
        let text = String::from_utf8(output.stdout)?;
        ensure!(output.status.success(), "dunstctl fails: {}", String::from_utf8_lossy(&output.stderr));
        Ok(text.trim().parse()?)
    }

    /// The windows there are, with their titles.
    pub async fn windows(&self) -> Result<String> {
        let output = self.command("xwininfo").args(["-root", "-tree"]).output().await?;
        ensure!(output.status.success(), "xwininfo fails: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Opens the first notification on the screen, as a click on it does.
    pub async fn open_notification(&self) -> Result {
        self.dunstctl(&["action", "0"]).await
    }

    /// Puts away every notification on the screen.
    pub async fn put_away(&self) -> Result {
        self.dunstctl(&["close-all"]).await
    }

    async fn dunstctl(&self, arguments: &[&str]) -> Result {
        let ended = self.command("dunstctl").args(arguments).status().await?;
        ensure!(ended.success(), "dunstctl ends with {ended}");
        Ok(())
    }

    /// Every notification the daemon took, in order.
    pub fn notifications(&self) -> Result<Vec<Notification>> {
        let file = self.root.path().join("notified");
        if !file.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(file)?;
        let read = |record: &str| {
            let mut fields = record.split('\u{1f}').map(str::to_owned);
            Some(Notification { urgency: fields.next()?, summary: fields.next()?, body: fields.next()? })
        };
        Ok(text.split_terminator('\u{1e}').filter_map(read).collect())
    }
}

type Environment = Vec<(&'static str, String)>;

/// Folders of its own, and the environment that names them.
fn folders() -> Result<(TempDir, Environment)> {
    let root = tempfile::Builder::new().prefix("saparlas-desktop-").tempdir()?;
    let folder = |name: &str| -> Result<String> {
        let path = root.path().join(name);
        fs::create_dir_all(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        Ok(path.to_string_lossy().into_owned())
    };
    let environment = vec![
        ("HOME", folder("home")?),
        ("XDG_RUNTIME_DIR", folder("run")?),
        ("XDG_CONFIG_HOME", folder("config")?),
        ("XDG_DATA_HOME", folder("share")?),
        ("XDG_STATE_HOME", folder("state")?),
        ("XDG_CACHE_HOME", folder("cache")?),
        ("GSETTINGS_BACKEND", "memory".to_owned()),
        ("NO_AT_BRIDGE", "1".to_owned()),
        // a virtual screen has no graphics: the processor paints rather than playing one
        ("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1".to_owned()),
    ];
    Ok((root, environment))
}

async fn start_bus(root: &Path, environment: &mut Environment) -> Result<Process> {
    let mut daemon = command("dbus-daemon", environment);
    let config = root.join("bus.conf");
    fs::write(&config, BUS.replace("FOLDER", &root.join("run").to_string_lossy()))?;
    daemon.arg("--config-file").arg(config).args(["--nofork", "--print-address"]);
    let mut bus = Process::start("dbus-daemon", daemon.stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let address = bus.line(|line| line.starts_with("unix:").then(|| line.to_owned())).await?;
    environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
    Ok(bus)
}

fn command(program: impl AsRef<std::ffi::OsStr>, environment: &[(&'static str, String)]) -> Command {
    let mut command = Command::new(program);
    for name in OUTER {
        command.env_remove(name);
    }
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command
}

fn start_dunst(root: &Path, environment: &[(&'static str, String)]) -> Result<Process> {
    let (script, config, record) = (root.join("record.sh"), root.join("dunstrc"), root.join("notified"));
    // one write a notification, so that two never mix
    let write = format!(
        "printf '%s\\037%s\\037%s\\036' \"$DUNST_URGENCY\" \"$DUNST_SUMMARY\" \"$DUNST_BODY\" >> '{}'",
        record.display()
    );
    write_script(&script, &write)?;
    fs::write(&config, DUNST.replace("RECORD", &script.to_string_lossy()))?;
    let mut dunst = command("dunst", environment);
    dunst.arg("-config").arg(config).stdout(Stdio::null()).stderr(fs::File::create(root.join("dunst.log"))?);
    Process::start("dunst", &mut dunst)
}

/// Writes a shell script that can be run.
pub fn write_script(path: &PathBuf, body: &str) -> Result {
    fs::write(path, format!("#!/bin/sh\n{body}\n"))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}
