//! Windows and macOS: addresses go through the shell, notices have neither urgency nor click.

use std::thread;

use companion::{
    host::{NotShown, Shown},
    notices::Notice,
};
use notify_rust::{Notification, Timeout};
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use super::Notices;

/// The page itself sees to it.
pub fn keep_unzoomed(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Opens an address with the program registered for it. False where there is none.
pub fn open(app: &AppHandle, address: &str) -> bool {
    match app.opener().open_url(address, None::<&str>) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "it did not open");
            false
        }
    }
}

/// Neither says. macOS asks by itself, with the first notice.
pub fn notices(_: &AppHandle, _: bool) -> Notices {
    Notices::Unknown
}

pub fn show_notice(_: AppHandle, notice: Notice, shown: Shown) {
    thread::spawn(move || {
        let result = Notification::new()
            .appname("Saparlas")
            .summary(&notice.title)
            .body(&notice.body)
            .timeout(Timeout::Default)
            .show();
        shown(result.map(drop).map_err(|error| NotShown(error.to_string())));
    });
}
