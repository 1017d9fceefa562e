//! Handing a number, or a chat, to whatever opens it on this machine.

use std::thread;

use companion::{CallWay, Companion};
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
            "sms" => call(&app, companion, url.path(), CallWay::Sms),
            // why it did not open is in the log
            _page if companion.names_link(url.as_str()) => _ = platform::open(&app, url.as_str()),
            _page => tracing::warn!("a link that nothing verified names"),
        }
    });
}

/// Hands `number` to the dialler, then records the tap.
fn call(app: &AppHandle, companion: &Companion, number: &str, way: CallWay) {
    if !is_number(number) {
        tracing::warn!("not a phone number");
        return;
    }
    let scheme = match way {
        CallWay::Voice => "tel",
        CallWay::Sms => "sms",
    };
    let handed_over = platform::open(app, &format!("{scheme}:{number}"));
    if let Err(failure) = companion.called(number, way, handed_over) {
        tracing::error!(%failure, "the call could not be recorded");
    }
}

/// Digits alone, perhaps with a `+`: no service codes, no pauses, no parameters.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_phone_numbers_are_dialled() {
        for number in ["112", "999", "+442079460101"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "1", "*%2306%23", "*#06#", "+44,1", "112;ext=1", "+4420794601011234", "٩٩٩"] {
            assert!(!is_number(other), "{other}");
        }
    }
}
