//! Serves the UI with the call bar's number already in the page, so that it dials before any script runs, and with the
//! first View, so that the first screen waits for no answer.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use companion::{
    Companion,
    call_bar::{CallBar, CallBarKind, SecondWayKind},
    view::View,
};
use contract::words::{Lang, Preference, Tag};
use tauri::{
    Assets, Context, Wry,
    utils::assets::{AssetKey, AssetsIter, CspHash},
};
use url::Url;

/// The app; a page that is asked for before it is open waits.
#[derive(Clone, Default)]
pub struct Page {
    companion: Arc<OnceLock<Arc<Companion>>>,
}

impl Page {
    /// Puts itself before the embedded files of `context`.
    pub fn take_over(context: &mut Context<Wry>) -> Self {
        let page = Self::default();
        let files = context.set_assets(Box::new(Nothing));
        context.set_assets(Box::new(Filled { page: page.clone(), files }));
        page
    }

    pub fn set_companion(&self, companion: Companion) -> Arc<Companion> {
        self.companion.get_or_init(|| Arc::new(companion)).clone()
    }

    /// Waits until it is open.
    pub fn companion(&self) -> &Arc<Companion> {
        self.companion.wait()
    }

    fn fill(&self, html: &str) -> String {
        let companion = self.companion();
        match companion.view() {
            Ok(view) => fill(html, view.lang, &view.languages, &view.call, &data(&view)),
            Err(failure) => {
                tracing::error!(%failure, "the page has no view");
                fill(html, companion.lang(), &[], &companion.call_bar(), "")
            }
        }
    }
}

/// JSON that no markup can begin in.
fn data(view: &View) -> String {
    serde_json::to_string(view).map(|json| json.replace('<', "\\u003c")).unwrap_or_else(|error| {
        tracing::error!(%error, "the view cannot be written");
        String::new()
    })
}

fn fill(html: &str, lang: Lang, languages: &[Tag], call: &CallBar, view: &str) -> String {
    let wanted = Preference::new(lang, languages);
    let kind = match call.kind {
        CallBarKind::Mission => "mission",
        CallBarKind::Ministry => "ministry",
        CallBarKind::Emergency => "emergency",
    };
    let way = match call.second_way.as_ref().map(|second| second.way) {
        Some(SecondWayKind::Voice) => "voice",
        Some(SecondWayKind::Text) => "text",
        Some(SecondWayKind::Office) => "office",
        None => "none",
    };
    let second_href = call.second_way.as_ref().map_or("", |second| second.href.as_str());
    let value = |name: &str| match name {
        "lang" => Some(lang.tag().to_owned()),
        "kind" => Some(kind.to_owned()),
        "writes" => Some(call.writes.to_string()),
        "demo" => Some(call.demo.to_string()),
        "href" => Some(escape(&call.href)),
        "number" => Some(escape(&call.number)),
        "line" => Some(escape(call.line.shown(&wanted))),
        "way" => Some(way.to_owned()),
        "second" => Some(escape(second_href)),
        "view" => Some(view.to_owned()),
        _other => None,
    };
    // in one pass: what is filled in is not read again
    let mut parts = html.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}").and_then(|(name, rest)| Some((value(name)?, rest))) {
            Some((value, rest)) => filled.extend([value.as_str(), rest]),
            None => filled.extend(["{{", part]),
        }
    }
    filled
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// True for an address of the UI itself; the window goes nowhere else.
pub fn is_ours(url: &Url) -> bool {
    matches!((url.scheme(), url.host_str()), ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")))
        || url.as_str() == "about:blank"
}

struct Filled {
    page: Page,
    files: Box<dyn Assets<Wry>>,
}

impl Assets<Wry> for Filled {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let file = self.files.get(key)?;
        if !key.as_ref().ends_with("index.html") {
            return Some(file);
        }
        let html = String::from_utf8_lossy(&file);
        Some(Cow::Owned(self.page.fill(&html).into_bytes()))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        self.files.iter()
    }

    fn csp_hashes(&self, html_path: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        self.files.csp_hashes(html_path)
    }
}

/// Holds the place while the real files are taken out.
struct Nothing;

impl Assets<Wry> for Nothing {
    fn get(&self, _: &AssetKey) -> Option<Cow<'_, [u8]>> {
        None
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

#[cfg(test)]
mod tests {
    use companion::call_bar::SecondWay;
    use contract::words::Words;

    use super::*;

    #[test]
    fn a_line_s_name_cannot_become_markup() {
        let call = CallBar {
            href: "tel:+1\"".into(),
            writes: false,
            number: "+1\"".into(),
            line: Words::new("<b>&{{number}}", "", ""),
            demo: false,
            kind: CallBarKind::Mission,
            second_way: None,
        };
        let html = r#"<a lang="{{lang}}" data-kind="{{kind}}" data-way="{{way}}" href="{{href}}">{{line}}</a>{{view}}"#;
        let filled = fill(html, Lang::Kk, &[], &call, "{}");
        assert_eq!(
            filled,
            r#"<a lang="kk" data-kind="mission" data-way="none" href="tel:+1&quot;">&lt;b&gt;&amp;{{number}}</a>{}"#
        );
    }

    #[test]
    fn the_real_page_is_filled_whole_in_every_language() {
        let page = include_str!("../../../ui/index.html");
        let line = Words::new("Дубай", "Дубай", "Dubai");
        let second = SecondWay {
            way: SecondWayKind::Office,
            href: "tel:+442079460102".into(),
            name: line.clone(),
            hours: line.clone(),
        };
        let call = CallBar {
            href: "tel:+442079460101".into(),
            writes: false,
            number: "+442079460101".into(),
            line,
            demo: true,
            kind: CallBarKind::Mission,
            second_way: Some(second),
        };
        for lang in Lang::ALL {
            let filled = fill(page, lang, &[], &call, r#"{"lang":"en"}"#);
            assert!(!filled.contains("{{") && !filled.contains("}}"), "a place is left empty");
            for said in [
                format!("<html lang=\"{}\">", lang.tag()),
                format!("class=\"call-line\">{}<", call.line.shown(&Preference::new(lang, &[]))),
                r#"href="tel:+442079460101" data-kind="mission" data-writes="false" data-demo="true""#.to_owned(),
                r#"href="tel:+442079460102" data-way="office""#.to_owned(),
                r#"id="view">{"lang":"en"}<"#.to_owned(),
            ] {
                assert!(filled.contains(&said), "{said} is not in the page");
            }
        }
    }

    #[test]
    fn the_window_goes_nowhere_else() {
        for ours in ["tauri://localhost/", "http://tauri.localhost/index.html", "about:blank"] {
            assert!(is_ours(&ours.parse().unwrap()), "{ours}");
        }
        for other in ["https://example.com/", "tel:+77", "tauri://elsewhere/", "file:///etc/passwd", "data:text/html,x"]
        {
            assert!(!is_ours(&other.parse().unwrap()), "{other}");
        }
    }
}
