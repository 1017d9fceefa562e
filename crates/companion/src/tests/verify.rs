//! What somebody passed on, beside what the ministry has signed: four answers, and never a yes to a foreign number.

use std::collections::BTreeMap;

use contract::{
    entry::{
        Body, Entry,
        advisory::{AdvisoryText, Severity},
        level::Level,
        line::{Line, LineKind, LineState},
        mission::Mission,
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
        topic::{Group, Topic, TopicText},
    },
    hours::Hours,
    place::Area,
    record::CheckInStatus,
    words::{Lang, Source, Tag, Texts},
};
use jiff::Timestamp;
use proptest::{collection::vec, prelude::*};
use serde::Deserialize;
use testkit::{advisory, entry, words};

use crate::{
    ChosenPlace,
    advisories::AdvisoryState,
    places::country_name,
    search::Target,
    testing::{self, Device},
    topics::shipped,
    verify::{Answer, Answers, EmergencyFound, Holds, Passage, Printed, Tells, Verdict, With},
};

const NOW: &str = "2026-03-01T12:00:00Z";
const STEPS: [&str; 3] =
    ["Уйдите в комнату без окон.", "Не ездите в аэропорт без нашего слова.", "Звоните: +7 7172 72 01 11."];
const WHY: &str = "Небо над ОАЭ закрыто, возможны удары с воздуха. Мы сообщим о рейсах.";

fn warned(headline: &str, steps: &[&str], why: &str) -> Device {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&entry("advisory.ae", 1, body(headline, steps, why)));
    device.catch_up();
    device
}

fn body(headline: &str, steps: &[&str], why: &str) -> Body {
    let text = AdvisoryText {
        headline: headline.into(),
        steps: steps.iter().map(|step| (*step).into()).collect(),
        why: why.into(),
    };
    let mut advisory = advisory("AE");
    advisory.texts = Texts::from_iter(
        [("kk", &text), ("ru", &text), ("en", &text)].map(|(tag, text)| (tag.parse().unwrap(), text.clone())),
    );
    Body::Advisory(advisory)
}

fn dubai() -> Device {
    warned("Оставайтесь в здании", &STEPS, WHY)
}

fn warning(id: &str) -> Target {
    Target::Advisory { id: id.parse().unwrap() }
}

fn ask(device: &Device, text: &str) -> Answer {
    device.companion.verify(text, &printed()).unwrap()
}

/// What the screens show with the ministry's words.
fn printed() -> Vec<Printed> {
    let with = |words: &str, with| Printed { words: words.into(), with };
    vec![
        with("Что делать", With::Warning),
        with("Почему", With::Warning),
        with("Серьёзная опасность", With::Severity { severity: Severity::Severe }),
        with("Крайняя опасность", With::Severity { severity: Severity::Extreme }),
        with("Уровень 3: отложите поездку", With::Level { level: 3 }),
        with("Уровень 4: не поезжайте", With::Level { level: 4 }),
        with("4-деңгей: бармаңыз", With::Level { level: 4 }),
        with("Что делать сейчас", With::Topic),
        with("Почему", With::Topic),
        with("К кому обратиться", With::Topic),
        with("Проверено: {when}", With::Reviewed),
    ]
}

fn verdict(device: &Device, text: &str) -> Verdict {
    ask(device, text).verdict
}

#[test]
fn the_ministry_s_words_are_its_own_however_a_messenger_lays_them_out() {
    let device = dubai();
    for text in [
        "Оставайтесь в здании",
        "*Оставайтесь в здании*\n\n1. Уйдите в комнату без окон.\n2. Не ездите в аэропорт без нашего слова.",
        "«Оставайтесь в здании!» Уйдите в комнату без окон. Не ездите в аэропорт без нашего слова",
        "оставайтесь  в\u{a0}здании\r\n• Небо над ОАЭ закрыто, возможны удары с воздуха",
        "Звоните: +7 7172 72 01 11.",
    ] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
        let said = answer.passages[0].said.as_ref().unwrap();
        assert_eq!((&said.page, said.is_over()), (&warning("advisory.ae"), false));
    }
}

#[test]
fn the_ministry_s_words_are_its_own_however_they_are_pointed() {
    let device = dubai();
    for text in [
        "Небо над ОАЭ закрыто возможны удары с воздуха.",
        "Небо над ОАЭ закрыто, возможны удары с воздуха! Мы сообщим о рейсах",
        "НЕБО НАД ОАЭ закрыто «возможны удары\nс воздуха»…",
        "⚠️ Оставайтесь в здании 🙏, уйдите в комнату без окон",
        "1️⃣ Уйдите в комнату без окон\n2️⃣ Не ездите в аэропорт без нашего слова",
        "> Оставайтесь в здании\nпереслано",
        "Forwarded many times\nОставайтесь в здании",
        "Звоните, +7 (7172) 72 01 11",
        "> > Оставайтесь в здании\n> > 1. Уйдите в комнату без окон",
    ] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
    }
}

#[test]
fn a_mark_that_turns_a_step_round_is_told_and_the_step_stands_beside_it() {
    let device = warned(
        "Protests: do not go to the centre",
        &["Do not leave your hotel after 19:00.", "Не выходите из гостиницы после 19:00.", "Не выходите."],
        "Сағат 19:00-ден кейін қонақүйден шықпаңыз. Do not drive, walk or wait there.",
    );
    let leave = "Do not leave your hotel after 19:00.";
    for (text, whole) in [
        ("Do not. Leave your hotel after 19:00.", leave),
        ("Do not! Leave your hotel after 19:00", leave),
        ("Do not - leave your hotel after 19:00.", leave),
        ("Do not — leave your hotel after 19:00.", leave),
        ("Do not—leave your hotel after 19:00.", leave),
        ("(Do not) leave your hotel after 19:00.", leave),
        ("Do not: leave your hotel after 19:00.", leave),
        ("Do not, leave your hotel after 19:00.", leave),
        ("Do not\nLeave your hotel after 19:00.", leave),
        ("Do not 🙏 Leave your hotel after 19:00.", leave),
        ("Do not ✅ leave your hotel after 19:00.", leave),
        ("Do not\n\n1. Leave your hotel after 19:00.", leave),
        ("Do not leave. Your hotel after 19:00.", leave),
        ("Do not leave your hotel after 19:00?", leave),
        ("1. Do not leave your hotel after 19:00 ❓", leave),
        ("Do not leave your hotel after 19:00. (?)", leave),
        ("~Do not leave your hotel after 19:00.~", leave),
        ("~Do not~ leave your hotel after 19:00.", leave),
        ("Do not ~leave~ your hotel after 19:00.", leave),
        ("Do ~~not~~ leave your hotel after 19:00.", leave),
        ("Protests? Do not... Go to the centre", "Protests: do not go to the centre"),
        ("Не! Выходите из гостиницы после 19:00.", "Не выходите из гостиницы после 19:00."),
        ("Не! Выходите.", "Не выходите."),
        ("Сағат 19:00-ден кейін. Қонақүйден шықпаңыз", "Сағат 19:00-ден кейін қонақүйден шықпаңыз."),
        ("Do not drive. Walk or wait there.", "Do not drive, walk or wait there."),
    ] {
        for (before, after) in [("", ""), ("Protests: do not go to the centre\n", ""), ("", "\nНе выходите.")]
        {
            let answer = ask(&device, &format!("{before}{text}{after}"));
            assert!(!is_yes(answer.verdict), "{text}: {answer:?}");
            let mut foreign = answer.passages.iter().filter(|passage| passage.is_foreign());
            let told = foreign.next().and_then(|passage| passage.whole.as_ref());
            assert_eq!(told.map(|told| (told.words.as_str(), told.is_repointed)), Some((whole, true)), "{answer:?}");
            assert!(foreign.next().is_none(), "{answer:?}");
        }
    }
    for text in [
        "protests do not go to the centre",
        "Protests. Do not go to the centre!",
        "DO NOT LEAVE\nYOUR HOTEL AFTER 19:00",
        "Do *not* leave _your hotel_ after 19:00…",
        "Do not drive walk or wait there",
        "«Do not leave your hotel» after 19:00",
        "> Do not\n> leave your hotel\n> after 19:00",
    ] {
        assert_eq!(verdict(&device, text), Verdict::WordForWord, "{text}: {:?}", ask(&device, text));
    }
    let device = warned("Keep ~300 m away or ~500 m", &["Did you hear shots? Lie down."], "");
    for text in ["Keep ~300 m away or ~500 m", "Did you hear shots? Lie down.", "Keep 300 m away or 500 m."] {
        assert_eq!(verdict(&device, text), Verdict::WordForWord, "{text}: {:?}", ask(&device, text));
    }
}

#[test]
fn a_line_that_a_messenger_or_a_mail_puts_around_a_true_text_is_nobody_s_and_makes_it_no_other() {
    let device = dubai();
    for line in [
        "Forwarded from Мама",
        "[Forwarded from Айгуль Серікқызы]",
        "Переслано от: Казахстанцы Дубая",
        "Sent from my iPhone",
        "Отправлено со смартфона Samsung Galaxy.",
        "Отправлено с iPhone",
    ] {
        for text in [format!("{line}\nОставайтесь в здании."), format!("> Оставайтесь в здании.\n\n{line}")]
        {
            let (verdict, own, foreign) = foreign_in(&device, &text);
            assert_eq!((verdict, own, foreign.as_slice()), (Verdict::Around, 1, [line.to_owned()].as_slice()));
        }
        assert_eq!(verdict(&device, line), Verdict::Nothing, "around nothing");
    }
    device.pass_to("2026-03-04T12:00:00Z");
    assert_eq!(
        verdict(&device, "Forwarded from Мама\nОставайтесь в здании"),
        Verdict::Around,
        "it is signed, however old"
    );
}

