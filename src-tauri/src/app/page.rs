//! Serves the UI with the call bar's number and what leads the first screen already in the page, so that one dials and
//! the other is read before any script runs, and with the first View, so that the scripts wait for no answer.

mod first_screen;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use companion::{Companion, call_bar::CallBar, view::View};
use contract::words::{Lang, Preference, Tag, Words};
use serde::Deserialize;
use serde_json::{Value, json};
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
            Ok(view) => {
                let given = Given { screen: &first_screen::html(&view), view: &data(&view) };
                fill(html, view.lang, &view.languages, &view.call, &given)
            }
            Err(failure) => {
                tracing::error!(%failure, "the page has no view");
                fill(html, companion.lang(), &[], &companion.call_bar(), &Given::default())
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

/// What of the View the page says in plain HTML.
fn said(lang: Lang, call: &CallBar) -> Value {
    json!({ "lang": lang, "call": call })
}

/// What goes into the page as it is.
#[derive(Default)]
struct Given<'a> {
    /// HTML; at `<!--screen-->`.
    screen: &'a str,
    /// JSON; at `{{view}}`.
    view: &'a str,
}

fn fill(html: &str, lang: Lang, languages: &[Tag], call: &CallBar, given: &Given) -> String {
    let (said, wanted) = (said(lang, call), Preference::new(lang, languages));
    // what is filled in is not read again
    let places = |part: &str| fill_places(part, &said, &wanted);
    let with_view = |part: &str| part.split("{{view}}").map(places).collect::<Vec<_>>().join(given.view);
    html.split("<!--screen-->").map(with_view).collect::<Vec<_>>().join(given.screen)
}

/// How an element of the page names what it holds: `data-fill="name:path …"`, an attribute or its `text` by a path
/// within the View. The script keeps the same places up to date.
const PLACE: &str = " data-fill=\"";

fn fill_places(html: &str, said: &Value, wanted: &Preference) -> String {
    let mut parts = html.split(PLACE);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (list, rest) = part.split_once('"').unwrap_or((part, ""));
        let (tag, content) = rest.split_once('>').unwrap_or((rest, ""));
        let mut text = String::new();
        for (name, path) in list.split(' ').filter_map(|filling| filling.split_once(':')) {
            let value = escape(&value_at(said, path, wanted));
            match name {
                "text" => text = value,
                attribute => filled.extend([" ", attribute, "=\"", &value, "\""]),
            }
        }
        filled.extend([PLACE, list, "\"", tag, ">", &text, content]);
    }
    filled
}

/// As the page says it; empty for what is not there.
fn value_at(said: &Value, path: &str, wanted: &Preference) -> String {
    match path.split('.').try_fold(said, |within, key| within.get(key)) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(is)) => is.to_string(),
        Some(texts @ Value::Object(_)) => Words::deserialize(texts).map_or_else(
            |error| {
                tracing::error!(%error, path, "no text of the page");
                String::new()
            },
            |words| words.shown(wanted).to_owned(),
        ),
        Some(Value::Null | Value::Number(_) | Value::Array(_)) | None => String::new(),
    }
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
    use companion::call_bar::{CallBarKind, SecondWay, SecondWayKind};

    use super::*;

    fn bar(line: Words, second_way: Option<SecondWay>) -> CallBar {
        CallBar {
            href: "tel:+442079460101".into(),
            writes: false,
            number: "+442079460101".into(),
            line,
            hours: Words::new("24/7", "24/7", "24/7"),
            demo: true,
            kind: CallBarKind::Mission,
            second_way,
        }
    }

    #[test]
    fn a_line_s_name_cannot_become_markup() {
        let call = CallBar { href: "tel:+1\"".into(), ..bar(Words::new("<b>&{{view}} data-fill=\"", "", ""), None) };
        let html =
            r#"<a data-fill="href:call.href data-way:call.second_way.way text:call.line"></a>{{view}}<!--screen-->"#;
        let given = Given { screen: "<p data-fill=\"\">{{view}}", view: "{}" };
        assert_eq!(
            fill(html, Lang::Kk, &[], &call, &given),
            [
                r#"<a href="tel:+1&quot;" data-way="" data-fill="href:call.href data-way:call.second_way.way text:call.line">"#,
                "&lt;b&gt;&amp;{{view}} data-fill=&quot;</a>{}<p data-fill=\"\">{{view}}",
            ]
            .concat()
        );
    }

    #[test]
    fn the_real_page_is_filled_whole_in_every_language() {
        let page = include_str!("../../../ui/index.html");
        let line = Words::new("Дубай", "Дубай", "Dubai");
        let (way, href) = (SecondWayKind::Office, "tel:+442079460102".to_owned());
        let call = bar(line.clone(), Some(SecondWay { way, href, line }));
        for lang in Lang::ALL {
            let given = Given { screen: "<main>Run</main>", view: r#"{"lang":"en"}"# };
            let filled = fill(page, lang, &[], &call, &given);
            assert!(!filled.contains("{{") && !filled.contains("}}"), "a place is left empty");
            let line = call.line.shown(&Preference::new(lang, &[]));
            for said in [
                format!("<html lang=\"{}\"", lang.tag()),
                format!("text:call.line\">{line}<"),
                format!("text:call.hours\">{}<", call.hours.shown(&Preference::new(lang, &[]))),
                format!("title=\"{line}\""),
                r#"text:call.number">+442079460101<"#.to_owned(),
                r#"href="tel:+442079460101" data-kind="mission" data-writes="false" data-demo="true""#.to_owned(),
                r#"href="tel:+442079460102" data-way="office""#.to_owned(),
                r#"id="view">{"lang":"en"}<"#.to_owned(),
                r#"<div id="app"><main>Run</main></div>"#.to_owned(),
            ] {
                assert!(filled.contains(&said), "{said} is not in the page");
            }
            let said = said(lang, &call);
            for path in
                page.split(PLACE).skip(1).flat_map(|part| part.split('"').next()).flat_map(|list| list.split(' '))
            {
                let pointer = path.split_once(':').unwrap().1.replace('.', "/");
                assert!(said.pointer(&format!("/{pointer}")).is_some(), "{path} is not of the View");
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
