//! The console's page, as it was built into this program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::fault::Fault;

mod built {
    include!(concat!(env!("OUT_DIR"), "/console.rs"));
}

/// Where the console was not built, its place says so.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Saparlas</title>\
    <p>The console is not in this program: run <code>make ui</code>, and build it anew.\
    <p lang=\"ru\">Консоли нет в этой программе: выполните <code>make ui</code> и соберите её заново.\
    <p lang=\"kk\">Бұл бағдарламада консоль жоқ: <code>make ui</code> орындап, қайта жинаңыз.";

pub async fn index() -> Response {
    let page = find("index.html").unwrap_or(NOT_BUILT.as_bytes());
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// What shows a push while no page is open. A browser looks anew whether it changed.
pub async fn worker() -> Response {
    let Some(bytes) = find("worker.js") else { return Fault::not_found().into_response() };
    ([(header::CONTENT_TYPE, kind("worker.js")), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
}

/// What has its hash in its name is kept for ever.
pub async fn asset(Path(name): Path<String>) -> Response {
    let Some(bytes) = find(&format!("assets/{name}")) else { return Fault::not_found().into_response() };
    let kind = [(header::CONTENT_TYPE, kind(&name)), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (StatusCode::OK, kind, bytes).into_response()
}

fn find(name: &str) -> Option<&'static [u8]> {
    built::FILES.iter().find(|(held, _)| *held == name).map(|(_, bytes)| *bytes)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("ogg") => "audio/ogg",
        Some("wav") => "audio/wav",
        Some(_) | None => "application/octet-stream",
    }
}
