//! Desktop notifications. Each lives on a thread of its own, which keeps it alive until it is closed.

use std::thread;

use companion::advisories::{Loudness, Notice};
use notify_rust::{Hint, Notification, Timeout};
use tauri::{AppHandle, Emitter};

/// Shows a notice; a click on it opens the advisory.
pub fn show(app: AppHandle, notice: Notice) {
    thread::spawn(move || {
        let mut notification = Notification::new();
        notification
            .appname("Saparlas")
            .summary(&notice.title)
            .body(&plain(&notice.body))
            .timeout(Timeout::Default)
            .action("default", "Saparlas")
            .hint(Hint::Category("device".into()));
        set_urgency(&mut notification, notice.loudness);
        match notification.show() {
            Ok(handle) => wait(&app, &notice, handle),
            Err(error) => tracing::error!(%error, "the notification could not be shown"),
        }
    });
}

/// A body that a notification server shows as it is: those that read markup get none.
#[cfg(target_os = "linux")]
fn plain(body: &str) -> std::borrow::Cow<'_, str> {
    let reads_markup =
        notify_rust::get_capabilities().is_ok_and(|capabilities| capabilities.iter().any(|one| one == "body-markup"));
    if reads_markup { body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into() } else { body.into() }
}

#[cfg(not(target_os = "linux"))]
fn plain(body: &str) -> &str {
    body
}

#[cfg(target_os = "linux")]
fn set_urgency(notification: &mut Notification, loudness: Loudness) {
    use notify_rust::Urgency;

    notification.urgency(match loudness {
        Loudness::Critical => Urgency::Critical,
        Loudness::Normal => Urgency::Normal,
        Loudness::Low => Urgency::Low,
    });
}

#[cfg(not(target_os = "linux"))]
fn set_urgency(_: &mut Notification, _: Loudness) {}

#[cfg(target_os = "linux")]
fn wait(app: &AppHandle, notice: &Notice, handle: notify_rust::NotificationHandle) {
    handle.wait_for_action(|action| {
        if action == "default" {
            crate::show_window(app);
            let target = serde_json::json!({ "screen": "advisory", "id": notice.id });
            if let Err(error) = app.emit("show", target) {
                tracing::error!(%error, "the window does not listen");
            }
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn wait(_: &AppHandle, _: &Notice, _: notify_rust::NotificationHandle) {}