#[test]
fn an_envelope_is_told_from_what_is_in_it_however_messengers_and_mails_write_it() {
    let device = dubai();
    let said = "Оставайтесь в здании.\n1. Уйдите в комнату без окон.";
    for (head, by) in [
        ("[12:03, 28/11] +7 701 555 12 12: ", "+7 701 555 12 12"),
        ("[12:03, 28/11/2026] \u{202a}+7 701 555-12-12\u{202c}: ", "+7 701 555-12-12"),
        ("[28/11, 12:03] Aunt Saule: ", "Aunt Saule"),
        ("[28/11, 12:03] aunt saule: ", "aunt saule"),
        ("[28/11, 12:03] Жанна: ", "Жанна"),
        ("[28.11, 12:03] ~\u{202f}Жанна: ", "Жанна"),
        ("[28/11/26, 12:03:59] Папа работа 2: ", "Папа работа 2"),
        ("[2026-11-28, 12:03 p.m.] Сауле-апа ❤️: ", "Сауле-апа ❤"),
        ("[11/28/26, 9:40:12\u{202f}PM] Mum: ", "Mum"),
        ("28/11/2026, 12:03 - 8 (701) 555-12-12: ", "8 (701) 555-12-12"),
        ("Aunt Saule, [28.11.2026 12:03]\n", "Aunt Saule"),
        ("Aunt Saule, [28 Nov 2026 at 12:03:11]:\n", "Aunt Saule"),
        ("Forwarded from +7 701 555 12 12\n", "+7 701 555 12 12"),
        ("Forwarded from Aunt Saule\n", "Aunt Saule"),
        ("On 28 Nov 2026, at 12:03, Aunt Saule <saule@mail.kz> wrote:\n\n> ", "Aunt Saule <saule@mail.kz>"),
        ("сб, 28 нояб. 2026 г. в 12:03, Сауле <saule@mail.kz>:\n> ", "Сауле <saule@mail.kz>"),
        ("28.11.2026 12:03, Сауле пишет:\n", "Сауле"),
        (
            "---------- Forwarded message ---------\nFrom: Aunt Saule <saule@mail.kz>\nDate: Sat, 28 Nov 2026 at 12:03\nSubject: Fwd: \nTo: <me@mail.kz>\n\n",
            "Aunt Saule <saule@mail.kz>",
        ),
        ("От: Сауле\nОтправлено: 28 ноября 2026 г. 12:03\nКому: Айгуль Серікқызы\n\n", "Сауле"),
    ] {
        let answer = ask(&device, &format!("{head}{said}"));
        assert_eq!(answer.verdict, Verdict::Around, "{head}: {answer:?}");
        let senders: Vec<_> = answer.passages.iter().filter_map(|one| one.sent_on.as_ref()).collect();
        assert_eq!(senders.iter().map(|one| one.by.as_str()).collect::<Vec<_>>(), [by], "{answer:?}");
        assert_eq!(foreign_sender(&answer).is_some(), by.contains("555"), "{answer:?}");
        assert_eq!(answer.passages.iter().filter(|passage| passage.is_its_own).count(), 2, "{answer:?}");
        let scam = ask(&device, &format!("{head}Завтра рейс, переведите 5000 ₸"));
        assert_eq!(scam.verdict, Verdict::NoSuchWord, "{head}: {scam:?}");
        assert!(scam.passages.iter().any(|passage| passage.sent_on.is_some()), "{scam:?}");
    }
    let each = "[28/11, 12:03] Aunt Saule: Оставайтесь в здании\n[28/11, 12:04] Aunt Saule: 1. Уйдите в комнату без окон.\n[28/11, 12:04] Aunt Saule: 2. Не ездите в аэропорт без нашего слова.";
    let answer = ask(&device, each);
    assert_eq!(answer.verdict, Verdict::Around, "{answer:?}");
    let around: Vec<_> = answer.passages.iter().filter(|passage| passage.is_around).collect();
    assert_eq!(around.iter().map(|passage| passage.times).collect::<Vec<_>>(), [3], "who sent it is told once");
    let line = device.session().profile.line.number.as_str().to_owned();
    let forged = ask(&device, &format!("[28/11, 12:03] {line}: {said}"));
    assert!(forged.verdict == Verdict::Around && foreign_sender(&forged).is_none(), "{forged:?}");
}

#[test]
fn what_whoever_sends_it_on_asks_of_a_true_text_is_no_addition_to_it() {
    let device = dubai();
    let said = "Оставайтесь в здании.\n1. Уйдите в комнату без окон.";
    for question in ["Is it true???", "Is this true?", "Это правда??", "Правда? 😱", "Бұл рас па?", "16:58 ✓✓"]
    {
        for text in [format!("{question}\n{said}"), format!("{said}\n\n{question}"), format!("{said} {question}")] {
            let answer = ask(&device, &text);
            assert_eq!(answer.verdict, Verdict::Around, "{answer:?}");
            let asked = answer.passages.iter().filter(|passage| passage.is_asked).count();
            assert_eq!(asked, usize::from(question.contains('?')), "{answer:?}");
        }
    }
    assert_eq!(verdict(&device, "Это правда?"), Verdict::Question);
    assert_eq!(verdict(&device, "Завтра рейс, переведите 5000 ₸\nЭто правда?"), Verdict::NoSuchWord);
    for more in
        ["Это правда!", "Это неправда?", "Это правда? Нет.", "Не верьте?", "16:58", "Рейс 16:58 ✓✓", "✓ 8 701 16:58"]
    {
        assert_eq!(verdict(&device, &format!("{said}\n{more}")), Verdict::Part, "{more}");
    }
    for head in [
        "Subject: Fwd: ",
        "To: me@mail.kz\nDate: Mon, 30 Nov 2026 12:10:00 +0500\nSubject: Fwd: \n\n",
        "Кому: Айгуль\nДата: понедельник, 30 ноября 2026 г., 12:10\nТема: ",
    ] {
        let answer = ask(&device, &format!("{head}{said}"));
        assert_eq!(answer.verdict, Verdict::Around, "{head}: {answer:?}");
    }
}

#[test]
fn an_hour_may_be_written_with_a_point_and_is_no_day_and_no_other_figure() {
    let device = warned("Ждите до 19:00", &["Выход в 10:03.", "Рейс в 7:45."], "");
    for text in ["Ждите до 19.00", "Рейс в 7.45"] {
        assert_eq!(verdict(&device, text), Verdict::WordForWord, "{text}");
    }
    for text in ["Ждите до 1900", "Ждите до 19.30", "Ждите до 19 00", "Выход в 10.03", "Рейс в 7,45"]
    {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
}

#[test]
fn steps_in_another_order_are_told_so() {
    let device = dubai();
    let ordered = |lines: &[&str]| {
        let answer = ask(&device, &lines.join("\n"));
        assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
        !answer.is_other_order
    };
    assert!(ordered(&["Оставайтесь в здании", STEPS[0], STEPS[1], STEPS[2], WHY]));
    assert!(ordered(&[STEPS[0], STEPS[2]]), "one is left out");
    assert!(ordered(&[WHY, STEPS[0], STEPS[1], "Оставайтесь в здании"]), "they are no steps");
    assert!(ordered(&[STEPS[0], STEPS[1], STEPS[0], STEPS[1]]), "twice");
    assert!(!ordered(&[STEPS[1], STEPS[0]]));
    assert!(!ordered(&["Оставайтесь в здании", STEPS[0], STEPS[2], STEPS[1], WHY]));
    for topic in shipped() {
        let all = Lang::ALL.map(|lang| handed_on(topic, lang).join("\n"));
        assert!(all.iter().chain([&all.join("\n")]).all(|text| !ask(&device, text).is_other_order), "{}", topic.id);
    }
}

#[test]
fn what_leaves_out_a_step_or_the_headline_is_not_all_of_it() {
    let device = dubai();
    let all = ["Оставайтесь в здании", STEPS[0], STEPS[1], STEPS[2]];
    let not_all_of = |text: &str| {
        let answer = ask(&device, text);
        assert!(matches!(answer.verdict, Verdict::WordForWord | Verdict::Around), "{answer:?}");
        answer.not_all_of
    };
    assert_eq!(not_all_of(&all.join("\n")), None);
    assert_eq!(not_all_of(&format!("[28/11, 12:03] Жанна: {}\n{WHY}", all.join(" "))), None);
    for left_out in 0..all.len() {
        let kept: Vec<_> = (0..all.len()).filter(|at| *at != left_out).map(|at| all[at]).collect();
        assert_eq!(not_all_of(&kept.join("\n")), Some(warning("advisory.ae")), "{left_out}");
        assert_eq!(not_all_of(all[left_out]), Some(warning("advisory.ae")), "{left_out}");
    }
    assert_eq!(not_all_of(WHY), Some(warning("advisory.ae")));
    let topic = shipped().iter().find(|topic| topic.id == "evacuation").unwrap();
    let mut lines = handed_on(topic, Lang::Kk);
    assert_eq!(not_all_of(&lines.join("\n")), None);
    lines.remove(4);
    assert_eq!(not_all_of(&lines.join("\n")), Some(Target::Topic { id: topic.id.clone() }));
    assert_eq!(ask(&device, "Оставайтесь в здании\nЗавтра рейс").not_all_of, None, "of a yes alone");
}

#[test]
fn lost_and_broken_lines_leave_a_true_text_the_ministry_s() {
    let device = warned(
        "Stay indoors until 18:00",
        &["Stay away from windows.", "Do not drive on the coast road until 18:00.", "Call +7 7172 72 01 11."],
        "The airspace is closed. We will tell of flights.",
    );
    for text in [
        "Stay indoors until 18:00 1. Stay away from windows. 2. Do not drive on the coast road until 18:00. 3. Call +7 7172 72 01 11. The airspace is closed. We will tell of flights.",
        "Stay indoors until 18:00 Stay away from windows. Do not drive on the coast road until 18:00. Call +7 7172 72 01 11.",
        "Stay indoors un-\ntil 18:00\n1. Stay away from win-\ndows.\n2. Do not drive on the coast road un\u{ad}\ntil 18:00.",
        "> Stay indoors un-\n> til 18:00\n> 1.\n> Stay away\n> from windows.",
        "1. Stay\naway from windows. 2. Do\nnot drive on the coast\nroad until 18:00.",
    ] {
        assert_eq!(verdict(&device, text), Verdict::WordForWord, "{text}: {:?}", ask(&device, text));
    }
    for text in [
        "Stay indoors un- til 18:00",
        "Stay indoors until 18:00 87 01 12 Stay away from windows.",
        "Stay indoors until 18:00\n7\nStay away from windows.",
        "Stay indoors until 18:00 1. Do drive on the coast road until 18:00.",
        "Stay in-\ndoors 2. until 18:00",
        "Stay away from windows. 2.",
    ] {
        assert!(!is_yes(verdict(&device, text)), "{text}");
    }
}

#[test]
fn a_link_in_the_ministry_s_own_texts_is_known_and_a_bare_name_is_no_quotation() {
    let mut device = dubai();
    let (title, url) = ("Ministry of Foreign Affairs of Kazakhstan", "https://www.gov.kz/memleket/entities/mfa");
    let topic = shipped().iter().find(|topic| topic.id == "evacuation").unwrap().clone();
    let sources = vec![Source { title: title.into(), url: url.into() }];
    device.hear(&entry("topic.evacuation", 1, Body::Topic(Box::new(Topic { sources, ..topic }))));
    device.catch_up();
    for text in [url, "gov.kz/memleket/entities/mfa/"] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::OwnContacts, "{answer:?}");
        assert!(answer.passages[0].links[0].is_cited, "{answer:?}");
    }
    let of_app = ask(&Device::new(NOW), url);
    assert_eq!(of_app.verdict, Verdict::OwnContacts, "a guide of the app names it: {of_app:?}");
    let source = Source { title: "Staff".into(), url: "https://www.gov.kz/memleket/entities/mfa-x/staff".into() };
    let mission = Mission { sources: vec![source.clone()], ..super::queries::mission("AE") };
    device.hear(&entry("mission.x", 1, Body::Mission(mission)));
    device.catch_up();
    assert!(ask(&device, &source.url).passages[0].links[0].is_cited, "a page of a mission names it");
    for text in ["https://www.gov.kz/memleket/entities/mfa-pay", "http://gov.kz/memleket/entities/mfa"] {
        assert_ne!(verdict(&device, text), Verdict::OwnContacts, "{text}");
    }
    for name in [
        title,
        "Ministry of Foreign Affairs of Kazakhstan.",
        "The Ministry of Foreign Affairs",
        "МИД РК",
        "МИД Казахстана",
    ] {
        let answer = ask(&device, &format!("A flight leaves at 9, pay Aigul.\n{name}"));
        assert_eq!(answer.verdict, Verdict::NoSuchWord, "{answer:?}");
        assert!(answer.passages.iter().all(|passage| passage.whole.is_none()), "{answer:?}");
    }
}

