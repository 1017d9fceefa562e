//! What the UI can ask for. Each is a few lines: `companion` does the work.

use std::sync::Arc;

use companion::{
    app::Companion,
    error::{Failure, FailureCode},
    guidance::{self, Topic},
    trips::{Place, TripDraft},
    view::View,
};
use contract::{
    ids::{CallId, EntryId, TripId},
    records::{CallOutcome, CheckInStatus},
    words::Lang,
};
use serde::Serialize;
use tauri::{AppHandle, Emitter, State, Wry, ipc::Invoke};

use crate::dial;

type App<'a> = State<'a, Arc<Companion>>;

macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// Every command, for the test that the UI knows each of them.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

commands! {
    view, guidance, look_up, trip_save, trip_draft, trip_delete, check_in, call_outcome, set_language,
    send_now, advisory_read, open_wifi_page, dismiss_refused, qr, open_link,
}

#[tauri::command(async)]
fn view(app: App<'_>) -> Result<View, Failure> {
    app.view()
}

#[tauri::command(async)]
fn guidance() -> Vec<Topic> {
    guidance::shipped()
}

#[tauri::command(async)]
fn look_up(query: &str) -> Vec<Place> {
    companion::look_up(query)
}

#[tauri::command(async)]
fn trip_save(app: App<'_>, id: Option<TripId>, draft: TripDraft) -> Result<TripId, Failure> {
    app.ready()?.save_trip(id, &draft)
}

#[tauri::command(async)]
fn trip_draft(app: App<'_>, id: TripId) -> Result<TripDraft, Failure> {
    app.ready()?.trip_draft(id)
}

#[tauri::command(async)]
fn trip_delete(app: App<'_>, id: TripId) -> Result<(), Failure> {
    app.ready()?.delete_trip(id)
}

#[tauri::command(async)]
fn check_in(app: App<'_>, status: CheckInStatus) -> Result<(), Failure> {
    app.ready()?.check_in(status)
}

#[tauri::command(async)]
fn call_outcome(app: App<'_>, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
    app.call_outcome(id, outcome)
}

#[tauri::command(async)]
fn set_language(handle: AppHandle, app: App<'_>, lang: Lang) -> Result<(), Failure> {
    app.set_language(lang)?;
    handle.emit("changed", ()).map_err(|_| Failure::new(FailureCode::StoreUnavailable))
}

#[tauri::command(async)]
fn send_now(app: App<'_>) -> Result<(), Failure> {
    app.ready()?.send_now()
}

#[tauri::command(async)]
fn advisory_read(app: App<'_>, id: EntryId, version: u32) -> Result<(), Failure> {
    app.ready()?.advisory_read(&id, version)
}

/// A plain page of the front's address: a network that wants a sign-in answers it with its own.
#[tauri::command]
fn open_wifi_page(handle: AppHandle, app: App<'_>) -> Result<(), Failure> {
    let address = app.ready()?.front_url().replacen("https://", "http://", 1);
    dial::open(&handle, &address).then_some(()).ok_or(Failure::new(FailureCode::NotFound))
}

#[tauri::command(async)]
fn dismiss_refused(app: App<'_>) -> Result<(), Failure> {
    app.ready()?.dismiss_refused();
    Ok(())
}

/// A QR code's dark modules as an SVG path, one unit a module.
#[derive(Serialize)]
struct Qr {
    size: usize,
    path: String,
}

#[tauri::command(async)]
fn qr(text: &str) -> Result<Qr, Failure> {
    let code = qrcode::QrCode::new(text).map_err(|_| Failure::new(FailureCode::TextTooLong))?;
    let size = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % size, at / size)).collect();
    Ok(Qr { size, path })
}

/// Opens a page of the shipped guidance's sources, in the system's browser.
#[tauri::command]
fn open_link(handle: AppHandle, url: &str) -> Result<(), Failure> {
    let known = guidance::shipped().iter().flat_map(|topic| &topic.sources).any(|source| source.url == url);
    (known && dial::open(&handle, url)).then_some(()).ok_or(Failure::new(FailureCode::NotFound))
}
