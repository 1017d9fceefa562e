//! Handing a number, or a chat, to whatever opens it on this machine.

use std::thread;

use companion::{CallWay, Companion};
use contract::phone::is_dialled;
use tauri::AppHandle;
use url::Url;

use super::{page::Page, platform};

/// Takes a link that leads out of the window: a number to call or to write to, or a page that something verified
/// names. The window's thread hands it over and goes on: a phone's dialler is reached through that same thread.
pub fn leave(app: &AppHandle, page: &Page, url: &Url) {
    let (app, page, url) = (app.clone(), page.clone(), url.clone());
    thread::spawn(move || {
        let companion = page.companion();
        match url.scheme() {
            "tel" => call(&app, companion, url.path(), CallWay::Voice),
            "sms" if companion.is_coded_sms(&url) => {
                // noted before it goes, as all that leaves; a note that is lost holds up no cry
                if let Err(error) = companion.sms_opened(&url) {
                    tracing::error!(%error, "that an SMS was opened could not be kept");
                }
                // what is not opened here is sent from another phone, by the code on the screen
                let _opened = platform::open(&app, url.as_str());
            }
            "sms" => call(&app, companion, url.path(), CallWay::Sms),
            _page => open_page(&app, companion, &url),
        }
    });
}

/// Opens a page that something verified names, and no other.
fn open_page(app: &AppHandle, companion: &Companion, url: &Url) {
    if !companion.names_link(url.as_str()) {
        tracing::warn!("a link that nothing verified names");
        return;
    }
    // why it did not open is in the log
    let _opened = platform::open(app, url.as_str());
}

/// Hands `number` to the dialler, then records the tap.
fn call(app: &AppHandle, companion: &Companion, number: &str, way: CallWay) {
    if !is_dialled(number) {
        tracing::warn!("not a phone number");
        return;
    }
    let address = match way {
        CallWay::Voice => format!("tel:{number}"),
        CallWay::Sms => companion.sms_to(number),
    };
    let handed_over = platform::open(app, &address);
    if let Err(failure) = companion.called(number, way, handed_over) {
        tracing::error!(%failure, "the call could not be recorded");
    }
}