#[test]
fn what_says_nothing_is_called_so_and_a_question_is_one() {
    let device = dubai();
    for text in ["", "🙏🙏🙏", "28.11.2026", "[28/11, 12:03] Жанна:", "…"] {
        assert_eq!(verdict(&device, text), Verdict::Nothing, "{text}");
    }
    for text in
        ["Is there a flight?", "Рейс бар ма?", "[28/11, 12:03] Жанна: Есть ли рейс домой?", "Есть рейс? А билеты?"]
    {
        assert_eq!(verdict(&device, text), Verdict::Question, "{text}");
    }
    for text in [
        "Is there a flight? Pay Aigul.",
        "Вы уже перевели деньги?",
        "Рейс в 9:00?",
        "Есть рейс? saparlas-kz.com",
        "Есть рейс? @mfa_kz?",
        "Позвоните Айгуль?",
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
    assert!(ask(&device, "+44 7700 900123").passages[0].is_contact);
    assert!(!ask(&device, "Звоните +44 7700 900123").passages[0].is_contact);
}

#[test]
fn a_letter_that_passes_for_a_latin_one_is_named() {
    let device = dubai();
    for (text, letters) in [
        ("https://gоv.kz/x", "о"),
        ("gоv.kz", "о"),
        ("www.egоv.кz/pay", "ок"),
        ("https://gov.kz/о", ""),
        ("мид.қаз", ""),
        ("www.мид.қаз", ""),
        ("мuд.қаз", "u"),
        ("gov.kz", ""),
    ] {
        assert_eq!(ask(&device, text).passages[0].links[0].false_letters, letters, "{text}");
    }
    for (text, letters) in [
        ("Cлово МИД", "C"),
        ("MИД: рейс завтрa", "Ma"),
        ("Тhe ministry pаys", "Та"),
        ("Kaspiге аударыңыз, SMS-ті күтіңіз, QR-код", ""),
        ("Yarın uçuş var, ücretsiz, büyükelçilik", ""),
        ("Le vol de demain est annulé à Genève", ""),
        ("Слово МИД", ""),
    ] {
        assert_eq!(
            ask(&device, text).passages.iter().map(|passage| passage.false_letters.as_str()).collect::<String>(),
            letters,
            "{text}"
        );
    }
}

#[test]
fn a_line_that_tells_more_than_who_sent_a_text_is_somebody_s_addition() {
    let device = dubai();
    for line in [
        "Forwarded from Мама +7 701 123 45 67",
        "Forwarded from t.me/mfa_kz",
        "Forwarded from @mfa_kz",
        "Forwarded from Kaspi 4400",
        "Forwarded from",
        "Переслано от: Мама, переведи ей 5000 ₸",
        "Sent from my iPhone 8 701 123 45 67",
        "Sent from my iPhone: saparlas-kz.com",
        "Отправлено с iPhone, переведите на Каспи",
        "[29.11.2026, 21:40] Переведите Деньги Айгуль:",
        "[29.11.2026, 21:40] Никогда:",
        "29.11.2026, 21:40 - Ложь:",
        "29.11.2026, 21:40 - Не Верьте:",
        "29.11.2026, 21:40 - Аударыңыз:",
        "[29.11.2026, 21:40] Мама +7 701 123 45 67:",
        "[29.11.2026, 21:40] +7 701 123 45 67 +7 701 123 45 68:",
        "[29.11.2026, 21:40] Наберите 103:",
        "[29.11.2026, 21:40] Dial Aigul:",
        "[29.11.2026, 21:40] Kaspi 4400:",
        "[29.11.2026, 21:40] t.me/mfa:",
        "[29.11.2026, 21:40] завтра бесплатный рейс:",
        "[29.11.2026, 21:40 87] Мама:",
        "From: Pay Aigul",
        "From: Мама\nTo: Заплатите сегодня",
        "On 28 Nov 2026, at 12:03, call 8 701 123 45 67 wrote:",
        "29.11.2026 рейс из Дубая",
        "Завтра, 21:40",
        "21:40 Мама:",
    ] {
        for text in [format!("{line}\nОставайтесь в здании."), format!("Оставайтесь в здании.\n{line}")]
        {
            assert_eq!(verdict(&device, &text), Verdict::Part, "{text}");
        }
    }
}

fn whole_near(device: &Device, text: &str) -> Vec<Option<String>> {
    ask(device, text).passages.into_iter().map(|passage| passage.whole.map(|whole| whole.words)).collect()
}

#[test]
fn what_is_cut_or_turned_round_is_no_word_of_the_ministry_and_the_whole_one_is_told() {
    let device = dubai();
    let airport = "Не ездите в аэропорт без нашего слова.";
    for (text, whole) in [
        ("Не ездите в аэропорт", airport),
        ("Ездите в аэропорт без нашего слова", airport),
        ("Не ездите в аэропорт без слова", airport),
        ("ездите, в аэропорт. НАШЕГО слова", airport),
        ("Не оставайтесь в здании", "Оставайтесь в здании"),
        ("Уйдите в комнату с окнами", "Уйдите в комнату без окон."),
        ("Звоните: +7 7172 72 01 12", "Звоните: +7 7172 72 01 11."),
        ("Места на эвакуацию продаются.", "Никому не платите: места на эвакуацию не продаются."),
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
        assert_eq!(whole_near(&device, text).first(), Some(&Some(whole.to_owned())), "{text}");
    }
    let said = ask(&device, "Не оставайтесь в здании").passages[0].whole.clone().unwrap().said;
    assert_eq!(said.page, warning("advisory.ae"));
    for text in ["Завтра в 9:00 бесплатный рейс из Дубая", "в здании", "Что делать сейчас завтра", "+44 7700 900123"]
    {
        assert_eq!(whole_near(&device, text), [None], "{text}");
    }
    let part = "Оставайтесь в здании\nЕздите в аэропорт без нашего слова";
    assert_eq!(verdict(&device, part), Verdict::Part);
    assert_eq!(whole_near(&device, part), [None, Some(airport.to_owned())]);
    device.pass_to("2026-03-20T12:00:00Z");
    assert_eq!(whole_near(&device, "Звоните: +7 7172 72 01 12"), [None], "it holds no longer");
}

#[test]
fn a_kazakh_sentence_typed_with_russian_letters_is_no_word_of_the_ministry_and_stands_beside_it() {
    let device = warned("Ғимараттан шықпаңыз", &["Сағат 19:00-ден кейін қонақүйден шықпаңыз."], "");
    for (text, whole) in [
        ("Гимараттан шыкпаныз", "Ғимараттан шықпаңыз"),
        ("сагат 19:00-ден кейин конакуйден шыкпаныз", "Сағат 19:00-ден кейін қонақүйден шықпаңыз."),
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
        assert_eq!(whole_near(&device, text), [Some(whole.to_owned())], "{text}");
    }
}

#[test]
fn what_is_put_to_a_warning_stands_beside_what_that_warning_says_of_it() {
    let no_airport = [
        ("en", "Stay indoors", "Do not go to the airport until we say so."),
        ("ru", "Оставайтесь в здании", "Не ездите в аэропорт, пока мы не скажем."),
        ("kk", "Ғимараттан шықпаңыз", "Біз айтқанша әуежайға бармаңыз."),
    ];
    for (lang, headline, step) in no_airport {
        let device = warned(headline, &["Shut the windows.", step], WHY);
        let lines = match lang {
            "en" => ["Go to the airport now.", "Flights leave from the airport at nine."],
            "ru" => ["Езжайте в аэропорт сейчас.", "Сбор у аэропорта в девять."],
            _ => ["Қазір әуежайға барыңыз.", "Әуежайдан рейс бар."],
        };
        for line in lines {
            let answer = ask(&device, &format!("{headline}\nShut the windows.\n{line}"));
            assert_eq!(answer.verdict, Verdict::Part, "{answer:?}");
            let whole = answer.passages[2].whole.as_ref().unwrap();
            assert_eq!((whole.words.as_str(), &whole.said.page), (step, &warning("advisory.ae")), "{line}");
        }
    }
    let device = dubai();
    let line = "Go to the gate now.";
    assert_eq!(whole_near(&device, line), [None], "another topic is only alike");
    assert_eq!(whole_near(&device, &format!("Оставайтесь в здании\n{line}")), [None, None]);
}

#[test]
fn another_figure_in_a_true_sentence_is_told_from_a_line_that_was_added() {
    let device = warned("Stay indoors until 18:00", &["Wait for us at gate 7.", "Keep 300 m away."], "");
    for (line, words) in [
        ("Stay indoors until 9:30", "Stay indoors until 18:00"),
        ("Wait for us at gate 12.", "Wait for us at gate 7."),
        ("Keep 1,500 m away", "Keep 300 m away."),
    ] {
        for text in [line.to_owned(), format!("{line}\nKeep 300 m away.\nWait for us at gate 7.")] {
            let whole = ask(&device, &text).passages[0].whole.clone();
            assert_eq!(
                whole.map(|whole| (whole.words, whole.is_other_figure)),
                Some((words.to_owned(), true)),
                "{text}"
            );
        }
    }
    let turned = ask(&device, "Do not stay indoors until 18:00").passages[0].whole.clone().unwrap();
    assert!(!turned.is_other_figure, "{turned:?}");
}

#[test]
fn an_area_that_is_called_as_its_country_is_named_once() {
    let mut device = Device::new(NOW);
    device.catch_up();
    let Body::Advisory(mut warning) = body("Оставайтесь в здании", &STEPS, WHY) else {
        unreachable!()
    };
    let country = country_name("AE".parse().unwrap());
    let named = |name: &str| Area {
        name: Texts::from_iter([("en".parse().unwrap(), name.to_owned())]),
        ..warning.areas[0].clone()
    };
    warning.areas = vec![named("United Arab Emirates"), named("Dubai"), named("Dubai")];
    let dubai = warning.areas[1].name.clone();
    device.hear(&entry("advisory.ae", 1, Body::Advisory(warning)));
    device.catch_up();
    let about = ask(&device, "Оставайтесь в здании").passages[0].said.clone().unwrap().about;
    assert_eq!(about, [country, dubai]);
}

#[test]
fn as_much_as_may_be_pasted_is_answered_by_the_sentence_or_in_one_breath() {
    let device = dubai();
    let sentences = "Ездите в аэропорт без нашего слова.\n".repeat(280);
    let passages = ask(&device, &sentences).passages;
    assert_eq!(
        passages.iter().map(|passage| (passage.times, passage.whole.is_some())).collect::<Vec<_>>(),
        [(280, true)]
    );
    let breath = "не в на и с ездите аэропорт ".repeat(370);
    assert_eq!(verdict(&device, &breath), Verdict::NoSuchWord);
}

#[test]
fn what_a_swindler_makes_of_a_true_text_is_never_all_the_ministry_s() {
    let screens = handed_on_by_the_screens();
    let device = holding(&screens, Lang::Ru, Times::default());
    let own = "Оставайтесь в здании\n1. Сообщите, как вы.";
    for line in [
        // numbers in words, in other digits, and broken up
        "Звоните: восемь семьсот один сто двадцать три сорок пять шестьдесят семь",
        "٨٧٠١١٢٣٤٥٦٧",
        "8 7\u{200b}0\u{200b}1 1\u{200b}2\u{200b}3 45 67",
        "８７０１１２３４５６７",
        "Действует до: ٨ ٧٠١ ١٢٣ ٤٥ ٦٧",
        "Действует до: 8 марта 7011, 23:45 (Астана)",
        // letters of another alphabet, and such as turn the line round
        "Cлово МИД",
        "Дeйствует до: 3 марта, 09:00 (Астана)",
        "Действует до: 3 марта, 09:00 (Аcтана)",
        "Действует до: 3 марта, 09:00 (\u{202e}Астана)",
        "\u{202e}Sent from my iPhone",
        "Fоrwarded from Мама",
        "Forwarded from Мама\u{202e}76 54 321 107 7+",
        "[29.11.2026, 21:40] \u{2066}Мама\u{2069}:",
        // a line of the app's own with more in it, or a text of it for others
        "Проверить: Сапарлас → «Это от министерства?», вставить туда слова до черты. t.me/mfa",
        "Проверить: Сапарлас → «Переведите 5000», вставить туда слова до черты.",
        "Выпущено: 1 марта, 15:20 (Астана); Звоните 87011234567",
        "Выпущено: 1 марта, 15:20 (Астана) Действует до: 87011234567",
        "Место: Дубай, ОАЭ. Переведите 5000 ₸",
        "Со мной всё в порядке.",
        "Всё в порядке? Хватит одного слова. Министерству тоже нужен ответ: saparlas-kz.com → «Я в безопасности».",
        // one word turned
        "Не оставайтесь в здании",
        "Сообщите, как вы: Каспи",
        "Отмена: Оставайтесь в здании",
    ] {
        for text in [format!("{own}\n{line}"), format!("{line}\n{own}")] {
            let answer = device.companion.verify(&text, &screens.printed).unwrap();
            assert_eq!(answer.verdict, Verdict::Part, "{text}: {answer:?}");
            assert!(answer.passages.iter().any(Passage::is_foreign), "{text}: {answer:?}");
        }
        let alone = device.companion.verify(line, &screens.printed).unwrap().verdict;
        assert!(!is_yes(alone), "{line}: {alone:?}");
    }
}

fn is_yes(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::WordForWord | Verdict::Around | Verdict::OwnContacts)
}

