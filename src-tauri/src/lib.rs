//! The window: commands of five lines, notifications, dialling. What the app knows lives in `companion`.

mod arguments;
mod commands;
mod dial;
mod notices;
mod page;

use std::sync::Arc;

use companion::{
    Companion,
    advisories::Notice,
    host::{Host, Window},
};
use contract::words::Lang;
use rand::{SeedableRng, rngs::StdRng};
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};
use tracing_subscriber::EnvFilter;

use arguments::Arguments;
use page::Page;

pub use commands::NAMES as COMMANDS;

/// How the companion reaches this window.
struct Shell(AppHandle);

impl Window for Shell {
    fn changed(&self) {
        if let Err(error) = self.0.emit("changed", ()) {
            tracing::error!(%error, "the window does not listen");
        }
    }

    fn notify(&self, notice: Notice) {
        notices::show(self.0.clone(), notice);
    }
}

/// Opens the window and stays until it is closed.
pub fn run() {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        .init();
    // a second call finds the provider installed, which is as well
    let _already = rustls::crypto::ring::default_provider().install_default();
    let arguments = Arguments::read();
    let mut context = tauri::generate_context!();
    let page = Page::take_over(&mut context);
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            be_the_only_one(app.handle());
            let folder = arguments.data.clone().map_or_else(|| app.path().app_data_dir(), Ok)?;
            let host = host(app.handle())?;
            // what is kept is read and verified while the window comes up
            let opening = {
                let page = page.clone();
                let open = move || page.set_companion(Companion::open(&folder, arguments.profile(), host));
                std::thread::Builder::new().name("opening".into()).spawn(open)?
            };
            open_window(app.handle(), page.clone())?;
            let companion = opening.join().map_err(|_| "the app could not be opened")?;
            app.manage(companion.clone());
            if let Ok(session) = companion.session() {
                tauri::async_runtime::spawn(companion::sync::run(session.clone()));
            }
            Ok(())
        })
        .build(context);
    match built {
        Ok(app) => app.run(|_, _| {}),
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            std::process::exit(1);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge that hands in the clock and the randomness")]
fn host(app: &AppHandle) -> Result<Host, reqwest::Error> {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(std::time::Duration::from_secs(10))
        .build()?;
    let locale = sys_locale::get_locale().unwrap_or_default();
    Ok(Host {
        clock: Arc::new(jiff::Timestamp::now),
        rng: StdRng::from_rng(&mut rand::rng()),
        http: Arc::new(http),
        window: Arc::new(Shell(app.clone())),
        lang: Lang::from_tag(&locale).unwrap_or(Lang::En),
    })
}

fn open_window(app: &AppHandle, page: Page) -> tauri::Result<()> {
    let dialler = app.clone();
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Saparlas")
        .inner_size(390.0, 844.0)
        .min_inner_size(320.0, 480.0)
        .on_navigation(move |url| {
            let ours = page::is_ours(url);
            if !ours {
                dial::leave(&dialler, page.companion(), url);
            }
            ours
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// A second start shows the first one's window. One that has just died may still hold the name: it must not
/// keep the app from opening.
fn be_the_only_one(app: &AppHandle) {
    for _ in 0..2 {
        match app.plugin(tauri_plugin_single_instance::init(|app, _, _| show_window(app))) {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "another instance does not answer"),
        }
    }
}

fn show_window(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}
