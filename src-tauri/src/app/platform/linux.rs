//! Linux: addresses go through GIO, notices over D-Bus.

use std::{borrow::Cow, thread};

use companion::{
    host::{NotShown, Shown},
    notices::{Loudness, Notice, Sound},
};
use gio::prelude::AppInfoExt;
use gtk::glib::object::Cast;
use notify_rust::{Hint, Notification, NotificationHandle, Timeout, Urgency};
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};

use super::{Notices, desktop::show_window};

/// The view would zoom by itself wherever no script of the page is there to forbid it.
pub fn keep_unzoomed(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        if !pinch::take_from(webview.inner().upcast_ref()) {
            tracing::warn!("the view's own pinch is not found");
        }
    })
}

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

/// Notices are shown where somebody shows them; nobody is asked.
pub fn notices(_: &AppHandle, _: bool) -> Notices {
    if notify_rust::get_capabilities().is_ok() { Notices::On } else { Notices::Off }
}

/// Shows a notice; a click on it opens what it is of. Each lives on a thread of its own, which keeps it alive until it
/// is closed.
pub fn show_notice(app: AppHandle, notice: Notice, shown: Shown) {
    thread::spawn(move || match show(&notice, |sound| file_of(&app, sound)) {
        Ok((handle, unheard)) => {
            shown(Ok(()));
            if let Some(sound) = unheard {
                sound_in_window(&app, sound);
            }
            wait(&app, &notice, handle);
        }
        Err(not_shown) => shown(Err(not_shown)),
    });
}

/// The page sounds it where the one who shows the notice cannot.
fn sound_in_window(app: &AppHandle, sound: Sound) {
    if let Err(error) = app.emit("sound", sound) {
        tracing::error!(%error, "the window does not listen");
    }
}

fn file_of(app: &AppHandle, sound: Sound) -> Option<String> {
    let file = app.path().resource_dir().ok()?.join("sounds").join(sound.file());
    file.is_file().then(|| file.to_string_lossy().into_owned())
}

/// Shows it, with its sound where the one who shows it plays files. Gives the sound that nobody plays.
///
/// # Errors
/// Nobody is there to show it, or it cannot be said over D-Bus.
fn show(
    notice: &Notice,
    file_of: impl Fn(Sound) -> Option<String>,
) -> Result<(NotificationHandle, Option<Sound>), NotShown> {
    let server = notify_rust::get_capabilities().unwrap_or_default();
    let can = |capability: &str| server.iter().any(|one| one == capability);
    let file = notice.sound.filter(|_| can("sound")).and_then(file_of);
    let mut notification = Notification::new();
    notification
        .appname("Saparlas")
        .summary(&notice.title)
        .body(&plain(&notice.body, can("body-markup")))
        .timeout(Timeout::Default)
        .action("default", "Saparlas")
        .hint(Hint::Category("device".into()))
        .hint(Hint::SuppressSound(file.is_none()))
        .urgency(urgency(notice.loudness));
    let unheard = notice.sound.filter(|_| file.is_none());
    if let Some(file) = file {
        notification.hint(Hint::SoundFile(file));
    }
    let handle = notification.show().map_err(|error| NotShown(error.to_string()))?;
    Ok((handle, unheard))
}

/// A body that a notification server shows as it is: those that read markup get none.
fn plain(body: &str, reads_markup: bool) -> Cow<'_, str> {
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
            if let Err(error) = app.emit("show", &notice.opens) {
                tracing::error!(%error, "the window does not listen");
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use companion::notices::Opens;

    use super::*;

    fn notice(title: &str) -> Notice {
        let (opens, loudness) = (Opens::Advisory { id: "advisory.ae".parse().unwrap() }, Loudness::Critical);
        let sound = Some(Sound::Extreme);
        Notice { opens, loudness, sound, title: title.into(), body: "Step".into() }
    }

    /// Run by the tests below on a bus of their own.
    #[test]
    #[ignore = "run by others"]
    fn nothing_is_shown() {
        for title in ["Headline", "Head\0line"] {
            let error = show(&notice(title), |_| None).err().unwrap();
            eprintln!("{title:?}: {error}");
        }
    }

    fn fails_under(mut wrapped: Command) {
        let output = wrapped.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    fn this_test(command: &mut Command) -> &mut Command {
        let name = concat!(module_path!(), "::nothing_is_shown");
        let name = name.split_once("::").map_or(name, |(_, name)| name);
        command.args(["--exact", name, "--ignored", "--nocapture"])
    }

    #[test]
    fn where_there_is_no_bus_it_says_that_nothing_was_shown() {
        let mut command = Command::new(std::env::current_exe().unwrap());
        this_test(&mut command).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        fails_under(command);
    }

    #[test]
    #[cfg_attr(no_bus, ignore = "no dbus-run-session here")]
    fn where_nobody_shows_notifications_or_the_words_cannot_be_said_it_says_so() {
        let mut command = Command::new("dbus-run-session");
        command.arg("--").arg(std::env::current_exe().unwrap());
        // no screen: whoever is called to show it ends at once
        this_test(&mut command).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        fails_under(command);
    }
}