/// The number from which a text was sent on, where it is not the ministry's.
fn foreign_sender(answer: &Answer) -> Option<String> {
    let numbers = answer.passages.iter().filter_map(|passage| passage.sent_on.as_ref()?.number.as_ref());
    numbers.filter(|number| number.name.is_none()).map(|number| number.shown.clone()).next()
}

/// Whether each passage is the ministry's own, and the text of those that are not.
fn foreign_in(device: &Device, text: &str) -> (Verdict, usize, Vec<String>) {
    let answer = ask(device, text);
    let own = answer.passages.iter().filter(|passage| passage.is_its_own).count();
    let foreign = answer.passages.into_iter().filter(|passage| !passage.is_its_own);
    (answer.verdict, own, foreign.map(|passage| passage.text).collect())
}

#[test]
fn whoever_is_put_before_a_true_sentence_does_not_hide_it() {
    let device = dubai();
    let said = "Оставайтесь в здании.\nУйдите в комнату без окон.";
    let of_messengers = [
        "[29.11.2026, 21:40] Мама: ",
        "\u{200e}[29.11.2026, 21:40:12] Мама: ",
        "[11/29/26, 9:40:12\u{202f}PM] Mum: ",
        "[29.11.26 21:40] ",
        "29.11.2026, 21:40 - Мама: ",
        "2026-11-29, 21:40 - Айгуль Серікқызы: ",
        "Мама, [29.11.2026 21:40]\n",
    ];
    let of_people = ["МИД РК: ", "СІМ: ", "Ең маңыздысы: СІМ: ", "МИД:"];
    let all = of_messengers.map(|before| (before, Verdict::Around)).into_iter();
    for (before, expected) in all.chain(of_people.map(|before| (before, Verdict::Part))) {
        let (verdict, own, foreign) = foreign_in(&device, &format!("{before}{said}"));
        assert_eq!((verdict, own), (expected, 2), "{before}");
        let shown = before.trim().trim_start_matches('\u{200e}');
        assert!(foreign.len() == 1 && foreign[0].trim_start_matches('\u{200e}') == shown, "{foreign:?}");
        let answer = ask(&device, before);
        let expected = if expected == Verdict::Around { Verdict::Nothing } else { Verdict::NoSuchWord };
        assert_eq!(answer.verdict, expected, "around nothing: {answer:?}");
        assert!(answer.passages.iter().all(|passage| passage.numbers.is_empty()), "nobody dials a day: {answer:?}");
    }
    let each = "[29.11.2026, 21:40] Мама: Оставайтесь в здании.\n[29.11.2026, 21:41] +7 701 123 45 67: 1) Уйдите в комнату без окон.";
    let answer = ask(&device, each);
    assert_eq!(
        answer.passages.iter().map(|passage| passage.is_its_own).collect::<Vec<_>>(),
        [false, true, false, true]
    );
    let sent_on = answer.passages[2].sent_on.as_ref().unwrap();
    assert_eq!(
        (sent_on.by.as_str(), foreign_sender(&answer)),
        ("+7 701 123 45 67", Some("+7 701 123 45 67".to_owned()))
    );
    assert_eq!(verdict(&device, "Никогда, оставайтесь в здании"), Verdict::NoSuchWord, "what goes on is one sentence");
    assert_eq!(verdict(&device, "Мама: рейс завтра"), Verdict::NoSuchWord);
}

#[test]
fn the_number_of_a_step_is_none_of_its_words() {
    let device = dubai();
    for mark in [
        "1 ", "1) ", "1)", "1. ", "1.\u{a0}", "1: ", "1 — ", "- ", "• ", "▪ ", "▪️ ", "→ ", "➊ ", "➊", "① ", "⑴ ", "⒈ ",
    ] {
        let text = format!(
            "Оставайтесь в здании\n{mark}Уйдите в комнату без окон.\n{mark}Не ездите в аэропорт без нашего слова."
        );
        assert_eq!(verdict(&device, &text), Verdict::WordForWord, "{text}");
    }
    let device = warned("Рейсов осталось мало", &["10 минут ждите внутри."], "");
    assert_eq!(verdict(&device, "10 минут ждите внутри"), Verdict::WordForWord);
    for text in ["20 минут ждите внутри", "минут ждите внутри", "100 Рейсов осталось мало", "Рейсов 5 осталось мало"]
    {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
}

#[test]
fn what_the_app_shows_with_a_word_is_the_ministry_s_with_it_and_alone_anybody_s() {
    let device = dubai();
    let whole = "Крайняя опасность · ОАЭ\nОставайтесь в здании\nЧто делать\nУйдите в комнату без окон.\nПочему\nНебо над ОАЭ закрыто, возможны удары с воздуха.";
    assert_eq!(verdict(&device, whole), Verdict::WordForWord, "{:?}", ask(&device, whole));
    for (true_one, other) in [("Крайняя опасность", "Серьёзная опасность"), ("ОАЭ", "Катар")]
    {
        let (verdict, _, foreign) = foreign_in(&device, &whole.replacen(true_one, other, 1));
        assert_eq!((verdict, foreign.len()), (Verdict::Part, 1), "{other}: {foreign:?}");
    }
    for text in ["Что делать", "Крайняя опасность", "ОАЭ", "Крайняя опасность\nОАЭ\nПереведите 5000 ₸"]
    {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
}

#[test]
fn a_level_is_known_by_the_words_that_the_app_shows_for_it() {
    let mut device = dubai();
    let since = NOW.parse().unwrap();
    let level = Level {
        country: "IR".parse().unwrap(),
        level: 4,
        since,
        why: Texts::from_iter([("ru".parse().unwrap(), "Идут бои.".to_owned())]),
    };
    device.hear(&entry("level.ir", 1, Body::Level(level)));
    device.catch_up();
    for text in
        ["Уровень 4: не поезжайте", "Не поезжайте!", "4-деңгей: бармаңыз", "Иран\nУровень 4: не поезжайте\nИдут бои."]
    {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
        let page = Target::Country { code: "IR".parse().unwrap() };
        assert_eq!(answer.passages[0].said.as_ref().unwrap().page, page);
    }
    for text in ["Уровень 3: отложите поездку", "Уровень 3: не поезжайте", "бармаңыз"]
    {
        assert_ne!(verdict(&device, text), Verdict::WordForWord, "{text}");
    }
}

#[test]
fn a_topic_that_the_app_hands_on_is_the_ministry_s_from_its_title_to_its_sources() {
    let mut device = dubai();
    let text = TopicText {
        title: "Если землетрясение".into(),
        summary: "Пригнитесь и укройтесь.".into(),
        steps: vec!["Закройте голову.".into(), "Ждите, пока стихнет.".into()],
        why: "Падающее ранит чаще, чем стены.".into(),
        whom: "Звоните в консульство.".into(),
        also: Vec::new(),
    };
    let source =
        Source { title: "Earthquakes, WHO".into(), url: "https://www.who.int/health-topics/earthquakes".into() };
    let topic = Topic {
        id: "earthquake".into(),
        group: Group::Nature,
        order: 1,
        icon: "earthquake".into(),
        levels: Vec::new(),
        private: false,
        reviewed: "2026-02-01".parse().unwrap(),
        sources: vec![source],
        texts: Texts::from_iter([("ru".parse().unwrap(), text)]),
    };
    device.hear(&entry("topic.earthquake", 1, Body::Topic(Box::new(topic))));
    device.catch_up();
    let handed_on = "Если землетрясение\nПригнитесь и укройтесь.\n\nЧто делать сейчас\n1. Закройте голову.\n2. Ждите, пока стихнет.\n\nПочему\nПадающее ранит чаще, чем стены.\n\nК кому обратиться\nЗвоните в консульство.\n\nПроверено: 1 февраля\nEarthquakes, WHO: https://www.who.int/health-topics/earthquakes";
    let answer = ask(&device, handed_on);
    assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
    assert_eq!(verdict(&device, &handed_on.replace("who.int", "who.com")), Verdict::Part);
    assert_eq!(verdict(&device, &handed_on.replace("1 февраля", "1 февраля 2026")), Verdict::WordForWord);
    // of another guide it is true
    for day in ["2 февраля", "1 марта", "1 февраля 2025", "24 ноября"] {
        assert_eq!(verdict(&device, &handed_on.replace("1 февраля", day)), Verdict::Part, "{day}");
    }
}

/// A guide in one language as the app hands it on, and the lines of it.
fn handed_on(topic: &Topic, lang: Lang) -> Vec<String> {
    let text = topic.texts.get(lang.tag()).unwrap();
    let steps = text.steps.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1));
    let sources = topic.sources.iter().map(|Source { title, url }| format!("{title}: {url}"));
    let told = [text.title.clone(), text.summary.clone(), "Что делать сейчас".into()].into_iter().chain(steps);
    let why = ["Почему".into(), text.why.clone(), "К кому обратиться".into(), text.whom.clone()];
    let day = topic.reviewed.day();
    assert_eq!(topic.reviewed.month(), 11, "as the line has it");
    told.chain(why).chain([format!("Проверено: {day} ноября")]).chain(sources).collect()
}

#[test]
fn a_guide_of_the_app_is_the_ministry_s_whole_and_by_the_line_before_anything_was_heard() {
    let device = Device::new(NOW);
    for topic in shipped() {
        let page = Target::Topic { id: topic.id.clone() };
        for lang in Lang::ALL {
            let lines = handed_on(topic, lang);
            let answer = ask(&device, &lines.join("\n"));
            assert_eq!(answer.verdict, Verdict::WordForWord, "{} {lang:?}: {answer:?}", topic.id);
            let said = answer.passages.iter().filter_map(|passage| passage.said.as_ref());
            said.for_each(|said| assert_eq!((&said.page, said.issued_at), (&page, None), "{lang:?}"));
            for step in &topic.texts.get(lang.tag()).unwrap().steps {
                assert_eq!(verdict(&device, step), Verdict::WordForWord, "{step}");
            }
        }
    }
}

