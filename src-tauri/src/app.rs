//! The window: commands of five lines, notifications, dialling. What the app knows lives in `companion`.

mod commands;
mod dial;
mod page;
mod platform;
mod profile;
#[cfg(desktop)]
mod read;
#[cfg(desktop)]
mod reader;
mod save;

use std::sync::Arc;

use companion::{
    Companion,
    host::{Host, Shown, Window},
    notices::Notice,
};
use contract::words::Lang;
use rand::{SeedableRng, rngs::StdRng};
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use page::Page;
use platform::Asked;

/// The name by which the system knows the app: its ministry's, from the profile inside.
const IDENTIFIER: &str = env!("SAPARLAS_IDENTIFIER");

/// How the companion reaches this window.
struct Shell(AppHandle);

impl Window for Shell {
    fn changed(&self, revision: u64) {
        if let Err(error) = self.0.emit("changed", revision) {
            tracing::error!(%error, "the window does not listen");
        }
    }

    fn notify(&self, notice: Notice, shown: Shown) {
        platform::show_notice(self.0.clone(), notice, shown);
    }
}

/// Opens the window and stays until it is closed.
pub fn run() {
    let asked = std::env::var("RUST_LOG").ok().and_then(|targets| targets.parse().ok());
    let filter: Targets = asked.unwrap_or_else(|| Targets::new().with_default(tracing::Level::INFO));
    let stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry().with(filter).with(stderr).init();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a provider of TLS was installed before");
    }
    let Asked { data, profile, instead } = platform::asked();
    if let Some(instead) = instead {
        std::process::exit(instead());
    }
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = IDENTIFIER.into();
    let page = Page::take_over(&mut context);
    let built = platform::with_plugins(tauri::Builder::default())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            platform::opening(app.handle());
            let folder = data.map_or_else(|| app.path().app_data_dir(), Ok)?;
            // what is kept is read and verified while the window comes up
            let opening = {
                let (handle, page) = (app.handle().clone(), page.clone());
                let open = move || {
                    let (host, profile) = (host(&handle)?, profile::read(profile.as_deref()));
                    Ok::<_, reqwest::Error>(page.set_companion(Companion::open(&folder, profile, host)))
                };
                std::thread::Builder::new().name("opening".into()).spawn(open)?
            };
            open_window(app.handle(), page.clone())?;
            let companion = opening.join().map_err(|_| "the app could not be opened")??;
            app.manage(companion.clone());
            platform::opened(app.handle());
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
    let http = platform::with_roots(reqwest::Client::builder())?
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(std::time::Duration::from_secs(10))
        .build()?;
    Ok(Host {
        clock: Arc::new(jiff::Timestamp::now),
        rng: StdRng::from_rng(&mut rand::rng()),
        http: Arc::new(http),
        window: Arc::new(Shell(app.clone())),
        keychain: platform::keychain(),
        lang: Lang::from_tag(&platform::language()).unwrap_or(Lang::En),
    })
}

fn open_window(app: &AppHandle, page: Page) -> tauri::Result<()> {
    let dialler = app.clone();
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Saparlas")
        .inner_size(390.0, 844.0)
        .min_inner_size(320.0, 480.0)
        .on_navigation(move |url| {
            let ours = page::is_ours(url);
            if !ours {
                dial::leave(&dialler, &page, url);
            }
            ours
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        // a file that is dropped is the page's: the shell's own handler would take it away on macOS and Windows
        .disable_drag_drop_handler()
        .build()?;
    platform::keep_unzoomed(&window)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// Whatever got into the page runs no code of its own, loads nothing from elsewhere, and hears the shell's events:
    /// of Tauri's own commands it has no other.
    #[test]
    fn the_page_may_do_no_more_than_it_does() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = config["app"]["security"]["csp"].as_str().unwrap();
        assert!(policy.starts_with("default-src 'self'; connect-src ipc: http://ipc.localhost; "), "{policy}");
        for (directive, allowed) in policy.split("; ").skip(2).map(|one| one.split_once(' ').unwrap()) {
            assert_eq!(allowed, "'none'", "{directive}");
        }
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let hears = serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]);
        assert_eq!(capability["permissions"], hears);
        assert!(capability.get("remote").is_none(), "a page from elsewhere may nothing");
        assert_eq!(fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities")).unwrap().count(), 1);
    }

    /// Files that hold one of these words, of all that is in a folder.
    fn that_say(folder: &str, words: &[&str]) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut found = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(next) = folders.pop() {
            for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
                let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
                if name.contains("generated") || name.contains("tests") {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ext| ext == "rs" || ext == "ts" || ext == "svelte")
                    && words.iter().any(|word| fs::read_to_string(&path).unwrap().contains(word))
                {
                    found.push(name);
                }
            }
        }
        found.sort();
        found
    }

    /// All that leaves goes through the one client that is made here, and it goes to the front alone: what carries a
    /// request is named nowhere else, and the page has no way out but the shell.
    #[test]
    fn nothing_but_the_front_s_client_speaks_to_a_network() {
        let ways_out = [
            "Client::builder",
            "reqwest::Client::new",
            "reqwest::get",
            concat!("Tcp", "Stream"),
            concat!("Udp", "Socket"),
        ];
        // the two others are made by tests, and carry nothing
        assert_eq!(that_say("src", &ways_out), ["app.rs", "app/page/first_screen.rs", "app/platform/roots.rs"]);
        assert_eq!(that_say("../crates/companion/src", &ways_out), ["testing.rs"]);
        assert_eq!(that_say("../crates/companion/src", &[".carry("]), ["front_client.rs"]);
        assert!(that_say("../crates/contract/src", &ways_out).is_empty());
        assert!(that_say("../crates/atlas/src", &ways_out).is_empty());
        let of_a_page = ["fetch('", "fetch(`", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon"];
        assert!(that_say("../ui/src", &of_a_page).is_empty());
    }

    #[test]
    fn a_build_without_a_profile_goes_by_the_demo_s_identifier() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        assert_eq!(config["identifier"], "kz.saparlas.app");
        if option_env!("SAPARLAS_EMBED_PROFILE").is_none() {
            assert_eq!(config["identifier"], IDENTIFIER);
        }
    }
}
