//! The warning that leads the first screen, as plain HTML: it is read before any script runs, and the scripts put the
//! whole screen in its place. Its markup is that of `LeadAdvisory.svelte` down to the steps; its words are the UI's.

use companion::{
    advisories::AdvisoryState,
    view::{View, advisories::AdvisoryView},
};
use contract::{
    entry::advisory::Severity,
    words::{Lang, Preference},
};
use serde_json::{Map, Value};

use super::escape;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const WARNING_SIGN: &str = r#"<svg width="1rem" height="1rem" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3 M12 9v4 M12 17h.01" /></svg>"#;

/// Those messages of the UI in one language that are said here: `build/messages.rs` picks them.
struct Messages {
    lang: Lang,
    texts: Map<String, Value>,
}

impl Messages {
    fn of(lang: Lang) -> Self {
        let text = match lang {
            Lang::Kk => include_str!(concat!(env!("OUT_DIR"), "/said-kk.json")),
            Lang::Ru => include_str!(concat!(env!("OUT_DIR"), "/said-ru.json")),
            Lang::En => include_str!(concat!(env!("OUT_DIR"), "/said-en.json")),
        };
        let texts = serde_json::from_str(text).unwrap_or_else(|error| {
            tracing::error!(%error, ?lang, "no messages");
            Map::new()
        });
        Self { lang, texts }
    }

    fn say(&self, key: &str) -> &str {
        self.texts.get(key).and_then(Value::as_str).unwrap_or_else(|| {
            tracing::error!(key, "no message");
            ""
        })
    }

    fn count(&self, key: &str, count: i64) -> String {
        let forms = self.texts.get(key).and_then(|message| message.pointer("/0/match"));
        let form = |name: &str| forms?.get(format!("form={name}"))?.as_str();
        let text = form(plural(self.lang, count)).or_else(|| form("other")).unwrap_or_default();
        text.replace("{count}", &count.to_string())
    }

    fn ago(&self, seconds: i64) -> String {
        if seconds < MINUTE {
            self.say("just_now").to_owned()
        } else if seconds < HOUR {
            self.count("minutes_ago", seconds / MINUTE)
        } else if seconds < 2 * DAY {
            self.count("hours_ago", seconds / HOUR)
        } else {
            self.count("days_ago", seconds / DAY)
        }
    }
}

/// The plural category of CLDR.
fn plural(lang: Lang, count: i64) -> &'static str {
    match (lang, count % 10, count % 100) {
        (Lang::Kk | Lang::En, ..) => {
            if count == 1 {
                "one"
            } else {
                "other"
            }
        }
        (Lang::Ru, 1, tens) if tens != 11 => "one",
        (Lang::Ru, 2..=4, tens) if !(12..=14).contains(&tens) => "few",
        (Lang::Ru, ..) => "many",
    }
}

/// Empty where no warning holds now: what only comes is said with its time, by the scripts.
pub fn html(view: &View) -> String {
    let lead = view.advisories.iter().find(|one| Some(&one.id) == view.lead.as_ref());
    let Some(lead) = lead.filter(|lead| lead.main_part.state == AdvisoryState::InForce) else { return String::new() };
    let messages = Messages::of(view.lang);
    format!(
        r#"<header class="top ground grade-{}"><span class="brand">{}</span></header><main id="main"><div class="screen"><div class="columns"><div class="stack">{}</div></div></div></main>"#,
        grade(lead.main_part.severity).0,
        escape(messages.say("app_name")),
        article(view, lead, &messages)
    )
}

/// Of the ground that a warning stands on, and its word.
fn grade(severity: Severity) -> (u8, &'static str) {
    match severity {
        Severity::Extreme => (4, "severity_extreme"),
        Severity::Severe | Severity::Other => (3, "severity_severe"),
        Severity::Moderate => (2, "severity_moderate"),
        Severity::Minor => (1, "severity_minor"),
        Severity::Unknown => (2, "severity_unknown"),
    }
}