#[test]
fn a_guide_that_is_turned_round_or_taken_back_is_no_word_of_the_ministry() {
    let mut device = dubai();
    for text in [
        "Платите: места на эвакуацию продаются.",
        "Места на эвакуацию не продаются.",
        "Места на эвакуацию продаются.",
        "Звоните по номеру из сообщения, открывайте ссылку, ставьте по ней приложения.",
        "Только сегодня",
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
    let own = "Никому не платите: места на эвакуацию не продаются.";
    assert_eq!(verdict(&device, own), Verdict::WordForWord);
    let shipped = shipped().iter().find(|topic| topic.id == "evacuation").unwrap().clone();
    let text = TopicText {
        steps: vec!["Места на эвакуацию раздаёт посольство.".into()],
        ..shipped.texts.get(Lang::Ru.tag()).unwrap().clone()
    };
    let replaced = Topic { texts: Texts::from_iter([(Lang::Ru.into(), text)]), ..shipped };
    device.hear(&entry("topic.evacuation", 1, Body::Topic(Box::new(replaced))));
    device.catch_up();
    assert_eq!(verdict(&device, own), Verdict::NoSuchWord, "the bulletin's stands over it");
    let answer = ask(&device, "Места на эвакуацию раздаёт посольство.");
    assert_eq!(answer.verdict, Verdict::WordForWord);
    assert!(answer.passages[0].said.as_ref().unwrap().issued_at.is_some(), "{answer:?}");
}

#[test]
fn of_several_that_say_the_same_the_traveller_s_place_is_named_and_then_all() {
    let mut device = dubai();
    for code in ["BH", "QA", "TR"] {
        let Body::Advisory(mut advisory) = body("Оставайтесь в здании", &STEPS[..1], "") else {
            panic!()
        };
        advisory.areas = testkit::advisory(code).areas;
        device.hear(&entry(&format!("advisory.{}", code.to_lowercase()), 1, Body::Advisory(advisory)));
    }
    device.catch_up();
    let named = |device: &Device, text: &str| {
        let passage = ask(device, text).passages.swap_remove(0);
        let also = passage.also.iter().map(|about| about.get("en").unwrap().to_owned()).collect::<Vec<_>>();
        (passage.said.unwrap().page, also)
    };
    let text = "Оставайтесь в здании";
    go_to(&device, "QA");
    let (page, also) = named(&device, text);
    assert_eq!(page, warning("advisory.qa"));
    assert_eq!(also, ["United Arab Emirates", "Bahrain", "Türkiye"]);
    go_to(&device, "KZ");
    let trip = crate::testing::trip(vec![crate::testing::stay("TR", None, "2026-03-05", "2026-03-09")]);
    device.session().save_trip(None, &trip).unwrap();
    assert_eq!(named(&device, text).0, warning("advisory.tr"), "where they go");
    let (page, also) = named(&device, &format!("{text}\n{}", STEPS[1]));
    assert_eq!((page, also.as_slice()), (warning("advisory.ae"), [].as_slice()), "no other says all of it");
}

#[test]
fn a_changed_word_figure_or_sign_is_not_the_ministry_s() {
    let device = warned(
        "Сегодня −5, завтра 10:30",
        &["Выходите из здания.", "Выплата 5 % с 3 марта.", "Рейс до 9 ч. утра отменён.", "Еда есть."],
        "",
    );
    for text in [
        "Сегодня 5, завтра 10:30",
        "Сегодня −5, завтра 1030",
        "Не выходите из здания",
        "Выходите, не из здания",
        "Выходите не из здания",
        "🚫 Выходите из здания",
        "Выходите ❌ из здания",
        "Выплата 5 с 3 марта",
        "Выплата 5 % с 3 марта 🇹🇷",
        "Рейс до 9 ч",
        "Рейс до 9 ч.",
        "Еда\u{301} есть",
        "Переслано",
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
    for text in ["сегодня –5, завтра 10:30; выходите из здания", "Рейс до 9 ч утра отменен"]
    {
        assert_eq!(verdict(&device, text), Verdict::WordForWord, "{text}");
    }
}

#[test]
fn what_somebody_added_is_told_from_what_is_the_ministry_s() {
    let device = dubai();
    let text = "Срочно! МИД отправляет рейс 3 марта.\nОставайтесь в здании.\nПереведите 150 000 ₸ и позвоните: +44 7700 900123, saparlas-kz.com/pay";
    let answer = ask(&device, text);
    assert_eq!(answer.verdict, Verdict::Part);
    let own: Vec<bool> = answer.passages.iter().map(|passage| passage.is_its_own).collect();
    assert_eq!(own, [false, false, true, false]);
    let [number] = answer.passages[3].numbers.as_slice() else { panic!("{answer:?}") };
    assert_eq!((number.shown.as_str(), number.name.is_none()), ("+44 7700 900123", true));
    let [link] = answer.passages[3].links.as_slice() else { panic!("{answer:?}") };
    assert_eq!((link.shown.as_str(), link.name.is_none()), ("saparlas-kz.com", true));
}

/// What the screens hand on, as their own test keeps it (`ui/tests/handed-on.test.ts`).
#[derive(Deserialize)]
struct HandedOn {
    printed: Vec<Printed>,
    said: BTreeMap<String, Vec<Text>>,
    handed_on: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    lang: Lang,
    of: String,
    text: String,
    #[serde(default)]
    times: Times,
}

/// Of a warning that is handed on.
#[derive(Deserialize, Clone, Copy, PartialEq)]
struct Times {
    issued_at: Timestamp,
    begins: Timestamp,
    expires: Timestamp,
}

impl Default for Times {
    fn default() -> Self {
        let at = |at: &str| at.parse().unwrap();
        Self {
            issued_at: at("2026-03-01T10:20:00Z"),
            begins: at("2026-03-01T10:20:00Z"),
            expires: at("2026-03-03T04:00:00Z"),
        }
    }
}

#[derive(Deserialize, Clone)]
struct Text {
    lang: Tag,
    headline: String,
    steps: Vec<String>,
    why: String,
    sender: String,
}

fn handed_on_by_the_screens() -> HandedOn {
    serde_json::from_str(include_str!("handed-on.json")).unwrap()
}

/// One that holds the very warnings that the screens hand on, and reads in a language.
fn holding(HandedOn { said, .. }: &HandedOn, lang: Lang, times: Times) -> Device {
    let mut device = Device::new(NOW);
    device.companion.set_language(lang).unwrap();
    device.catch_up();
    let Body::Advisory(mut own) = body("", &[], "") else { panic!() };
    (own.onset, own.expires) = (Some(times.begins), times.expires);
    let told = |Text { headline, steps, why, .. }: Text| AdvisoryText { headline, steps, why };
    own.texts = Texts::from_iter(said["own"].iter().cloned().map(|text| (text.lang.clone(), told(text))));
    let of_others = |Text { headline, steps, why, sender, .. }: Text| AlertText {
        headline,
        steps,
        why,
        sender_name: sender,
        ..AlertText::default()
    };
    let part = AlertPart {
        severity: own.severity,
        urgency: own.urgency,
        certainty: own.certainty,
        effective: own.effective,
        onset: own.onset,
        expires: own.expires,
        areas: own.areas.clone(),
        texts: Texts::from_iter(said["relayed"].iter().cloned().map(|text| (text.lang.clone(), of_others(text)))),
    };
    let alert = RelayedAlert {
        message_type: own.message_type,
        sender: "urn:oid:2.49.0.0.398".into(),
        identifier: "1".into(),
        sent: NOW.parse().unwrap(),
        parts: vec![part],
    };
    for (id, body) in [("advisory.ae", Body::Advisory(own)), ("cap.kz", Body::RelayedAlert(alert))] {
        device.hear(&Entry { issued_at: times.issued_at, ..entry(id, 1, body) });
    }
    device.catch_up();
    device
}

/// One for all the times of which the texts tell.
fn devices(screens: &HandedOn, lang: Lang) -> Vec<(Times, Device)> {
    let mut devices: Vec<(Times, Device)> = Vec::new();
    for One { times, .. } in &screens.handed_on {
        if devices.iter().all(|(of, _)| of != times) {
            devices.push((*times, holding(screens, lang, *times)));
        }
    }
    devices
}

fn holder<'a>(devices: &'a [(Times, Device)], times: &Times) -> &'a Device {
    &devices.iter().find(|(of, _)| of == times).unwrap().1
}

#[test]
fn all_that_the_app_hands_on_is_known_to_it_whole_in_each_language_and_to_a_reader_of_each() {
    let screens = handed_on_by_the_screens();
    for lang in Lang::ALL {
        let devices = devices(&screens, lang);
        for One { of, text, lang, times } in &screens.handed_on {
            let answer = holder(&devices, times).companion.verify(text, &screens.printed).unwrap();
            let expected =
                if ["no-word", "reply"].contains(&of.as_str()) { Verdict::AppText } else { Verdict::WordForWord };
            assert_eq!(answer.verdict, expected, "{of} {lang:?}: {answer:?}");
            assert!(answer.passages.iter().all(|passage| passage.is_its_own), "{text}");
            assert_eq!(answer.not_all_of, None, "{text}");
        }
    }
}

#[test]
fn what_is_written_to_the_family_is_the_app_s_own_text_wherever_it_is_read() {
    let writer = Device::new("2025-12-31T12:00:00Z");
    writer.session().save_trip(None, &testing::dubai()).unwrap();
    writer.session().check_in(CheckInStatus::Safe).unwrap();
    let reader = Device::new(NOW);
    for lang in Lang::ALL {
        writer.session().set_family_language(lang).unwrap();
        for says_where in [false, true] {
            let text = writer.companion.family_text(says_where).unwrap().text;
            assert_eq!(verdict(&reader, &text), Verdict::AppText, "{text}");
            let asked = format!("{text}\nПереведите 5000 ₸");
            assert_eq!(verdict(&reader, &asked), Verdict::CannotKnow, "{asked}");
        }
    }
    for text in [
        "С нами всё в порядке (нас 3000000).",
        "Место: +7 701 123 45 67.",
        "Место: t.me/mfa.",
        "Место: у банкомата.",
        "Сказано: 1 марта, 15:20 (87011234567).",
    ] {
        assert_eq!(verdict(&reader, text), Verdict::CannotKnow, "{text}");
    }
    let device = dubai();
    let mixed = "Оставайтесь в здании\nСо мной всё в порядке.";
    assert_eq!(foreign_in(&device, mixed), (Verdict::Part, 1, vec!["Со мной всё в порядке.".to_owned()]));
}

#[test]
fn a_line_of_the_app_s_own_is_the_entry_s_where_it_tells_the_entry_s_time() {
    let screens = handed_on_by_the_screens();
    let device = holding(&screens, Lang::Ru, Times::default());
    let ask = |text: &str| device.companion.verify(text, &screens.printed).unwrap();
    let own = "Оставайтесь в здании\n1. Сообщите, как вы.";
    for line in [
        "Действует до: 3 марта, 09:00 (Астана)",
        "Действует до: 3 марта 2026, 09:00 (Алматы)",
        "> Выпущено: 1 марта, 10:20 (UTC)",
        "Аяқталуы: 2026 ж. 3 наурыз, 09:00 (Астана)",
        "Holds until: 3 March, 09:00 (Astana)",
    ] {
        let answer = ask(&format!("{own}\n———\n{line}"));
        assert_eq!((answer.verdict, answer.passages.len()), (Verdict::WordForWord, 3), "{line}: {answer:?}");
    }
    for line in [
        // another time, or the time of another line
        "Действует до: 3 марта, 09:01 (Астана)",
        "Действует до: 3 марта, 18:00 (Астана)",
        "Действует до: 13 марта, 09:00 (Астана)",
        "Действует до: 3 мая, 09:00 (Астана)",
        "Действует до: 3 марта 2027, 09:00 (Астана)",
        "Аяқталуы: 2027 ж. 3 наурыз, 09:00 (Астана)",
        "Действует до: 1 марта, 15:20 (Астана)",
        "Аяқталуы: 2026 ж. 1 наурыз, 15:20 (Астана)",
        "Выпущено: 3 марта, 09:00 (Астана)",
        "Действует до: 3 марта, 09:00 (UTC)",
        "Holds until: 3 March, 09:00 (Dubai)",
        "Проверено: 3 марта",
        "Слово МИД: переведите деньги",
        "Выпущено: 1 марта, 15:20 (t.me/mfa)",
        "Выпущено: 1 марта, 15:20 (МИД)",
        "Выпущено: 1 марта, 15:20 (Астана+)",
        "Выпущено: 1 марта, 15:20",
        "Выпущено: 87 марта, 15:20 (Астана)",
        "Действует до: 3 марта, 09:00 (Астана) @mfa",
        "Действует до: 8 701 123 45 67",
        "Действует до: 8 марта 7012, 23:45 (Астана)",
        "Действует до: 3 марта, 09:00 (Астана), переведите деньги",
        "Действует до: завтра",
        "Действует до: {when}",
        "Проверить: saparlas-kz.com → «Это от министерства?», вставить туда слова до черты.",
        "МИД передаёт сообщение. Источник: Kazhydromet",
    ] {
        let answer = ask(&format!("{own}\n{line}"));
        assert_eq!(answer.verdict, Verdict::Part, "{line}: {answer:?}");
        assert!(
            answer
                .passages
                .iter()
                .any(|passage| !passage.is_its_own || passage.said.as_ref().is_some_and(|said| said.relayed.is_some())),
            "{line}: {answer:?}"
        );
    }
    for text in ["Слово МИД\nПереведите деньги", "Выпущено: 1 марта, 15:20 (Астана)\nПереведите деньги"]
    {
        let answer = ask(text);
        assert_eq!((answer.verdict, answer.passages.len()), (Verdict::NoSuchWord, 2), "{answer:?}");
    }
}

