//! A phone of Linux: a small screen with a compositor, and real fingers on it.
//!
//! An X server on a dummy card takes touches on a socket (its `inputtest` driver), phoc shows one window on it, and the
//! app is a Wayland client there: what the fingers do comes to the page by the way it comes on a phone.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::Duration,
};

use tokio::process::Command;

use crate::{
    Result,
    process::Process,
    waiting::{PATIENCE, eventually},
};

/// The X server's screen is larger than the phone's, and touches are told in parts of it.
const SCREEN: f64 = 800.0;
pub const WIDTH: u32 = 360;
pub const HEIGHT: u32 = 720;

const XORG: &str = r#"Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 16384
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
  Modeline "800x800" 50.00 800 832 880 1000 800 803 813 838
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "800x800"
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "finger"
  Driver "inputtest"
  Option "SocketPath" "FINGERS"
  Option "DeviceType" "Touch"
  Option "TouchCount" "5"
EndSection
Section "InputDevice"
  Identifier "keys"
  Driver "inputtest"
  Option "SocketPath" "KEYS"
  Option "DeviceType" "Keyboard"
EndSection
Section "InputDevice"
  Identifier "mouse"
  Driver "inputtest"
  Option "SocketPath" "MOUSE"
  Option "DeviceType" "PointerAbsolute"
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "finger"
  InputDevice "keys" "CoreKeyboard"
  InputDevice "mouse" "CorePointer"
EndSection
"#;

/// The X server and the compositor on it.
pub struct PhoneScreen {
    // in this order they end
    _compositor: Process,
    _server: Process,
    fingers: PathBuf,
}

impl PhoneScreen {
    /// Starts both; `command` makes a command of the desktop's environment. Gives what the app needs to find them.
    pub async fn start(
        folder: &Path,
        command: impl Fn(&str) -> Command,
    ) -> Result<(Self, Vec<(&'static str, String)>)> {
        let socket = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let config = folder.join("xorg.conf");
        let text = XORG.replace("FINGERS", &socket("fingers.sock"));
        std::fs::write(&config, text.replace("KEYS", &socket("keys.sock")).replace("MOUSE", &socket("mouse.sock")))?;
        let mut server = command("Xorg");
        server.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-novtswitch", "-sharevts"]);
        server.arg("-config").arg(&config).arg("-logfile").arg(folder.join("xorg.log"));
        let mut server = Process::start("Xorg", server.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let number: u32 = server.line(|line| line.trim().parse().ok()).await?;
        let display = ("DISPLAY", format!(":{number}"));

        let config = folder.join("phoc.ini");
        let output = format!("[core]\nxwayland=false\n[output:X11-1]\nmode = {WIDTH}x{HEIGHT}\nscale = 1\n");
        std::fs::write(&config, output)?;
        let mut compositor = command("phoc");
        compositor.arg("-C").arg(config).env(display.0, &display.1);
        compositor.env("WLR_BACKENDS", "x11").env("WLR_RENDERER", "pixman");
        let compositor = Process::start("phoc", compositor.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let wayland = folder.join("run/wayland-0");
        eventually("the compositor", PATIENCE, async || Ok(wayland.exists().then_some(()))).await?;

        let screen = Self { _compositor: compositor, _server: server, fingers: socket("fingers.sock").into() };
        let environment =
            vec![display, ("WAYLAND_DISPLAY", "wayland-0".to_owned()), ("GDK_BACKEND", "wayland".to_owned())];
        Ok((screen, environment))
    }

    /// The fingers of one hand; the server takes one hand in its life.
    pub fn fingers(&self) -> Result<Fingers> {
        Fingers::connect(&self.fingers)
    }
}

/// A place on the phone's screen, in its pixels.
pub type Spot = (f64, f64);

/// Fingers, by the protocol of xf86-input-inputtest.
pub struct Fingers {
    socket: UnixStream,
    last: u32,
}

#[derive(Clone, Copy)]
enum Touch {
    Begin = 18,
    Update = 19,
    End = 20,
}

/// How many steps a finger goes in, and how often a screen tells of one.
const STEPS: u32 = 20;
const PACE: Duration = Duration::from_millis(16);

impl Fingers {
    fn connect(socket: &Path) -> Result<Self> {
        let mut fingers = Self { socket: UnixStream::connect(socket)?, last: 0 };
        // the version we speak: 1.1
        let mut version = Vec::from(header(12, 0));
        version.extend([1_u16, 1].iter().flat_map(|part| part.to_ne_bytes()));
        fingers.socket.write_all(&version)?;
        fingers.socket.read_exact(&mut [0; 12])?;
        Ok(fingers)
    }

    pub fn tap(&mut self, at: Spot) -> Result {
        let finger = self.new_finger();
        self.touch(Touch::Begin, finger, at)?;
        self.touch(Touch::End, finger, at)
    }

    pub fn drag(&mut self, from: Spot, to: Spot) -> Result {
        let finger = self.new_finger();
        self.touch(Touch::Begin, finger, from)?;
        for step in 1..=STEPS {
            thread::sleep(PACE);
            let part = f64::from(step) / f64::from(STEPS);
            self.touch(Touch::Update, finger, (between(from.0, to.0, part), between(from.1, to.1, part)))?;
        }
        self.touch(Touch::End, finger, to)
    }

    /// Two fingers beside `at`, each so far from it at first and then.
    pub fn pinch(&mut self, (x, y): Spot, from: f64, to: f64) -> Result {
        let (left, right) = (self.new_finger(), self.new_finger());
        self.touch(Touch::Begin, left, (x - from, y))?;
        self.touch(Touch::Begin, right, (x + from, y))?;
        for step in 1..=STEPS {
            thread::sleep(PACE);
            let spread = between(from, to, f64::from(step) / f64::from(STEPS));
            self.touch(Touch::Update, left, (x - spread, y))?;
            self.touch(Touch::Update, right, (x + spread, y))?;
        }
        self.touch(Touch::End, left, (x - to, y))?;
        self.touch(Touch::End, right, (x + to, y))
    }

    fn new_finger(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// Puts one event on the device, and waits until the server has taken it.
    fn touch(&mut self, touch: Touch, finger: u32, (x, y): Spot) -> Result {
        let mut valuators = [0_f64; 64];
        valuators[0] = x / SCREEN * f64::from(u16::MAX);
        valuators[1] = y / SCREEN * f64::from(u16::MAX);
        let mut event = Vec::from(header(1056, 6));
        event.extend(finger.to_ne_bytes());
        event.extend((touch as u32).to_ne_bytes());
        event.extend([0; 4]); // no flags
        event.extend([0b11, 0, 0, 0, 0, 0, 0, 0]); // which valuators are given
        event.extend([0; 4]); // up to the alignment of doubles
        event.extend(valuators.iter().flat_map(|value| value.to_ne_bytes()));
        event.extend([0; 64 * size_of::<f64>()]); // unaccelerated
        self.socket.write_all(&event)?;
        self.socket.write_all(&header(8, 1))?;
        Ok(self.socket.read_exact(&mut [0; 8])?)
    }
}

fn header(length: u32, kind: u32) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&length.to_ne_bytes());
    bytes[4..].copy_from_slice(&kind.to_ne_bytes());
    bytes
}

fn between(from: f64, to: f64, part: f64) -> f64 {
    from + (to - from) * part
}
