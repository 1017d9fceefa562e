//! Handing a number, or a chat, to whatever opens it on this machine.

use std::{sync::Arc, thread};

use companion::{CallWay, Companion};
use tauri::AppHandle;
use url::Url;

/// Takes a link that leads out of the window: a number to call or to write to, or a page that something verified
/// names. Runs on the window's thread: the dialler comes first.
pub fn leave(app: &AppHandle, companion: &Arc<Companion>, url: &Url) {
    match url.scheme() {
        "tel" => call(app, companion, url.path(), CallWay::Voice),
        "sms" => call(app, companion, url.path(), CallWay::Sms),
        // why it did not open is in the log
        _page if companion.names_link(url.as_str()) => _ = open(app, url.as_str()),
        _page => tracing::warn!("a link that nothing verified names"),
    }
}

/// Opens the dialler with `number`, then records the tap.
fn call(app: &AppHandle, companion: &Arc<Companion>, number: &str, way: CallWay) {
    if !is_number(number) {
        tracing::warn!("not a phone number");
        return;
    }
    let scheme = match way {
        CallWay::Voice => "tel",
        CallWay::Sms => "sms",
    };
    let dialled = open(app, &format!("{scheme}:{number}"));
    let (companion, number) = (companion.clone(), number.to_owned());
    thread::spawn(move || {
        if let Err(failure) = companion.called(&number, way, dialled) {
            tracing::error!(%failure, "the call could not be recorded");
        }
    });
}

/// Digits alone, perhaps with a `+`: no service codes, no pauses, no parameters.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (2..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Opens an address with the program registered for it. False where there is none.
#[cfg(target_os = "linux")]
pub fn open(_: &AppHandle, address: &str) -> bool {
    use gio::prelude::AppInfoExt;

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

/// Opens an address with the program registered for it. False where there is none.
#[cfg(not(target_os = "linux"))]
pub fn open(app: &AppHandle, address: &str) -> bool {
    use tauri_plugin_opener::OpenerExt;

    match app.opener().open_url(address, None::<&str>) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "it did not open");
            false
        }
    }
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
