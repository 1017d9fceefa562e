//! What a phone loads. It is a root of its own, and empty elsewhere: a library that desktops linked against could not
//! be optimized as a whole, and each of their builds would link it three times over.
#![cfg(mobile)]

mod app;

#[tauri::mobile_entry_point]
pub fn run() {
    app::run();
}