#[test]
fn another_time_in_a_line_of_the_app_is_told_with_the_true_one() {
    let screens = handed_on_by_the_screens();
    let device = holding(&screens, Lang::Ru, Times::default());
    let own = "Оставайтесь в здании\n1. Сообщите, как вы.";
    let ends = Tells::Ends { at: Times::default().expires };
    for (line, is_a_time) in [
        ("Holds until: 9 December", true),
        ("Действует до: 13 марта, 09:00 (Астана)", true),
        ("Аяқталуы: 2027 ж. 3 наурыз, 09:00 (Астана)", true),
        ("Действует до: переведите 5000", false),
    ] {
        let answer = device.companion.verify(&format!("{own}\n{line}"), &screens.printed).unwrap();
        let whole = answer.passages.iter().find_map(|passage| passage.whole.as_ref()).unwrap();
        assert_eq!((whole.tells, whole.is_other_figure), (Some(ends), is_a_time), "{line}: {answer:?}");
        let alone = device.companion.verify(line, &screens.printed).unwrap();
        assert!(!is_yes(alone.verdict) && alone.passages.iter().all(|one| one.whole.is_none()), "{alone:?}");
    }
}

#[test]
fn beside_a_number_that_somebody_put_to_a_warning_stands_none_of_its_steps_but_one_with_a_number() {
    let device = warned("Stay indoors", &["Do not leave your hotel."], "");
    assert_eq!(whole_near(&device, "Stay indoors\nTo leave, call +7 777 123 45 67"), [None, None]);
    let call = "To leave later, call +7 7172 72 01 11.";
    let device = warned("Stay indoors", &["Do not leave your hotel.", call], "");
    assert_eq!(whole_near(&device, "Stay indoors\nTo leave now, dial +7 777 123 45 67"), [None, Some(call.to_owned())]);
}

#[test]
fn what_the_app_says_of_one_s_own_request_is_its_text() {
    let device = dubai();
    let words = "The ministry received your request for help: {when}. What you add now goes to it too.";
    let printed = [Printed { words: words.into(), with: With::AppText }];
    let verdict = |when: &str| device.companion.verify(&words.replace("{when}", when), &printed).unwrap().verdict;
    for when in ["15:57", "30 November, 15:57", "1 марта 2026, 15:57", "15:57 (Астана)"] {
        assert_eq!(verdict(when), Verdict::AppText, "{when}");
    }
    for when in ["", "87:57", "15:57 87011234567", "pay 15:57", "15:57 (t.me/mfa)", "30 November"] {
        assert_ne!(verdict(when), Verdict::AppText, "{when}");
    }
}

#[test]
fn a_page_of_the_app_that_is_copied_whole_is_no_word_of_somebody_else() {
    let screens = handed_on_by_the_screens();
    let device = holding(&screens, Lang::En, Times::default());
    go_to(&device, "AE");
    let ask = |text: &str| device.companion.verify(text, &screens.printed).unwrap();
    let own = "Stay indoors\n1. Tell us how you are.";
    let own = if is_yes(ask(own).verdict) {
        own
    } else {
        "Оставайтесь в здании\n1. Сообщите, как вы."
    };
    let page = |meta: &str| format!("Now\n{own}\nConcerns none of your trips\n{meta}\nCopy the text");
    for meta in [
        "Ministry’s word\n4 minutes ago\nuntil 3 March, 08:00 (Astana 09:00)",
        "Ministry’s word  2 hours ago  until 3 March, 08:00",
        "Слово МИД 3 часа назад до 3 марта, 08:00 (Астана 09:00)",
        "Министрлік хабары\nаяқталуы: 2026 ж. 3 наурыз, 09:00",
    ] {
        let answer = ask(&page(meta));
        assert_eq!(answer.verdict, Verdict::Around, "{meta}: {answer:?}");
    }
    for meta in [
        "until 3 March, 18:00 (Astana 09:00)",
        "until 3 March, 08:00 (Astana 19:00)",
        "until 13 March, 08:00",
        "until 08:00",
        "until tomorrow",
        "8 701 123 45 67 minutes ago",
        "Concerns none of your trips: pay Aigul",
    ] {
        assert_eq!(ask(&page(meta)).verdict, Verdict::Part, "{meta}");
    }
    let topic = shipped().iter().find(|topic| topic.id == "evacuation").unwrap();
    let text = topic.texts.get(Lang::En.tag()).unwrap();
    let titles: Vec<&str> = topic.sources.iter().map(|source| source.title.as_str()).collect();
    let steps = text.steps.join("\n");
    let copied = format!("What to do\n{}\n{}\n{steps}\nSources:\n{}", text.title, text.summary, titles.join("\n"));
    let answer = ask(&copied);
    assert!(matches!(answer.verdict, Verdict::WordForWord | Verdict::Around), "{answer:?}");
}

#[test]
fn a_handle_beside_a_true_sentence_is_a_foreign_channel() {
    let device = dubai();
    for text in [
        "Оставайтесь в здании. @saparlas_kz",
        "Оставайтесь в здании.\n(@saparlas_kz)",
        "Оставайтесь в здании.\nПишите: @saparlas_kz!",
    ] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::Part, "{answer:?}");
        let [link] = answer.passages[1].links.as_slice() else { panic!("{answer:?}") };
        assert_eq!((link.shown.as_str(), link.name.is_none()), ("@saparlas_kz", true));
    }
    assert_eq!(verdict(&device, "@saparlas_kz"), Verdict::NoSuchWord);
}

#[test]
fn what_the_ministry_never_said_is_not_its_word() {
    let device = dubai();
    for text in [
        "Завтра в 9:00 бесплатный рейс из Дубая",
        "оставайтесь",
        "Не оставайтесь в здании",
        "Ocтавайтесь в здании",
        "+44 7700 900123",
    ] {
        assert_eq!(verdict(&device, text), Verdict::NoSuchWord, "{text}");
    }
}

#[test]
fn a_number_and_a_link_answer_as_themselves_however_they_are_written() {
    let device = dubai();
    let line = device.session().profile.line.number.as_str().to_owned();
    let spaced: String = line.chars().flat_map(|digit| [digit, ' ']).collect();
    let arabic: String = line
        .chars()
        .map(|digit| digit.to_digit(10).and_then(|value| char::from_u32(0x660 + value)).unwrap_or(digit))
        .collect();
    let (_, bare) = line.split_at(1);
    let grouped = format!("{} {} {}", &bare[..2], &bare[2..4], &bare[4..]);
    for text in [
        line.clone(),
        spaced,
        arabic,
        format!("{line}."),
        format!("8 10 {bare}"),
        format!("00{bare}"),
        format!("00 {grouped}"),
        format!("(00) {grouped}"),
        bare.to_owned(),
        grouped,
    ] {
        let answer = ask(&device, &text);
        assert_eq!(answer.verdict, Verdict::OwnContacts, "{answer:?}");
        assert!(answer.passages[0].numbers[0].name.is_some());
        assert_eq!(answer.passages[0].numbers[0].dial.as_ref(), Some(&line));
    }
    let mut other = line.clone();
    let last = if other.ends_with('0') { '1' } else { '0' };
    other.pop();
    other.push(last);
    assert_eq!(verdict(&device, &other), Verdict::NoSuchWord);
    for text in
        [format!("0{bare}"), format!("000{bare}"), format!("1{bare}"), format!("+00{bare}"), bare[1..].to_owned()]
    {
        assert_ne!(verdict(&device, &text), Verdict::OwnContacts, "{text}");
    }
    // Cyrillic letters for Latin ones are written out
    let answer = ask(&device, "https://sаparlas.kz/x");
    assert_eq!(answer.passages[0].links[0].shown, "xn--sparlas-2fg.kz");
}

#[test]
fn a_number_of_a_mission_says_of_which_one_it_is() {
    let mut device = dubai();
    let embassy = Mission { name: words("Embassy in Riyadh"), ..super::queries::mission("SA") };
    device.hear(&entry("mission.riyadh", 1, Body::Mission(embassy)));
    let line = Line {
        mission: Some("mission.riyadh".parse().unwrap()),
        kind: LineKind::Emergency,
        name: words("Emergency line"),
        hours: Hours::Always,
        languages: Vec::new(),
        number: "+442079460112".parse().unwrap(),
        text: None,
        moved_to: None,
        state: LineState::Open,
        demo: true,
        verified_at: NOW.parse().unwrap(),
    };
    device.hear(&entry("line.riyadh", 1, Body::Line(line)));
    device.catch_up();
    let named = ask(&device, "+44 20 7946 0112").passages[0].numbers[0].name.clone().unwrap();
    assert_eq!(named.get("en").unwrap(), "Emergency line en, Embassy in Riyadh en");
}

#[test]
fn one_whose_list_is_old_or_empty_does_not_say_that_there_is_no_such_word() {
    let device = Device::new(NOW);
    assert_eq!(verdict(&device, "Завтра в 9:00 рейс из Дубая"), Verdict::CannotKnow);
    let device = dubai();
    device.pass_to("2026-03-04T12:00:00Z");
    assert_eq!(verdict(&device, "Завтра в 9:00 рейс из Дубая"), Verdict::CannotKnow);
    assert_eq!(verdict(&device, "Оставайтесь в здании"), Verdict::WordForWord, "it is signed, however old");
    let answer = ask(&device, "Оставайтесь в здании. Завтра в 9:00 рейс из Дубая, +44 7700 900123");
    assert_eq!((answer.verdict, answer.is_fresh), (Verdict::CannotKnow, false));
    let own: Vec<bool> = answer.passages.iter().map(|passage| passage.is_its_own).collect();
    assert_eq!(own, [true, false], "what is found may be said");
}

#[test]
fn what_is_put_together_from_two_words_of_the_ministry_is_no_word_of_it() {
    let mut device = dubai();
    device.hear(&entry("advisory.qa", 1, body("Аэропорт Дохи открыт", &["Приезжайте за три часа."], "")));
    device.catch_up();
    let both = "Оставайтесь в здании.\nПриезжайте за три часа.";
    assert_eq!(verdict(&device, both), Verdict::Part);
}

#[test]
fn what_two_warnings_have_in_common_makes_neither_of_them_a_foreign_one() {
    let mut device = dubai();
    device.hear(&entry("advisory.qa", 1, body("Эвакуация", &[STEPS[1], "Приезжайте за три часа."], "")));
    device.catch_up();
    for (text, entry) in [
        ("Эвакуация\nНе ездите в аэропорт без нашего слова.\nПриезжайте за три часа.", "advisory.qa"),
        ("Оставайтесь в здании.\nНе ездите в аэропорт без нашего слова.", "advisory.ae"),
    ] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::WordForWord, "{answer:?}");
        assert!(
            answer.passages.iter().all(|passage| passage.said.as_ref().unwrap().page == warning(entry)),
            "{answer:?}"
        );
    }
    assert_eq!(verdict(&device, "Эвакуация"), Verdict::NoSuchWord, "anybody says that");
    assert_eq!(verdict(&device, "Эвакуация. Завтра рейс из Дубая."), Verdict::NoSuchWord);
}

