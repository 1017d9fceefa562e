//! "Is this from the ministry?": a text, a number or a link that somebody passed on, beside what the ministry has signed.
//!
//! Only whole sentences of a held entry count, letter for letter. What merely sounds like the ministry does not.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use contract::{
    entry::{Entry, line::TextWay},
    ids::EntryId,
    jws::Verified,
    place::CountryCode,
    words::{Preference, Words},
};
use jiff::Timestamp;
use phonenumber::country::Id as PhoneCountry;
use serde::Serialize;
use ts_rs::TS;
use url::Url;

use crate::{advisories, call_bar, emergency, facts::Facts};

/// There is no fifth answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All of it is one word of the ministry.
    WordForWord,
    /// Some of it is, or it is put together from several.
    Part,
    /// The ministry has no such word.
    NoSuchWord,
    /// What is held is too old to say so.
    CannotKnow,
}

/// What can be said of a text.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Answer {
    /// Of all of it.
    pub verdict: Verdict,
    /// Of each sentence, in its order.
    pub passages: Vec<Passage>,
    /// Local emergency numbers of where the traveller is that stand in it: whoever passes them on, they may be dialled.
    pub emergency: Vec<String>,
    /// When the ministry was last heard.
    #[ts(type = "string | null")]
    pub heard: Option<Timestamp>,
}

/// A sentence of the text.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Passage {
    /// As it was passed on.
    pub text: String,
    /// Where the ministry says so.
    pub said: Option<Said>,
    /// It is the ministry's: said by it, or nothing but a number or a link that it has.
    pub is_its_own: bool,
    /// Numbers in it that one could dial.
    pub numbers: Vec<Named>,
    /// Links in it.
    pub links: Vec<Named>,
}

/// An entry that says a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, TS)]
pub struct Said {
    /// Of the entry.
    pub entry: EntryId,
    /// When it was issued.
    #[ts(type = "string")]
    pub issued_at: Timestamp,
    /// It holds no longer.
    pub is_over: bool,
    /// The authority whose alert the ministry passes on.
    pub relayed: Option<String>,
}

/// A number or a link, which answers for itself alone.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Named {
    /// As it stands in the text; of a link the whole host, with foreign letters written out.
    pub shown: String,
    /// What the ministry calls it; absent for one that it does not have.
    pub name: Option<Words>,
}

/// A mobile phone takes it for an emergency call in every country (3GPP TS 22.101, 10.1.1).
const ANY_MOBILE: &str = "112";

/// Compares a text with all that is held of the ministry. `land` is where the traveller is: whose emergency numbers answer.
pub fn answer(facts: &Facts, land: Option<CountryCode>, text: &str) -> Answer {
    let known = Known::of(facts);
    let sentences: Vec<&str> = sentences(text).collect();
    let word = known.word(&sentences);
    let passages: Vec<Passage> = sentences.into_iter().map(|sentence| known.passage(sentence, word)).collect();
    let is_fresh = facts.bulletin.is_confirmed(facts.now) && !facts.bulletin.may_be_stale(facts.now);
    let emergency = land.map(|land| emergency_numbers(land, text)).unwrap_or_default();
    Answer { verdict: verdict(&passages, is_fresh), passages, emergency, heard: facts.last_heard }
}

fn emergency_numbers(land: CountryCode, text: &str) -> Vec<String> {
    let rows = emergency::emergency(land);
    let rows = rows.into_iter().flat_map(|row| row.numbers).map(|one| one.number);
    let dialled: BTreeSet<String> = rows.chain([ANY_MOBILE.to_owned()]).collect();
    let digits: String = text.chars().map(digit).collect();
    let written: Vec<&str> = digits.split(|letter: char| !letter.is_ascii_digit()).collect();
    dialled.into_iter().filter(|number| written.contains(&number.as_str())).collect()
}

fn verdict(passages: &[Passage], is_fresh: bool) -> Verdict {
    let own: Vec<_> = passages.iter().filter(|passage| passage.is_its_own).collect();
    let is_one = own.windows(2).all(|pair| pair[0].said == pair[1].said);
    match own.len() {
        0 if is_fresh => Verdict::NoSuchWord,
        0 => Verdict::CannotKnow,
        all if all == passages.len() && is_one => Verdict::WordForWord,
        _ => Verdict::Part,
    }
}

/// All that the ministry has said, to look up.
struct Known {
    /// By whom each is said: many warnings have one step in common.
    sentences: HashMap<String, Vec<Said>>,
    /// By E.164, what the ministry calls them.
    numbers: HashMap<String, Words>,
    links: HashMap<String, Words>,
    home: Option<CountryCode>,
}

impl Known {
    fn of(facts: &Facts) -> Self {
        let home = facts.profile.map(|profile| profile.home_country);
        let mut known = Self { sentences: HashMap::new(), numbers: HashMap::new(), links: HashMap::new(), home };
        known.warnings(facts);
        known.contacts(facts);
        known
    }

