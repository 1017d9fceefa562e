//! What differs from system to system, behind the same functions on each.
//!
//! | function | what it does |
//! | --- | --- |
//! | `asked` | what the one who started the app asked for |
//! | `with_plugins` | the plugins, registered before anything runs |
//! | `with_roots` | whom the network client trusts |
//! | `language` | the system's language |
//! | `opening`, `opened` | before and after the companion is open |
//! | `keep_unzoomed` | two fingers leave the window's page as large as it is |
//! | `open` | hands an address to what opens it here |
//! | `show_notice` | a notification; says whether it was shown |
//! | `notices` | whether the system shows notifications; asks for it where that is wanted |
//! | `print` | the system's print dialog |
//! | `keychain` | where the key of what names people is kept |
//! | `reader` | who looks at the pictures and PDF of one import |

#[cfg(any(target_os = "android", test))]
mod channels;
#[cfg(desktop)]
mod desktop;
#[cfg(target_os = "linux")]
mod keychain;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(mobile)]
mod mobile;
#[cfg(any(target_os = "android", test))]
mod roots;
#[cfg(any(windows, target_os = "macos"))]
mod windows_macos;

#[cfg(desktop)]
pub use desktop::{asked, language, opened, opening, print, reader, with_plugins, with_roots};
#[cfg(target_os = "linux")]
pub use linux::{keep_unzoomed, notices, open, show_notice};
#[cfg(mobile)]
pub use mobile::{
    asked, keep_unzoomed, language, notices, open, opened, opening, print, reader, show_notice, with_plugins,
    with_roots,
};
#[cfg(any(windows, target_os = "macos"))]
pub use windows_macos::{keep_unzoomed, notices, open, show_notice};

use std::path::PathBuf;

use serde::Serialize;
use tauri::{Wry, plugin::Plugin};

/// What opens an address, for our own code: the page's links leave by the window's navigation alone.
fn opener() -> impl Plugin<Wry> {
    tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build()
}

/// The system's keychain.
#[cfg(target_os = "linux")]
pub fn keychain() -> std::sync::Arc<dyn companion::host::Keychain> {
    std::sync::Arc::new(keychain::SecretService { app: super::IDENTIFIER })
}

/// The key stands in a file that only the user, or only the app, can read.
#[cfg(not(target_os = "linux"))]
pub fn keychain() -> std::sync::Arc<dyn companion::host::Keychain> {
    std::sync::Arc::new(companion::host::NoKeychain("this system's is not built in yet".into()))
}

/// Whether the system shows the app's notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(desktop, expect(dead_code, reason = "no system has each of them"))]
pub enum Notices {
    On,
    /// Nobody was asked yet.
    ToAsk,
    Off,
    /// It does not say.
    Unknown,
}

/// What the one who started the app asked for.
#[derive(Default)]
pub struct Asked {
    /// Folder for what is entered and what the ministry says.
    pub data: Option<PathBuf>,
    /// The ministry's profile; ignored by a build that has one inside.
    pub profile: Option<PathBuf>,
    /// What is done instead of opening a window, and gives what the process ends with.
    pub instead: Option<Box<dyn FnOnce() -> i32>>,
}