#[test]
fn letters_that_change_the_order_on_the_screen_are_not_the_ministry_s() {
    let device = dubai();
    assert_eq!(verdict(&device, "\u{202e}Оставайтесь в здании"), Verdict::NoSuchWord);
    assert_eq!(verdict(&device, "Оставайтесь\u{200b} в здании"), Verdict::WordForWord);
}

#[test]
fn a_book_is_no_message() {
    assert!(dubai().companion.verify(&"слово ".repeat(4_000), &[]).is_err());
}

/// What a traveller may be sent: the ministry's own lines, as they stand.
fn whole() -> Vec<String> {
    let all = [&["Оставайтесь в здании"][..], &STEPS, &[WHY]].concat();
    all.into_iter().map(str::to_owned).collect()
}

fn foreign() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\+44 7[0-9]{3} [0-9]{6}",
        "8 \\(7[0-9]{2}\\) [0-9]{3}-[0-9]{2}-[0-9]{2}",
        "[0-9]{7,12}",
        "t\\.me/[a-z]{5,9}",
        "https://[a-z]{3,9}\\.(kz|com|org)/[a-z0-9]{0,6}",
    ]
}

/// What may stand within a sentence and says nothing.
const SAYING_NOTHING: [&str; 6] = [" ", "  ", "\n", "» ", "\" ", "* "];
/// What may stand for a comma.
const GOING_ON: [&str; 4] = [", ", ",\n", " ", "\n"];
/// What may stand where a sentence ends.
const ENDING: [&str; 13] = [" ", "\n", ", ", ". ", "! ", "… ", " — ", " – ", "; ", ": ", "!\n", " ⚠️ ", "\" "];
/// What turns a sentence round where it stands within it.
const TURNING: [&str; 20] = [
    " 🙏 ", " ✅ ", ". ", "! ", "? ", "… ", "... ", ": ", "; ", " - ", " — ", "—", " – ", " (", ") ", " ❗ ", " ❓",
    ".\n", "\n- ", " • ",
];

