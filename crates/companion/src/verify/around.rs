//! What a messenger or a mail puts around a text by itself: who sent it and when, that it was passed on, which telephone wrote
//! it. Only what is nothing else is known so: a link, a sign or an order in it is somebody's own, and so is a number beside a name.

use super::{
    reading::{INVISIBLE, is_day, is_hour, is_month, is_numeral, is_of_a_day, is_short_day},
    words::{Word, words},
};

/// A text as it was put into its envelope.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A line of the envelope, or what of a line is of it.
    Around(Around<'a>),
    /// What stands in it.
    Told(&'a str),
}

/// Who sent something on, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around<'a> {
    pub text: &'a str,
    /// A name or a number; empty where none is told.
    pub sender: &'a str,
}

/// A text without its envelope, and the envelope line by line, in their order.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut begin, mut at, mut in_mail) = (Vec::new(), 0, 0, false);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        // of two fields that stand together both are a mail's; a subject is one alone
        let is_field = is_subject(line) || mail_field(line).is_some() && (in_mail || mail_field(next).is_some());
        in_mail = is_field || is_divider(line);
        let of_mail = mail_field(line).filter(|_| in_mail);
        if let Some((around, rest)) = of_mail.or_else(|| put_before(line)) {
            parts.extend(text.get(begin..at).filter(|told| !told.trim().is_empty()).map(Part::Told));
            parts.push(Part::Around(around));
            begin = at + line.len() - rest.len();
        }
        at += line.len();
    }
    parts.extend(text.get(begin..).filter(|told| !told.trim().is_empty()).map(Part::Told));
    parts
}

/// What stands in the envelope.
pub fn told(text: &str) -> String {
    told_of(parts(text))
}

fn told_of(parts: Vec<Part<'_>>) -> String {
    let told = parts.into_iter().filter_map(|part| match part {
        Part::Told(told) => Some(told.trim()),
        Part::Around(_) => None,
    });
    told.collect::<Vec<_>>().join("\n")
}

/// A text without what a messenger put before each of its first `most` lines.
pub fn opened(text: &str, most: usize) -> String {
    let mut opened = String::with_capacity(text.len());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        // each such line has a moment, and a moment a colon
        let parts = if at < most && line.contains(':') { parts(line) } else { Vec::new() };
        if parts.iter().any(|part| matches!(part, Part::Around(_))) {
            opened.push_str(&told_of(parts));
            opened.push('\n');
        } else {
            opened.push_str(line);
        }
    }
    opened
}

/// What a line begins with that a messenger or a mail put there, and the rest of the line.
fn put_before(line: &str) -> Option<(Around<'_>, &str)> {
    let told = unquoted(line);
    let whole = told.trim_end();
    let sender_of = |sender| Some((Around { text: whole, sender }, ""));
    if is_divider(line) || is_one_of(&words(whole), &FOOTERS) {
        return sender_of("");
    }
    if let Some(sender) = passed_on_from(whole).or_else(|| written_by(whole)) {
        return sender_of(sender);
    }
    if let Some((moment, rest)) = told.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return is_moment(moment).then(|| behind_a_moment(told, rest));
    }
    if let Some((_, rest)) = told.split_once(" - ").filter(|(moment, _)| is_moment(moment)) {
        return named(rest).map(|(sender, rest)| (Around { text: until(told, rest), sender }, rest));
    }
    let (sender, rest) = told.split_once(", [")?;
    let (moment, rest) = rest.split_once(']')?;
    let is_sent = is_moment(moment) && is_sender(sender);
    is_sent.then(|| (Around { text: until(told, rest), sender: sender.trim() }, rest.trim_start_matches(':')))
}

/// "[28/11, 12:03] Mum: ", and where no name stands behind the moment, the moment alone.
fn behind_a_moment<'a>(told: &'a str, rest: &'a str) -> (Around<'a>, &'a str) {
    let (sender, rest) = named(rest).unwrap_or(("", rest.strip_prefix(':').unwrap_or(rest)));
    (Around { text: until(told, rest), sender }, rest)
}

/// A sender with the colon behind it, and what stands behind that.
fn named(text: &str) -> Option<(&str, &str)> {
    let (sender, rest) = text.split_once(':')?;
    is_sender(sender).then_some((bare(sender), rest))
}

/// The beginning of a text up to its rest.
fn until<'a>(text: &'a str, rest: &str) -> &'a str {
    text.strip_suffix(rest).unwrap_or(text).trim()
}

