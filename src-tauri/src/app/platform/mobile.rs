//! Android and iOS. Nothing here may wait on the window's thread: a plugin answers from it.

use std::thread;

use companion::{
    host::{NotShown, Shown},
    import::{NoReader, Reader},
    notices::Notice,
};
use reqwest::ClientBuilder;
use tauri::{AppHandle, Builder, Emitter, WebviewWindow, Wry, plugin::PermissionState};
use tauri_plugin_notification::NotificationExt;
use tauri_plugin_opener::OpenerExt;

use super::{Asked, Notices};

/// A phone asks for nothing: the data is in the app's own folder, the profile inside the app.
pub fn asked() -> Asked {
    Asked::default()
}

pub fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
    let builder = builder.plugin(super::opener()).plugin(tauri_plugin_notification::init());
    #[cfg(target_os = "android")]
    let builder = builder
        .plugin(tauri::plugin::Builder::<Wry>::new("safe-area").js_init_script(include_str!("safe_area.js")).build());
    builder
}

/// On Android, Mozilla's roots: the system's verifier is reached through a Java class that the app does not have, and
/// without it the first request would end the app.
#[cfg(target_os = "android")]
pub fn with_roots(client: ClientBuilder) -> reqwest::Result<ClientBuilder> {
    super::roots::mozilla(client)
}

/// The system's own roots.
#[cfg(target_os = "ios")]
pub fn with_roots(client: ClientBuilder) -> reqwest::Result<ClientBuilder> {
    Ok(client)
}

/// A BCP 47 tag; empty where the system names none. The app's own language in Android's settings is known to Java
/// alone: the activity leaves it in the environment.
#[cfg(target_os = "android")]
pub fn language() -> String {
    std::env::var("SAPARLAS_LANGUAGE").unwrap_or_default()
}

/// A BCP 47 tag; empty where the system names none.
#[cfg(target_os = "ios")]
pub fn language() -> String {
    sys_locale::get_locale().unwrap_or_default()
}

pub fn opening(_: &AppHandle) {}

/// Makes the notices' channels, so that the system's settings list them, and hears taps on notices. A tap that starts the
/// app is not heard: the first screen shows what the notice said.
pub fn opened(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        make_channels(&app);
        let window = app.clone();
        let heard = app.notification().on_action(move |action| {
            if let Some(target) = action.notification().and_then(|notice| notice.extra().get("opens")) {
                show(&window, target);
            }
        });
        if let Err(error) = heard {
            tracing::warn!(%error, "taps on notices are not heard");
        }
    });
}

fn show(app: &AppHandle, target: &serde_json::Value) {
    if let Err(error) = app.emit("show", target) {
        tracing::error!(%error, "the window does not listen");
    }
}

#[cfg(target_os = "android")]
fn make_channels(app: &AppHandle) {
    use tauri::Manager;

    let lang = app.state::<std::sync::Arc<companion::Companion>>().lang();
    if let Err(error) = super::channels::make(app, lang) {
        tracing::error!(%error, "the channels of notices could not be made");
    }
}

#[cfg(target_os = "ios")]
fn make_channels(_: &AppHandle) {}

/// Whether notices may be shown. Where that was never decided the system asks, if `ask` wants it to.
pub fn notices(app: &AppHandle, ask: bool) -> Notices {
    let notifications = app.notification();
    let state = if ask { notifications.request_permission() } else { notifications.permission_state() };
    match state {
        Ok(PermissionState::Granted) => Notices::On,
        Ok(PermissionState::Prompt) => Notices::ToAsk,
        // who refused once is not asked again
        Ok(PermissionState::Denied | PermissionState::PromptWithRationale) => Notices::Off,
        Err(error) => {
            tracing::warn!(%error, "the system does not say whether notices may be shown");
            Notices::Unknown
        }
    }
}

/// Shows a notice; one that may not be shown comes again later. On Android its channel is there first, in the language
/// of this moment.
pub fn show_notice(app: AppHandle, notice: Notice, shown: Shown) {
    thread::spawn(move || {
        if matches!(notices(&app, false), Notices::ToAsk | Notices::Off) {
            return shown(Err(NotShown("notices are not allowed".into())));
        }
        make_channels(&app);
        let notification = app
            .notification()
            .builder()
            .title(notice.title)
            .body(&notice.body)
            .large_body(&notice.body)
            .extra("opens", &notice.opens)
            .auto_cancel();
        #[cfg(target_os = "android")]
        let notification = notification.channel_id(super::channels::id(notice.loudness)).icon("notice");
        shown(notification.show().map_err(|error| NotShown(error.to_string())));
    });
}

/// The page itself sees to it.
pub fn keep_unzoomed(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Hands an address to the system; false where it refused at once. True is "handed over", no more: iOS says so whatever
/// becomes of it.
pub fn open(app: &AppHandle, address: &str) -> bool {
    match app.opener().open_url(address, None::<&str>) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "it was not handed over");
            false
        }
    }
}

/// A phone lets an app start no process of its own, and in this one a damaged picture could end the call bar.
pub fn reader() -> impl Reader {
    NoReader
}

/// A phone's page has no print dialog.
pub fn print(_: &WebviewWindow) -> bool {
    false
}