fn article(view: &View, advisory: &AdvisoryView, messages: &Messages) -> String {
    let part = &advisory.main_part;
    let wanted = Preference::new(view.lang, &view.languages);
    let (grade, severity) = grade(part.severity);
    let countries = part.countries.iter().map(|name| name.shown(&wanted));
    let kicker: Vec<&str> = std::iter::once(messages.say(severity)).chain(countries).collect();
    let mut html = format!(
        r#"<article class="lead ground grade-{grade}" data-testid="advisory-lead" data-id="{}"><p class="kicker">{WARNING_SIGN}<span>{}</span></p>"#,
        escape(advisory.id.as_str()),
        escape(&kicker.join("\u{a0}· ")),
    );
    if let Some(heading) = &part.heading {
        let (lang, words) = (escape(&heading.lang), escape(&heading.words));
        html += &format!(r#"<h2 class="headline" lang="{lang}" dir="auto">{words}</h2>"#);
    }
    if let Some(text) = part.texts.first() {
        let lang = escape(text.lang.as_str());
        if !text.lang.as_str().starts_with(view.lang.tag()) {
            let fallback = if part.topics.is_empty() { "advisory_fallback" } else { "advisory_fallback_topic" };
            let fallback = escape(messages.say(fallback));
            html += &format!(r#"<p data-testid="advisory-fallback">{fallback}</p>"#);
        }
        if !text.steps.is_empty() {
            let steps: String = text.steps.iter().map(|step| format!("<li>{}</li>", escape(step))).collect();
            html += &format!(r#"<ol class="steps" lang="{lang}" dir="auto">{steps}</ol>"#);
        }
    }
    let speaker = match &advisory.relayed {
        Some(relayed) if relayed.sender.is_empty() => escape(messages.say("advisory_relayed_unnamed")),
        Some(relayed) => escape(messages.say("advisory_relayed"))
            .replace("{sender}", &format!("<bdi>{}</bdi>", escape(&relayed.sender))),
        None => escape(messages.say("ministry_word")),
    };
    let ago = messages.ago(view.now.duration_since(advisory.issued_at).as_secs());
    html + &format!("<p class=\"meta\">{speaker}\u{a0}· {}</p></article>", escape(&ago))
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use companion::{
        Companion,
        advisories::WarningText,
        concern::Concern,
        headings::Heading,
        host::{Host, Shown, Window},
        notices::Notice,
        view::advisories::{AdvisoryGroup, PartView, Relayed},
    };
    use contract::{entry::advisory::Announced, words::Words};
    use jiff::Timestamp;
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    struct Closed;

    impl Window for Closed {
        fn changed(&self, _: u64) {}

        fn notify(&self, _: Notice, _: Shown) {}
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn advisory(headline: &str) -> AdvisoryView {
        let text = WarningText {
            lang: "ru".into(),
            headline: headline.into(),
            steps: vec!["Раз & два".into(), "Три".into()],
            why: String::new(),
            event: String::new(),
            sender: String::new(),
            web: String::new(),
            contact: String::new(),
        };
        AdvisoryView {
            id: "advisory.ae".parse().unwrap(),
            version: 1,
            announced: Announced::Loud,
            relayed: None,
            issued_at: at("2026-03-01T10:00:00Z"),
            group: AdvisoryGroup::Mine,
            main_part: PartView {
                severity: Severity::Extreme,
                heading: Some(Heading { words: headline.into(), lang: "ru".into(), is_ours: false }),
                texts: vec![text],
                countries: vec![Words::new("БАӘ", "ОАЭ", "UAE")],
                areas: Vec::new(),
                begins: at("2026-03-01T10:00:00Z"),
                expires: at("2026-03-03T10:00:00Z"),
                state: AdvisoryState::InForce,
                is_over: false,
                concerns: Concern::Here,
                perhaps: false,
                topics: Vec::new(),
                is_soon: true,
            },
            others: Vec::new(),
        }
    }

    /// The screen of a reader of Russian with this warning before him.
    fn screen(advisory: AdvisoryView) -> String {
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let host = Host {
            clock: Arc::new(|| at("2026-03-01T12:00:00Z")),
            rng: StdRng::seed_from_u64(1),
            http: Arc::new(reqwest::Client::builder().build().unwrap()),
            window: Arc::new(Closed),
            keychain: Arc::new(companion::host::NoKeychain("none".into())),
            lang: Lang::Ru,
        };
        let view = Companion::open(Path::new("/nowhere"), Ok(None), host).view().unwrap();
        html(&View { lead: Some(advisory.id.clone()), advisories: vec![advisory], ..view })
    }

    #[test]
    fn what_holds_is_there_to_read_with_its_age_and_no_word_of_it_is_markup() {
        let html = screen(advisory("Закрыто <img src=x onerror=alert(1)>"));
        for said in [
            r#"<span class="brand">Сапарлас</span>"#,
            r#"<article class="lead ground grade-4" data-testid="advisory-lead" data-id="advisory.ae">"#,
            "<span>Крайняя опасность\u{a0}· ОАЭ</span>",
            r#"<h2 class="headline" lang="ru" dir="auto">Закрыто &lt;img src=x onerror=alert(1)&gt;</h2>"#,
            r#"<ol class="steps" lang="ru" dir="auto"><li>Раз &amp; два</li><li>Три</li></ol>"#,
            "Слово МИД\u{a0}· 2 часа назад",
        ] {
            assert!(html.contains(said), "{said} is not in {html}");
        }
    }

    #[test]
    fn who_does_not_read_its_language_is_told_so_before_the_steps() {
        let mut foreign = advisory("Airport closed");
        foreign.main_part.texts[0].lang = "en-GB".into();
        assert!(screen(foreign).contains(r#"</h2><p data-testid="advisory-fallback">"#));
        assert!(!screen(advisory("Закрыто")).contains("advisory-fallback"));
    }

    #[test]
    fn another_authority_s_name_stays_within_itself() {
        let sender = "</bdi><b>{ago}".to_owned();
        let relayed = Relayed { sender, identifier: "1".into(), sent: at("2026-03-01T10:00:00Z") };
        let html = screen(AdvisoryView { relayed: Some(relayed), ..advisory("Закрыто") });
        assert!(html.contains("Источник: <bdi>&lt;/bdi&gt;&lt;b&gt;{ago}</bdi>"), "{html}");
    }

    #[test]
    fn what_only_comes_waits_for_the_scripts_which_say_when() {
        let holds = advisory("Закрыто");
        let main_part = PartView { state: AdvisoryState::Upcoming, ..holds.main_part.clone() };
        assert_eq!(screen(AdvisoryView { main_part, ..holds }), "");
    }

    #[test]
    fn an_age_is_said_as_the_scripts_say_it() {
        let said = |lang, seconds| Messages::of(lang).ago(seconds);
        assert_eq!(said(Lang::En, -5), "just now");
        assert_eq!(said(Lang::En, MINUTE), "1 minute ago");
        assert_eq!(said(Lang::Ru, 59 * MINUTE), "59 минут назад");
        assert_eq!(said(Lang::Ru, 21 * HOUR), "21 час назад");
        assert_eq!(said(Lang::Ru, 2 * HOUR), "2 часа назад");
        assert_eq!(said(Lang::Ru, 47 * HOUR), "47 часов назад");
        assert_eq!(said(Lang::Ru, 12 * DAY), "12 дней назад");
        assert_eq!(said(Lang::Kk, 3 * HOUR), "3 сағат бұрын");
    }

    #[test]
    fn every_word_of_it_is_a_message_in_every_language() {
        let keys = [
            "app_name",
            "severity_extreme",
            "severity_severe",
            "severity_moderate",
            "severity_minor",
            "severity_unknown",
            "advisory_relayed",
            "advisory_relayed_unnamed",
            "ministry_word",
            "just_now",
            "advisory_fallback",
            "advisory_fallback_topic",
        ];
        for messages in Lang::ALL.map(Messages::of) {
            for key in keys {
                assert_ne!(messages.say(key), "", "{key}");
            }
            for key in ["minutes_ago", "hours_ago", "days_ago"] {
                for count in [1, 2, 5, 21, 22] {
                    assert_ne!(messages.count(key, count), "", "{key} {count}");
                }
            }
            assert!(messages.say("advisory_relayed").contains("{sender}"));
        }
    }
}