    fn warnings(&mut self, facts: &Facts) {
        let wanted = Preference::new(facts.lang, &facts.languages());
        for warning in advisories::warnings(facts.bulletin) {
            let relayed = warning.relayed.map(|alert| alert.sender.clone());
            for part in &warning.parts {
                let is_over = advisories::state(part, facts.now).is_over();
                let said = Said { relayed: relayed.clone(), is_over, ..Said::by(warning.entry) };
                for text in part.texts.by_preference(&wanted) {
                    let all = [&text.headline, &text.why].into_iter().chain(&text.steps);
                    all.for_each(|words| self.say(words, &said));
                }
            }
        }
        for (entry, level) in facts.bulletin.level_entries() {
            level.why.iter().for_each(|(_, words)| self.say(words, &Said::by(entry)));
        }
        for (entry, topic) in facts.bulletin.topics() {
            for (_, text) in topic.texts.iter() {
                let all = [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps);
                all.for_each(|words| self.say(words, &Said::by(entry)));
            }
        }
    }

    fn contacts(&mut self, facts: &Facts) {
        if let Some(profile) = facts.profile {
            self.numbers.insert(profile.line.number.to_string(), profile.line.name.clone());
        }
        for (_, line) in facts.bulletin.lines() {
            for number in call_bar::numbers(line) {
                self.numbers.insert(number.to_string(), line.name.clone());
            }
            if let Some(TextWay::Chat(link)) = &line.text {
                self.link(&link.url, &line.name);
            }
        }
        if let Some(line) = facts.bulletin.coded_sms() {
            self.numbers.insert(line.number.to_string(), line.name.clone());
        }
        for (_, chat) in facts.bulletin.chats() {
            self.link(&chat.link.url, &chat.name);
        }
        for (_, mission) in facts.bulletin.missions() {
            self.link(&mission.site, &mission.name);
        }
    }

    fn say(&mut self, words: &str, said: &Said) {
        for sentence in sentences(words) {
            let by = self.sentences.entry(folded(sentence)).or_default();
            if !by.contains(said) {
                by.push(said.clone());
            }
        }
    }

    fn link(&mut self, url: &str, name: &Words) {
        if let Ok(url) = Url::parse(url) {
            self.links.insert(url.into(), name.clone());
        }
    }

    /// By whom a sentence is said.
    fn said(&self, sentence: &str) -> &[Said] {
        if hides_its_order(sentence) {
            return &[];
        }
        self.sentences.get(&folded(sentence)).map_or(&[], Vec::as_slice)
    }

    /// Of the entries that say some of a text the one that says the most of it, and rather one that still holds. A single
    /// word is said by anybody, and is an entry's where more of it is.
    fn word(&self, sentences: &[&str]) -> Option<&Said> {
        let mut says: HashMap<&Said, (usize, bool)> = HashMap::new();
        for sentence in sentences {
            for said in self.said(sentence) {
                let (count, is_telling) = says.entry(said).or_default();
                *count += 1;
                *is_telling |= is_more_than_a_word(sentence);
            }
        }
        let telling = says.into_iter().filter(|(_, (_, is_telling))| *is_telling);
        let most = telling.max_by_key(|(said, (count, _))| (*count, !said.is_over, Reverse(&said.entry)));
        most.map(|(said, _)| said)
    }

    fn passage(&self, text: &str, word: Option<&Said>) -> Passage {
        let links: Vec<_> = text.split_whitespace().filter_map(link).map(|url| self.named_link(&url)).collect();
        let without_links: Vec<&str> = text.split_whitespace().filter(|word| link(word).is_none()).collect();
        let without_links = without_links.join(" ");
        let (numbers, rest) = numbers(&without_links);
        let numbers: Vec<_> = numbers.iter().map(|written| self.named_number(written)).collect();
        let by = self.said(text);
        let other = || by.first().filter(|_| is_more_than_a_word(text));
        let said = word.filter(|word| by.contains(word)).or_else(other).cloned();
        let names_only = !rest.chars().any(char::is_alphanumeric) && links.len() + numbers.len() > 0;
        let are_known = links.iter().chain(&numbers).all(|named| named.name.is_some());
        Passage { text: text.to_owned(), is_its_own: said.is_some() || names_only && are_known, said, numbers, links }
    }

    fn named_number(&self, written: &str) -> Named {
        let home: Option<PhoneCountry> = self.home.and_then(|home| home.as_str().parse().ok());
        let read = phonenumber::parse(home, written).ok();
        let international = read.map(|number| number.format().mode(phonenumber::Mode::E164).to_string());
        Named { shown: written.to_owned(), name: international.and_then(|number| self.numbers.get(&number).cloned()) }
    }

