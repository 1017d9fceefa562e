//! Windows and macOS: addresses go through the shell, notices have neither urgency nor click.

use std::thread;

use companion::advisories::Notice;
use notify_rust::{Notification, Timeout};
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

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

pub fn show_notice(_: AppHandle, notice: Notice) {
    thread::spawn(move || {
        let shown = Notification::new()
            .appname("Saparlas")
            .summary(&notice.title)
            .body(&notice.body)
            .timeout(Timeout::Default)
            .show();
        if let Err(error) = shown {
            tracing::error!(%error, "the notification could not be shown");
        }
    });
}