/// Without the signs of one who quotes it, and those that only say which way letters run.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '>' || is_unseen(letter))
}

fn is_unseen(letter: char) -> bool {
    INVISIBLE.contains(&letter) || matches!(letter, '\u{200e}' | '\u{200f}')
}

/// Whether a passage that no line begins with is such a line: a name and a day, by which nobody is called, or what whoever
/// sends it on asks of it.
pub fn is_around(text: &str) -> Option<&str> {
    if let Some((around, rest)) = put_before(text) {
        return rest.trim().is_empty().then_some(around.sender);
    }
    if asks_whether_it_is_true(text) || is_seen(text) {
        return Some("");
    }
    let (moment, rest): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|part| is_day(part) || is_hour(part));
    let rest = rest.join(" ");
    let is_dated = moment.iter().any(|part| is_day(part));
    (is_dated && is_name(&rest, &words(&rest), Case::Capital)).then_some("")
}

/// "Is it true???": it says nothing, and leaves what it asks of as it is.
pub fn asks_whether_it_is_true(text: &str) -> bool {
    text.contains('?') && is_one_of(&words(text), &ASKED)
}

/// "16:58 ✓✓", as it stands at the end of what is copied out of a messenger.
fn is_seen(text: &str) -> bool {
    let (hours, ticks): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|part| is_hour(part));
    let is_tick = |letter: char| matches!(letter, '✓' | '✔' | '\u{fe0f}');
    hours.len() == 1 && !ticks.is_empty() && ticks.iter().all(|part| part.chars().all(is_tick))
}

/// One day and one hour at most, as people and messengers write them: more could be a number.
fn is_moment(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let count = |is: &dyn Fn(&str) -> bool| parts.iter().filter(|part| is(part)).count();
    let (months, hours) = (count(&is_month), count(&|part| is_hour(part) && part.contains(':')));
    let (days, figures) = (count(&is_any_day), count(&is_of_a_day));
    let is_of_it = |part: &&str| {
        is_any_day(part) || is_hour(part) || is_month(part) || months == 1 && is_of_a_day(part) || is_filling(part)
    };
    parts.iter().all(is_of_it) && hours <= 1 && days + months <= 1 && figures <= 2 && days + months + hours > 0
}

fn is_any_day(part: &str) -> bool {
    is_day(part) || is_short_day(part)
}

/// "at", and the days of the week.
fn is_filling(part: &str) -> bool {
    let word = part.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    FILLING.contains(&word.as_str())
}

const FILLING: [&str; 48] = [
    "at",
    "on",
    "в",
    "г",
    "ж",
    "сағат",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "пн",
    "вт",
    "ср",
    "чт",
    "пт",
    "сб",
    "вс",
    "дс",
    "сс",
    "бс",
    "жм",
    "сн",
    "жс",
    "дб",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
    "дүйсенбі",
    "сейсенбі",
    "сәрсенбі",
    "бейсенбі",
    "жұма",
    "сенбі",
    "жексенбі",
];

/// "Forwarded from Mum", "[Переслано от: …]".
fn passed_on_from(line: &str) -> Option<&str> {
    let said = words(line);
    let name = PASSED_ON.iter().find_map(|note| after(&said, note)).filter(|name| !name.is_empty())?;
    let sender = line.get(name.first()?.at.start..name.last()?.at.end)?;
    (is_number(sender) || is_name(line, name, Case::Capital)).then_some(sender)
}

/// "On 28 Nov 2026, at 12:03, Mum <mum@mail.kz> wrote:"
fn written_by(line: &str) -> Option<&str> {
    let line = WROTE
        .iter()
        .find_map(|end| line.strip_suffix(end))
        .or_else(|| line.strip_suffix(':').filter(|line| line.ends_with('>')))?;
    let (moment, sender) = line.trim_end().rsplit_once(", ")?;
    let moment = moment.trim_start_matches("On ");
    (is_moment(moment) && is_of_mail(sender)).then(|| sender.trim())
}

const WROTE: [&str; 6] = [" wrote:", " пишет:", " написал:", " написала:", " написал(а):", " жазды:"];

/// "Subject: …"
fn is_subject(line: &str) -> bool {
    field_of(without_stars(line)).is_some_and(|(field, _)| SUBJECT.contains(&field.as_str()))
}

/// What a field is called, and what stands in it.
fn field_of(told: &str) -> Option<(String, &str)> {
    let (field, rest) = told.split_once(':')?;
    Some((field.to_lowercase(), rest))
}