    fn named_link(&self, url: &Url) -> Named {
        // a host with foreign letters is written out in Latin ones: no look-alike passes for another
        let shown = url.host_str().unwrap_or_default().to_owned();
        Named { shown, name: self.links.get(url.as_str()).cloned() }
    }
}

impl Said {
    fn by(entry: &Verified<Entry>) -> Self {
        Self { entry: entry.id.clone(), issued_at: entry.issued_at, is_over: false, relayed: None }
    }
}

/// Lines, and the sentences in them; the number or the point that a list puts before its lines is none of theirs.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(unlisted)
        .flat_map(sentences_of_line)
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
}

/// A sentence ends with a mark, and the quotes that close behind it, before a blank.
fn sentences_of_line(line: &str) -> Vec<&str> {
    let (mut sentences, mut begin) = (Vec::new(), 0);
    for (at, _) in line.match_indices(['.', '!', '?', '…']) {
        let rest = line[at..].trim_start_matches(['.', '!', '?', '…']).trim_start_matches(QUOTES);
        let end = line.len() - rest.len();
        if rest.starts_with(char::is_whitespace) && end > begin {
            sentences.push(line[begin..end].trim());
            begin = end;
        }
    }
    sentences.push(line[begin..].trim());
    sentences
}

fn unlisted(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['•', '·', '-', '–', '—', '*']).trim_start();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let Some(after) = line.get(digits..).filter(|_| (1..=2).contains(&digits)) else { return line };
    let listed = after.strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' '));
    listed.map_or(line, str::trim_start)
}

fn is_more_than_a_word(sentence: &str) -> bool {
    folded(sentence).contains(' ')
}

/// Letter for letter, but for what a messenger changes on the way: blanks, quotes, dashes, the end's full stop, case.
fn folded(sentence: &str) -> String {
    let visible = sentence.chars().filter(|letter| !INVISIBLE.contains(letter) && !QUOTES.contains(letter));
    let plain: String = visible.map(|letter| if DASHES.contains(&letter) { '-' } else { digit(letter) }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!', '?', '…', ':', ';', ',']).to_lowercase()
}

const INVISIBLE: [char; 7] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '*'];
const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
const DASHES: [char; 6] = ['‐', '‑', '–', '—', '−', '‒'];

/// Its order on the screen may be another than that of its letters.
fn hides_its_order(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// Arabic, Persian and wide digits as the ones of a number.
fn digit(letter: char) -> char {
    let of = |zero: u32| char::from_digit(u32::from(letter) - zero, 10).unwrap_or(letter);
    match letter {
        '\u{660}'..='\u{669}' => of(0x660),
        '\u{6f0}'..='\u{6f9}' => of(0x6f0),
        '\u{ff10}'..='\u{ff19}' => of(0xff10),
        other => other,
    }
}

/// The fewest digits of a number that could reach somebody abroad.
const DIALLED: usize = 7;

/// The numbers in a text, and the text without them.
fn numbers(text: &str) -> (Vec<String>, String) {
    let (mut numbers, mut other, mut run) = (Vec::new(), String::new(), String::new());
    let mut end = |run: &mut String, other: &mut String| {
        if run.chars().filter(char::is_ascii_digit).count() >= DIALLED {
            numbers.push(run.trim_end_matches(|letter: char| !letter.is_ascii_digit()).to_owned());
        } else {
            other.push_str(run);
        }
        run.clear();
    };
    for letter in text.chars().filter(|letter| !INVISIBLE.contains(letter)).map(digit) {
        let begins = letter.is_ascii_digit() || letter == '+';
        let goes_on = !run.is_empty() && matches!(letter, ' ' | '\u{a0}' | '-' | '(' | ')' | '.' | '‑' | '–');
        if begins && letter == '+' {
            end(&mut run, &mut other);
        }
        if begins || goes_on {
            run.push(letter);
        } else {
            end(&mut run, &mut other);
            other.push(letter);
        }
    }
    end(&mut run, &mut other);
    (numbers, other)
}

/// An address on the web, with or without its scheme.
fn link(word: &str) -> Option<Url> {
    let word = word
        .trim_matches(|letter: char| QUOTES.contains(&letter) || "()[]<>,;:!?".contains(letter))
        .trim_end_matches('.');
    let address = match word.split_once("://") {
        Some((scheme, _)) if scheme.chars().all(|letter| letter.is_ascii_alphabetic()) => word.to_owned(),
        Some(_) => return None,
        None => {
            let host = word.split(['/', '?', '#']).next().unwrap_or_default();
            let (name, end) = host.rsplit_once('.')?;
            let is_host = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic) && !name.is_empty();
            let is_mail = word.contains('@');
            if !is_host || is_mail {
                return None;
            }
            format!("https://{word}")
        }
    };
    Url::parse(&address).ok().filter(Url::has_host)
}
