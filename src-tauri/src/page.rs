//! Serves the UI with the call bar's number already in the page, so that it dials before any script runs.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use companion::{app::Companion, view::CallBarKind};
use contract::words::Lang;
use tauri::{
    Assets, Context, Wry,
    utils::assets::{AssetKey, AssetsIter, CspHash},
};
use url::Url;

/// The app once it is open; the page is asked for only after that.
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

    pub fn set_companion(&self, companion: Arc<Companion>) {
        if self.companion.set(companion).is_err() {
            tracing::error!("the page had its companion already");
        }
    }

    fn fill(&self, html: &str) -> String {
        let Some(companion) = self.companion.get() else { return html.to_owned() };
        let (lang, call) = (companion.lang(), companion.call_bar());
        let mut line = format!("{}\u{a0}· {}", call.name.get(lang), call.hours.get(lang));
        if call.demo {
            line.push_str("\u{a0}· DEMO");
        }
        fill(html, lang, call.kind, &call.number, &line)
    }
}

fn fill(html: &str, lang: Lang, kind: CallBarKind, number: &str, line: &str) -> String {
    let kind = match kind {
        CallBarKind::Mission => "mission",
        CallBarKind::Ministry => "ministry",
        CallBarKind::Emergency => "emergency",
    };
    html.replace("{{lang}}", lang.tag())
        .replace("{{kind}}", kind)
        .replace("{{number}}", &escape(number))
        .replace("{{line}}", &escape(line))
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
    use super::*;

    #[test]
    fn a_line_s_name_cannot_become_markup() {
        let html = fill(
            r#"<a lang="{{lang}}" data-kind="{{kind}}" href="tel:{{number}}">{{line}}</a>"#,
            Lang::Kk,
            CallBarKind::Mission,
            "+1\"",
            "<b>&",
        );
        assert_eq!(html, r#"<a lang="kk" data-kind="mission" href="tel:+1&quot;">&lt;b&gt;&amp;</a>"#);
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