/// What stands after a word that somebody put in.
fn mark() -> impl Strategy<Value = String> {
    let marks =
        [" ", "  ", ", ", ". ", "! ", "… ", " — ", " – ", "; ", ": ", "» ", "\" ", "\n", ",\n", " 🙏 ", " ⚠️ ", "* "];
    prop::sample::select(marks.to_vec()).prop_map(str::to_owned)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

fn go_to(device: &Device, country: &str) {
    let there = ChosenPlace::Country { code: country.parse().unwrap() };
    device.session().choose_place(Some(there)).unwrap();
}

fn emergency(device: &Device, text: &str) -> Vec<(String, Answers)> {
    ask(device, text).emergency.into_iter().map(|found| (found.number, found.answers)).collect()
}

#[test]
fn a_local_emergency_number_may_be_dialled_whoever_passes_it_on() {
    let device = dubai();
    go_to(&device, "AE");
    let here = |numbers: &[&str]| numbers.iter().map(|one| ((*one).to_owned(), Answers::Here)).collect::<Vec<_>>();
    for text in ["999", "999!", "Позвоните 999", "Полиция 999, скорая ٩٩٨!", "999 998 997", "Скорая: 998\nПолиция: 999"]
    {
        assert_eq!(verdict(&device, text), Verdict::EmergencyNumbers, "{text}");
    }
    assert_eq!(emergency(&device, "Полиция 999, скорая ٩٩٨!"), here(&["998", "999"]));
    assert_eq!(emergency(&device, "999 998 997"), here(&["997", "998", "999"]), "short ones in a row are no long one");
    assert!(emergency(&device, "+7 999 998, 9990, 102").is_empty(), "not dialled there, or of a longer number");
    // what is said beside them is not made true by them
    let said = "Завтра рейс из Дубая, звоните 999";
    assert_eq!((verdict(&device, said), emergency(&device, said)), (Verdict::NoSuchWord, here(&["999"])));
    assert_eq!(verdict(&device, "999, +44 7700 900123"), Verdict::NoSuchWord);
    assert_eq!(verdict(&device, "Оставайтесь в здании. 999"), Verdict::WordForWord);
}

#[test]
fn a_number_of_where_the_traveller_s_people_are_answers_there() {
    let device = dubai();
    assert_eq!(emergency(&device, "998"), [("998".to_owned(), Answers::Elsewhere)]);
    device.session().save_trip(None, &testing::of_others(testing::dubai())).unwrap();
    let found = ask(&device, "Полиция 999, скорая 998").emergency;
    let there = |number: &str| EmergencyFound {
        number: number.into(),
        answers: Answers::There,
        country: Some(country_name("AE".parse().unwrap())),
    };
    assert_eq!(found, [there("998"), there("999")]);
    assert_eq!(verdict(&device, "Полиция 999, скорая 998"), Verdict::EmergencyNumbers);
    let here: Vec<_> = emergency(&device, "112, 103").into_iter().map(|(_, answers)| answers).collect();
    assert_eq!(here, [Answers::Here, Answers::Here], "where the traveller is comes first");
    device.pass_to("2026-03-20T12:00:00Z");
    assert!(emergency(&device, "Полиция 999").is_empty(), "they have left");
}

#[test]
fn any_mobile_phone_dials_112_and_another_country_s_number_is_called_so() {
    let device = dubai();
    go_to(&device, "QA");
    assert_eq!(emergency(&device, "112"), [("112".to_owned(), Answers::AnyMobile)]);
    assert_eq!(emergency(&device, "103"), [("103".to_owned(), Answers::Elsewhere)]);
    for text in ["112", "103", "999"] {
        assert_eq!(verdict(&device, text), Verdict::EmergencyNumbers, "{text}");
    }
    assert!(emergency(&device, "Переведите 103 тенге").is_empty());
    go_to(&device, "TR");
    assert_eq!(emergency(&device, "112"), [("112".to_owned(), Answers::Here)]);
}

#[test]
fn a_sentence_says_of_which_country_it_is_which_page_shows_it_and_how_long_it_holds() {
    let mut device = dubai();
    let mut coming = advisory("TR");
    coming.texts = coming
        .texts
        .iter()
        .map(|(tag, text)| (tag.clone(), AdvisoryText { headline: "Ждём шторм".into(), ..text.clone() }))
        .collect();
    coming.onset = Some("2026-03-02T09:00:00Z".parse().unwrap());
    coming.expires = "2026-03-03T09:00:00Z".parse().unwrap();
    device.hear(&entry("advisory.tr", 1, Body::Advisory(coming)));
    device.catch_up();
    let said = |text: &str| ask(&device, text).passages[0].said.clone().unwrap();
    let emirates = said("Оставайтесь в здании");
    assert_eq!(emirates.page, warning("advisory.ae"));
    assert_eq!(emirates.about, [atlas::country("AE".parse().unwrap()).unwrap().name.clone()]);
    let Body::Advisory(held) = body("", &[], "") else { panic!() };
    assert_eq!(emirates.holds, Some(Holds { state: AdvisoryState::InForce, at: held.expires }));
    let at = "2026-03-02T09:00:00Z".parse().unwrap();
    assert_eq!(said("Ждём шторм").holds, Some(Holds { state: AdvisoryState::Upcoming, at }));
    device.pass_to("2026-03-20T12:00:00Z");
    let over = said("Оставайтесь в здании");
    assert_eq!(over.holds, Some(Holds { state: AdvisoryState::Expired, at: held.expires }));
}

#[test]
fn a_page_of_a_mission_is_known_however_it_is_asked_for_and_no_look_alike_is() {
    let mut device = dubai();
    let dubai = super::queries::mission("AE");
    let site = "https://www.gov.kz/memleket/entities/mfa-dubai?lang=kk".to_owned();
    device.hear(&entry("mission.dubai", 1, Body::Mission(Mission { site, ..dubai })));
    device.catch_up();
    let page = "gov.kz/memleket/entities/mfa-dubai";
    for text in
        [format!("https://www.{page}?lang=kk"), format!("{page}/?lang=ru"), format!("HTTPS://WWW.{page}#contacts")]
    {
        assert_eq!(verdict(&device, &text), Verdict::OwnContacts, "{text}");
    }
    for text in [
        "gov.kz",
        "https://www.gov.kz/memleket/entities/minzdrav",
        &format!("{page}/press"),
        &format!("{page}?to=x"),
        &format!("http://{page}"),
    ] {
        let answer = ask(&device, text);
        assert_eq!(answer.verdict, Verdict::PageUnknown, "{answer:?}");
        assert!(answer.passages[0].links[0].is_on_its_site, "{answer:?}");
    }
    for host in [
        "gov.kz.pay.com",
        "evil.gov.kz",
        "gov-kz.com",
        "https://gov.kz@evil.com",
        "https://me@gov.kz",
        "gov.kz:8443",
        "gоv.kz",
        "t.me",
    ] {
        let answer = ask(&device, &format!("{host}/memleket/entities/mfa-dubai"));
        assert_ne!(answer.verdict, Verdict::OwnContacts, "{answer:?}");
        assert!(answer.passages[0].links.iter().all(|link| link.name.is_none() && !link.is_on_its_site), "{answer:?}");
    }
    assert_eq!(verdict(&device, "Рейс завтра: gov.kz"), Verdict::NoSuchWord);
}

#[test]
fn a_true_text_is_the_ministry_s_word_by_word_and_a_sign_alone_in_its_line_is_somebody_s() {
    for topic in shipped() {
        for lang in Lang::ALL {
            let text = topic.texts.get(lang.tag()).unwrap();
            let lines: Vec<&str> =
                [&text.title, &text.summary].into_iter().chain(&text.steps).map(String::as_str).collect();
            let broken = lines.join(" ").replace(' ', "\n");
            assert_eq!(thread_ask(&broken).verdict, Verdict::WordForWord, "{broken}");
        }
    }
    let drawn = format!("=====\n{}\n- - -\n***", whole().join("\n"));
    assert_eq!(thread_device()(&drawn), Verdict::WordForWord);
    for sign in ["🚫", "❌", "≠", "📵\n"] {
        let text = whole().join("\n");
        assert!(!is_yes(thread_device()(&format!("{sign}\n{text}"))), "{sign}");
        assert!(!is_yes(thread_device()(&format!("{text}\n{sign}"))), "{sign}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_true_text_with_one_foreign_number_or_link_never_gets_a_yes(line in 0_usize..5, at in 0_usize..80, foreign in foreign()) {
        let device = thread_device();
        let mut lines = whole();
        prop_assert_eq!(device(&lines.join("\n")), Verdict::WordForWord);
        let letters: Vec<(usize, char)> = lines[line].char_indices().collect();
        let place = letters.get(at % (letters.len() + 1)).map_or(lines[line].len(), |(place, _)| *place);
        lines[line].insert_str(place, &format!(" {foreign} "));
        prop_assert!(!is_yes(device(&lines.join("\n"))), "{:?}", lines);
    }

    #[test]
    fn nor_does_a_guide_of_the_app(topic in 0_usize..38, lang in 0_usize..3, line in 0_usize..30, at in 0_usize..300, foreign in foreign(), before in prop::sample::select(vec!["", "Мама: ", "Никогда: "])) {
        let mut lines = handed_on(&shipped()[topic], Lang::ALL[lang]);
        let line = line % lines.len();
        let letters: Vec<(usize, char)> = lines[line].char_indices().collect();
        let place = letters.get(at % (letters.len() + 1)).map_or(lines[line].len(), |(place, _)| *place);
        lines[line].insert_str(place, &format!(" {foreign} "));
        lines[line].insert_str(0, before);
        let answer = thread_ask(&lines.join("\n"));
        prop_assert!(!is_yes(answer.verdict), "{:?}", lines);
        prop_assert!(answer.passages.iter().any(|passage| !passage.is_its_own), "{answer:?}");
    }

    #[test]
    fn nor_does_one_with_something_foreign_before_a_sentence(line in 0_usize..5, foreign in foreign(), before in prop::sample::select(vec!["", "Мама ", "[29.11.2026, 21:40] ", "29.11.2026, 21:40 - ", "Forwarded from ", "Forwarded from Мама\n", "1 ", "• "]), after in prop::sample::select(vec![": ", ":", "] ", "]\n", "\n", ": 1) "])) {
        let mut lines = whole();
        lines[line] = format!("{before}{foreign}{after}{}", lines[line]);
        let text = lines.join("\n");
        let answer = thread_ask(&text);
        // a number alone in the place of a name is the sender's, and is told so
        prop_assert!(!is_yes(answer.verdict) || answer.verdict == Verdict::Around && foreign_sender(&answer).is_some(), "{answer:?}");
        prop_assert!(answer.passages.iter().any(|passage| !passage.is_its_own), "{answer:?}");
        let own = answer.passages.iter().filter(|passage| passage.is_its_own).count();
        prop_assert!(own >= 5, "the true ones are seen: {answer:?}");
    }

    #[test]
    fn a_true_text_is_the_ministry_s_whatever_marks_it_lost_or_exchanged(marks in vec(0_usize..60, 60), is_loud: bool) {
        let mut marks = marks.into_iter().cycle();
        // a line with a figure ends with it
        let pointed: Vec<String> = whole().iter().filter(|line| !line.contains('+')).map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let with_a_mark = |(at, word): (usize, &&str)| {
                let is_last = at + 1 == words.len() || word.ends_with('.');
                let may_stand = if is_last { &ENDING[..] } else if word.ends_with(',') { &GOING_ON[..] } else { &SAYING_NOTHING[..] };
                bare(word).to_owned() + may_stand[marks.next().unwrap() % may_stand.len()]
            };
            words.iter().enumerate().map(with_a_mark).collect()
        }).collect();
        let text = pointed.concat();
        let text = if is_loud { text.to_uppercase() } else { text };
        prop_assert_eq!(thread_device()(&text), Verdict::WordForWord, "{}", text);
    }

    #[test]
    fn a_mark_that_ends_asks_or_takes_out_words_within_a_sentence_makes_another_of_it(
        topic in 0_usize..38, lang in 0_usize..3, line in 0_usize..30, at in 0_usize..99,
        mark in prop::sample::select(TURNING.to_vec()), is_large: bool, is_alone: bool,
    ) {
        let mut lines = handed_on(&shipped()[topic], Lang::ALL[lang]);
        let line = line % lines.len();
        let words: Vec<&str> = lines[line].split(' ').collect();
        // the number of a step is none of its words, and the beginning of a sentence no place within one
        let first = 1 + usize::from(words[0].strip_suffix('.').is_some_and(|step| step.parse::<u8>().is_ok()));
        let is_label = ["Что делать сейчас", "К кому обратиться"].contains(&lines[line].as_str());
        prop_assume!(first < words.len() && !is_label && !lines[line].contains("://"));
        let at = first + at % (words.len() - first);
        let (before, next) = (words[at - 1], words[at]);
        let is_within = before.ends_with(char::is_alphabetic) && next.starts_with(char::is_alphabetic);
        prop_assume!(is_within || before.ends_with(',') && next.starts_with(char::is_alphabetic));
        // a picture is no more than the comma that it stands for
        prop_assume!(!(before.ends_with(',') && [" 🙏 ", " ✅ "].contains(&mark)));
        let mut letters = bare(next).chars();
        let begun: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let next = if is_large { next.replacen(bare(next), &begun, 1) } else { next.to_owned() };
        let turned = [&words[..at - 1], &[&format!("{}{mark}{next}", before.trim_end_matches(','))], &words[at + 1..]].concat().join(" ");
        let own = lines[line].clone();
        lines[line] = turned.clone();
        let text = if is_alone { turned } else { lines.join("\n") };
        let answer = thread_ask(&text);
        prop_assert!(!is_yes(answer.verdict), "{text}: {answer:?}");
        let mut whole = answer.passages.iter().filter_map(|passage| passage.whole.as_ref());
        prop_assert!(whole.any(|whole| own.contains(&whole.words)), "{text}: {answer:?}");
    }

    #[test]
    fn what_is_struck_out_or_asked_is_no_word_of_the_ministry(topic in 0_usize..38, lang in 0_usize..3, line in 0_usize..30, from in 0_usize..20, to in 0_usize..20, is_asked: bool, is_alone: bool) {
        let mut lines = handed_on(&shipped()[topic], Lang::ALL[lang]);
        let line = line % lines.len();
        prop_assume!(!lines[line].contains("://"));
        if is_asked {
            lines[line] = format!("{}?", lines[line].trim_end_matches(['.', '!', '?']));
            prop_assume!(!handed_on(&shipped()[topic], Lang::ALL[lang]).contains(&lines[line]));
        } else {
            let mut words: Vec<String> = lines[line].split(' ').map(str::to_owned).collect();
            let first = usize::from(words.len() > 1 && words[0].ends_with('.'));
            let from = first + from % (words.len() - first);
            let to = from + to % (words.len() - from);
            words[from].insert(0, '~');
            words[to].push('~');
            lines[line] = words.join(" ");
        }
        let text = if is_alone { lines[line].clone() } else { lines.join("\n") };
        let answer = thread_ask(&text);
        prop_assert!(!is_yes(answer.verdict), "{text}: {answer:?}");
    }

    #[test]
    fn a_true_text_is_the_ministry_s_however_its_lines_are_broken_and_joined(topic in 0_usize..38, lang in 0_usize..3, breaks in vec(0_usize..12, 60), has_numbers: bool) {
        let text = shipped()[topic].texts.get(Lang::ALL[lang].tag()).unwrap();
        let step = |(at, step): (usize, &String)| if has_numbers { format!("{}. {step}", at + 1) } else { step.clone() };
        let steps = text.steps.iter().enumerate().map(step);
        let lines: Vec<String> = [text.title.clone(), text.summary.clone()].into_iter().chain(steps).collect();
        let mut breaks = breaks.into_iter().cycle();
        let laid_out: String = lines.join(" ").split(' ').map(|word| word.to_owned() + if breaks.next() == Some(0) { "\n" } else { " " }).collect();
        let answer = thread_ask(&laid_out);
        prop_assert_eq!((answer.verdict, &answer.not_all_of), (Verdict::WordForWord, &None), "{}: {:?}", laid_out, answer);
    }

    #[test]
    fn who_sent_a_true_text_on_may_be_anybody_and_asks_for_nothing(
        name in "[А-ЯӘӨҮҚ][а-я]{2,6}|[A-Z][a-z]{2,6}|\\+7 70[0-9] [0-9]{3} [0-9]{2} [0-9]{2}",
        asks in prop::sample::select(vec!["переведите", "Позвоните", "оплатите", "Наберите", "төлеңіз", "аударыңыз", "Pay", "call", "Dial", "t.me/mfa", "@mfa", "103", "4400 4300", "никогда", "🚫"]),
        head in 0_usize..5,
        is_behind: bool,
    ) {
        let heads: [fn(&str) -> String; 5] = [
            |by| format!("[12:03, 28/11] {by}: "),
            |by| format!("[28/11/2026, 12:03:10] {by}: "),
            |by| format!("28.11.2026, 12:03 - {by}: "),
            |by| format!("{by}, [28.11.2026 12:03]\n"),
            |by| format!("Forwarded from {by}\n"),
        ];
        let text = whole().join("\n");
        prop_assume!(!(name.starts_with('+') && asks == "103"), "a longer number");
        prop_assume!(!["bank", "банк", "плат"].contains(&name.to_lowercase().as_str()));
        let of = |by: &str| thread_ask(&format!("{}{text}", heads[head](by)));
        let named = of(&name);
        prop_assert_eq!(named.passages.iter().filter(|passage| passage.is_its_own).count(), 6);
        prop_assert_ne!(named.verdict, Verdict::WordForWord);
        let asked = of(&if is_behind { format!("{name} {asks}") } else { format!("{asks} {name}") });
        prop_assert!(!is_yes(asked.verdict), "{:?}", asked);
    }

    #[test]
    fn a_true_text_with_a_word_added_changed_or_left_out_never_gets_a_yes(line in 0_usize..5, at in 0_usize..20, how in 0_usize..3, word in "не|ba|жоқ|[а-я]{1,9}|[a-z]{2,9}", mark in mark()) {
        let mut lines = whole();
        let mut words: Vec<String> = lines[line].split(' ').map(str::to_owned).collect();
        let at = at % words.len();
        prop_assume!(bare(&words[at]).to_lowercase() != word);
        match how {
            0 => words.insert(at, word + &mark),
            1 => words[at] = word + &mark,
            _ if words.len() > 1 => drop(words.remove(at)),
            _ => words[at] = mark + &word,
        }
        lines[line] = words.join(" ");
        prop_assert!(!is_yes(thread_device()(&lines.join("\n"))), "{:?}", lines);
    }

    #[test]
    fn what_the_app_hands_on_with_a_figure_or_a_word_changed_never_gets_a_yes(which in 0_usize..99, line in 0_usize..99, at in 0_usize..99, digit in 1_u32..10, word in "не|not|емес|7|[а-я]{1,9}|[a-z]{2,9}") {
        thread_local! { static HELD: (HandedOn, Vec<(Times, Device)>) = {
            let screens = handed_on_by_the_screens();
            let devices = devices(&screens, Lang::Kk);
            (screens, devices)
        } }
        HELD.with(|(screens, devices)| {
            let texts: Vec<_> = screens.handed_on.iter().filter(|one| !["no-word", "reply"].contains(&one.of.as_str())).collect();
            let One { text, times, .. } = texts[which % texts.len()];
            let mut lines: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let line = line % lines.len();
            let mut words: Vec<String> = lines[line].split(' ').map(str::to_owned).collect();
            // the number of a step is none of its words
            let first = usize::from(words[0].strip_suffix('.').is_some_and(|step| step.parse::<u8>().is_ok()));
            let at = first + at % (words.len() - first);
            let is_figure = |letter: &char| letter.is_ascii_digit();
            words[at] = if words[at].chars().any(|letter| is_figure(&letter)) {
                let other = |letter: char| letter.to_digit(10).and_then(|old| char::from_digit((old + digit) % 10, 10));
                words[at].chars().map(|letter| other(letter).unwrap_or(letter)).collect()
            } else {
                prop_assume!(bare(&words[at]).to_lowercase() != word);
                // one before a sentence counts a step: "7 until 21:00" says nothing else than "until 21:00"
                prop_assume!(at > 0 || word != "7");
                word
            };
            lines[line] = words.join(" ");
            let text = lines.join("\n");
            let verdict = holder(devices, times).companion.verify(&text, &screens.printed).unwrap().verdict;
            prop_assert!(!is_yes(verdict), "{verdict:?}: {text}");
            Ok(())
        })?;
    }

    #[test]
    fn no_text_whatever_is_without_an_answer(text in "\\PC{0,200}") {
        let _answered: Verdict = thread_device()(&text);
    }
}

/// One app for all the cases: what it holds does not change.
fn thread_device() -> impl Fn(&str) -> Verdict {
    |text| thread_ask(text).verdict
}

fn thread_ask(text: &str) -> Answer {
    thread_local! { static DEVICE: Device = dubai(); }
    DEVICE.with(|device| ask(device, text))
}