/// As a messenger shows a field in bold.
fn without_stars(line: &str) -> &str {
    unquoted(line).trim_start_matches('*')
}

/// "From: Mum <mum@mail.kz>", and what of "Subject: …" is not said by anybody.
fn mail_field(line: &str) -> Option<(Around<'_>, &str)> {
    let told = without_stars(line);
    let (field, rest) = field_of(told)?;
    let value = rest.trim_matches(['*', ' ', '\r', '\n', '\t']);
    let is = |fields: &[&str]| fields.contains(&field.as_str());
    if is(&SUBJECT) {
        let rest = PREFIXES.iter().find_map(|prefix| rest.trim_start().strip_prefix(prefix)).unwrap_or(rest);
        return Some((Around { text: until(told, rest), sender: "" }, rest));
    }
    let is_field = is(&FROM) && is_of_mail(value)
        || is(&TO) && value.split([',', ';']).all(is_of_mail)
        || is(&SENT) && is_moment(without_zone(value));
    let sender = if is(&FROM) { value } else { "" };
    is_field.then(|| (Around { text: told.trim_end(), sender }, ""))
}

/// "Mon, 30 Nov 2026 12:10:00 +0500" without how far its clock is from others.
fn without_zone(moment: &str) -> &str {
    let is_zone = |zone: &str| zone.len() == 4 && zone.bytes().all(|byte| byte.is_ascii_digit());
    let before = moment.rsplit_once([' ']).filter(|(_, last)| last.strip_prefix(['+', '-']).is_some_and(is_zone));
    before.map_or(moment, |(before, _)| before)
}

const FROM: [&str; 3] = ["from", "от", "кімнен"];
const TO: [&str; 6] = ["to", "cc", "кому", "копия", "кімге", "көшірме"];
const SENT: [&str; 6] = ["sent", "date", "отправлено", "дата", "жіберілді", "күні"];
const SUBJECT: [&str; 3] = ["subject", "тема", "тақырып"];

/// What a mail program puts before a subject.
const PREFIXES: [&str; 5] = ["Fwd:", "FW:", "Fw:", "Re:", "RE:"];

/// A name, an address of a mail, or both.
fn is_of_mail(sender: &str) -> bool {
    let (addresses, name): (Vec<&str>, Vec<&str>) = sender.split_whitespace().partition(|part| part.contains('@'));
    let name = name.join(" ");
    addresses.len() <= 1 && (addresses.len() == 1 && name.is_empty() || is_sender(&name))
}

/// "---------- Forwarded message ---------"
fn is_divider(line: &str) -> bool {
    let line = unquoted(line);
    let is_drawn = line.starts_with("--") || line.trim_end().ends_with(':');
    is_drawn && is_one_of(&words(line), &DIVIDERS)
}

const DIVIDERS: [&str; 6] = [
    "forwarded message",
    "begin forwarded message",
    "original message",
    "пересланное сообщение",
    "исходное сообщение",
    "бастапқы хабар",
];

/// A person or a channel as it stands in a list of contacts, or a number that is in none.
fn is_sender(text: &str) -> bool {
    let text = bare(text);
    !text.is_empty() && (is_number(text) || is_name(text, &words(text), Case::Any))
}

/// As a messenger shows it: "~" stands before the name that somebody gave themselves, signs of direction around a number.
fn bare(sender: &str) -> &str {
    sender.trim_matches(|letter: char| {
        letter.is_whitespace() || is_unseen(letter) || matches!(letter, '~' | '\u{202a}' | '\u{202c}')
    })
}

/// A number that could reach somebody, and nothing beside it.
fn is_number(text: &str) -> bool {
    let is_laid_out = |letter: char| letter.is_whitespace() || "+()-‑–.".contains(letter) || letter.is_ascii_digit();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.chars().all(is_laid_out) && text.rfind('+').is_none_or(|at| at == 0)
}

/// Whether a word goes on after a messenger's "forwarded": whose it was stands behind it.
pub fn is_from(word: &str) -> bool {
    PASSED_ON.iter().any(|note| note.ends_with(word))
}

fn is_one_of(said: &[Word], lines: &[&str]) -> bool {
    lines.iter().any(|line| after(said, line).is_some_and(<[Word]>::is_empty))
}

fn after<'a>(said: &'a [Word], note: &str) -> Option<&'a [Word]> {
    let count = note.split(' ').count();
    let (begin, rest) = said.split_at_checked(count)?;
    begin.iter().map(|word| word.said.as_str()).eq(note.split(' ')).then_some(rest)
}

