//! Linux: addresses go through GIO, notices over D-Bus.

use std::{borrow::Cow, thread};

use companion::advisories::{Loudness, Notice};
use gio::prelude::AppInfoExt;
use notify_rust::{Hint, Notification, NotificationHandle, Timeout, Urgency};
use tauri::{AppHandle, Emitter};

use super::desktop::show_window;

/// Opens an address with the program registered for it. False where there is none.
pub fn open(_: &AppHandle, address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    let Some(program) = gio::AppInfo::default_for_uri_scheme(scheme) else {
        tracing::warn!(scheme, "nothing here opens it");
        return false;
    };
    match program.launch_uris(&[address], gio::AppLaunchContext::NONE) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(domain = ?error.domain(), scheme, "it did not open");
            false
        }
    }
}

/// Shows a notice; a click on it opens the advisory. Each lives on a thread of its own, which keeps it alive until it
/// is closed.
pub fn show_notice(app: AppHandle, notice: Notice) {
    thread::spawn(move || {
        let mut notification = Notification::new();
        notification
            .appname("Saparlas")
            .summary(&notice.title)
            .body(&plain(&notice.body))
            .timeout(Timeout::Default)
            .action("default", "Saparlas")
            .hint(Hint::Category("device".into()))
            .hint(Hint::SuppressSound(notice.loudness == Loudness::Silent))
            .urgency(urgency(notice.loudness));
        match notification.show() {
            Ok(handle) => wait(&app, &notice, handle),
            Err(error) => tracing::error!(%error, "the notification could not be shown"),
        }
    });
}

/// A body that a notification server shows as it is: those that read markup get none.
fn plain(body: &str) -> Cow<'_, str> {
    let reads_markup =
        notify_rust::get_capabilities().is_ok_and(|capabilities| capabilities.iter().any(|one| one == "body-markup"));
    if reads_markup { body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into() } else { body.into() }
}

fn urgency(loudness: Loudness) -> Urgency {
    match loudness {
        Loudness::Critical => Urgency::Critical,
        Loudness::Normal => Urgency::Normal,
        Loudness::Low | Loudness::Silent => Urgency::Low,
    }
}

fn wait(app: &AppHandle, notice: &Notice, handle: NotificationHandle) {
    handle.wait_for_action(|action| {
        if action == "default" {
            show_window(app);
            let target = serde_json::json!({ "screen": "advisory", "id": notice.id });
            if let Err(error) = app.emit("show", target) {
                tracing::error!(%error, "the window does not listen");
            }
        }
    });
}
