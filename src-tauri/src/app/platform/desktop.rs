//! Windows, macOS and Linux alike: arguments, one window that a second start brings to the front, printing.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use companion::import::Reader;
use reqwest::ClientBuilder;
use tauri::{AppHandle, Builder, Manager, WebviewWindow, Wry};

use super::{
    super::{
        read,
        reader::{InChild, answer},
    },
    Asked,
};

/// The app a ministry gives its citizens abroad.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Folder for what you enter and what the ministry says
    #[arg(long, env = "SAPARLAS_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The ministry's profile; ignored by a build that has one inside
    #[arg(long, env = "SAPARLAS_PROFILE", value_name = "FILE")]
    profile: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What is done without a window.
#[derive(Subcommand)]
enum Command {
    /// Print the legs of a trip that a file proposes, as JSON
    Read {
        #[arg(required_unless_present = "child")]
        file: Option<PathBuf>,
        /// Look at a picture or a PDF that comes by stdin
        #[arg(long, hide = true, conflicts_with = "file")]
        child: bool,
    },
}

pub fn asked() -> Asked {
    let Arguments { data, profile, command } = Arguments::parse();
    let instead = command.map(|Command::Read { file, child }| -> Box<dyn FnOnce() -> i32> {
        match file {
            Some(file) if !child => Box::new(move || read::print(&file)),
            Some(_) | None => Box::new(answer),
        }
    });
    Asked { data, profile, instead }
}

pub fn with_plugins(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(super::opener())
}

/// The system's own roots.
pub fn with_roots(client: ClientBuilder) -> reqwest::Result<ClientBuilder> {
    Ok(client)
}

/// A BCP 47 tag; empty where the system names none.
pub fn language() -> String {
    sys_locale::get_locale().unwrap_or_default()
}

/// A second start shows the first one's window. One that has just died may still hold the name: it must not
/// keep the app from opening, which a plugin of the builder's would.
pub fn opening(app: &AppHandle) {
    for _ in 0..2 {
        match app.plugin(tauri_plugin_single_instance::init(|app, _, _| show_window(app))) {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "another instance does not answer"),
        }
    }
}

pub fn opened(_: &AppHandle) {}

pub fn show_window(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Another process of this binary.
pub fn reader() -> impl Reader {
    InChild::new()
}

/// Opens the print dialog. False where there is none.
pub fn print(window: &WebviewWindow) -> bool {
    match window.print() {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the page cannot be printed");
            false
        }
    }
}