/// How the words of a name begin.
enum Case {
    /// Large, where they are more than one.
    Capital,
    /// The first of more than two large.
    Any,
}

/// Of a person or a channel, as it stands in a list of contacts.
fn is_name(text: &str, name: &[Word], case: Case) -> bool {
    let is_capital = |word: &Word| {
        let word = text.get(word.at.clone()).unwrap_or_default();
        word.starts_with(char::is_uppercase) || word.starts_with(char::is_numeric)
    };
    let is_begun = match case {
        Case::Capital => name.len() == 1 || name.iter().all(is_capital),
        Case::Any => name.len() <= 2 || name.first().is_some_and(is_capital),
    };
    is_begun && name.len() <= MOST_OF_A_NAME && name.iter().enumerate().all(|(at, word)| is_of_a_name(&word.said, at))
}

/// Of money, calls and haste.
pub fn asks_for_something(word: &str) -> bool {
    ORDERS.iter().any(|end| word.ends_with(end)) || ABOUT.iter().any(|begin| word.starts_with(begin))
}

/// A short figure may stand behind: "Mum 2".
fn is_of_a_name(word: &str, at: usize) -> bool {
    let is_order = asks_for_something(word);
    let is_figure = at > 0 && is_numeral(word);
    (is_figure || word.chars().all(char::is_alphabetic)) && !TURNING.contains(&word) && !is_order
}

const MOST_OF_A_NAME: usize = 4;

/// As telephones and mail programs write it under a letter.
const FOOTERS: [&str; 11] = [
    "sent from my iphone",
    "sent from my ipad",
    "sent from my galaxy",
    "sent from my samsung galaxy smartphone",
    "sent from outlook for ios",
    "sent from outlook for android",
    "отправлено с iphone",
    "отправлено с ipad",
    "отправлено со смартфона samsung galaxy",
    "отправлено из outlook для ios",
    "отправлено из outlook для android",
];

/// What whoever sends a text on asks of it, with a question mark.
const ASKED: [&str; 43] = [
    "is it true",
    "is this true",
    "is that true",
    "true",
    "true or not",
    "true or false",
    "really",
    "is it real",
    "is this real",
    "is it fake",
    "is this fake",
    "fake",
    "is this from the ministry",
    "is it from the ministry",
    "is this from the embassy",
    "did the ministry say this",
    "is it still valid",
    "is this still valid",
    "это правда",
    "правда",
    "правда это",
    "правда ли это",
    "это правда или нет",
    "правда или нет",
    "правда или фейк",
    "это фейк",
    "фейк",
    "это точно",
    "точно",
    "это от министерства",
    "это от мид",
    "это от посольства",
    "это еще действует",
    "рас па",
    "бұл рас па",
    "мынау рас па",
    "шын ба",
    "бұл шын ба",
    "шын ба өтірік пе",
    "бұл министрліктен бе",
    "министрліктен бе",
    "шынымен бе",
    "бұл фейк пе",
];

/// What stands before the name of whom something was passed on from.
const PASSED_ON: [&str; 3] = ["forwarded from", "переслано от", "переслано из"];

/// They turn round what stands behind them.
const TURNING: [&str; 22] = [
    "не",
    "ни",
    "нет",
    "никогда",
    "ложь",
    "неправда",
    "фейк",
    "обман",
    "отмена",
    "отменено",
    "отбой",
    "емес",
    "жоқ",
    "жалған",
    "өтірік",
    "ешқашан",
    "not",
    "no",
    "never",
    "fake",
    "false",
    "cancelled",
];
/// The endings of those who tell many what to do, in Russian and in Kazakh.
const ORDERS: [&str; 7] = ["ите", "йте", "ьте", "ңыз", "ңіз", "ңдар", "ңдер"];
/// The beginnings of what is said of money, calls and haste.
const ABOUT: [&str; 34] = [
    "dial",
    "ring",
    "whatsapp",
    "ватсап",
    "kaspi",
    "каспи",
    "halyk",
    "халык",
    "fee",
    "price",
    "bank",
    "банк",
    "тенге",
    "теңге",
    "набер",
    "қоңырау",
    "перев",
    "плат",
    "опла",
    "звон",
    "деньг",
    "денег",
    "карт",
    "сроч",
    "төле",
    "аудар",
    "ақша",
    "шұғыл",
    "pay",
    "send",
    "call",
    "transfer",
    "money",
    "urgent",
];
