//! What a line says that somebody wrote by hand: a name, with a number before it, and a phone, a bus and a room behind.

use atlas::typing::fold;

use super::{cells::is_phone, named::tidy};

/// What stands in a line, each as far as it does.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub phone: String,
    pub group: String,
    pub room: String,
}

/// What a number beside such a word is the number of, the word being whole or the beginning of one.
const BUS: [(&str, &str); 3] = [("автобус", "Автобус"), ("авт", "Автобус"), ("bus", "Bus")];
const ROOM: [(&str, &str); 5] =
    [("комн", "Комната"), ("к", "Комната"), ("бөлме", "Бөлме"), ("room", "Room"), ("rm", "Room")];
/// One that is shorter is the whole word: much begins so.
const BEGINS: usize = 4;
/// What a line above those of a group begins with, or ends with in Kazakh.
const GROUP: [&str; 4] = ["групп", "group", "список", "тізім"];
const ITS_GROUP: &str = "тобы";
/// Of what may stand for a room with no word beside it.
const ROOM_DIGITS: std::ops::RangeInclusive<usize> = 3..=4;
const YEARS: std::ops::Range<u32> = 1900..2100;
/// What stands between the parts of a line.
const BETWEEN: &[char] = &[' ', ',', ';', ':', '|', '-', '–', '—', '(', ')', '/'];
/// Where something was taken out of a line.
const GAP: char = '\n';

impl Line {
    pub fn read(text: &str) -> Self {
        let mut text = text.split_whitespace().filter(|word| !is_day(word)).collect::<Vec<_>>().join(" ");
        let phone = take_phone(&mut text);
        let (group, room) = (take_numbered(&mut text, &BUS), take_numbered(&mut text, &ROOM));
        let is_counter =
            |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || ".)№#•*-–—:".contains(letter);
        let mut parts: Vec<&str> = text.trim_start_matches(is_counter).split(GAP).collect();
        let bare = parts.iter_mut().next_back().filter(|_| room.is_empty()).and_then(take_bare_room);
        let name = parts.into_iter().map(trimmed).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Self { name: tidy(&name), phone, group, room: bare.map_or(room, str::to_owned) }
    }

    /// Of a line that is nobody but says in which bus or room those below are.
    pub fn heads(text: &str) -> Option<Self> {
        let line = Self::read(text);
        let folded: Vec<String> = words(&line.name).map(|(_, word)| fold(word)).collect();
        let is_of_group = folded.first().is_some_and(|first| GROUP.iter().any(|word| is_word(first, word)))
            || folded.len() > 1 && folded.last().is_some_and(|last| *last == fold(ITS_GROUP));
        let is_alone = line.name.is_empty() && !(line.group.is_empty() && line.room.is_empty());
        if !line.phone.is_empty() || !(is_alone || is_of_group) {
            return None;
        }
        let group = if line.group.is_empty() && is_of_group { line.name } else { line.group };
        Some(Self { group, room: line.room, ..Self::default() })
    }
}

fn trimmed(part: &str) -> &str {
    part.trim_start_matches(|letter| BETWEEN.contains(&letter) && letter != '(')
        .trim_end_matches(|letter: char| BETWEEN.contains(&letter) && letter != ')')
}

/// Takes out the first phone there is.
fn take_phone(text: &mut String) -> String {
    let is_of_phone = |letter: char| letter.is_ascii_digit() || "+ ()-\u{a0}".contains(letter);
    let found = text
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_digit() || *letter == '+')
        .map(|(at, _)| (at, text[at..].chars().take_while(|letter| is_of_phone(*letter)).collect::<String>()))
        .find(|(_, run)| is_phone(run));
    let Some((at, run)) = found else { return String::new() };
    text.replace_range(at..at + run.len(), &GAP.to_string());
    run.trim().to_owned()
}

/// Takes out the first number that stands behind one of these words, or before it, with its word.
fn take_numbered(text: &mut String, of: &[(&str, &str)]) -> String {
    let found = words(text).find_map(|(at, word)| {
        let folded = fold(word);
        let (_, whole) = of.iter().find(|(begins, _)| is_word(&folded, begins))?;
        let (before, behind) = (&text[..at], &text[at + word.len()..]);
        let begins = behind.trim_start_matches(|letter: char| " .№#:-–".contains(letter));
        let number: String = begins.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        // one letter is a word only where it is written as one
        if is_numbered(&number) && (word.chars().count() > 1 || behind.starts_with('.') || begins == behind) {
            let end = text.len() - begins.len() + number.len();
            return Some((at..end, format!("{whole} {number}")));
        }
        let ends = before.trim_end_matches([' ', '-', '–', '№']);
        let digits = ends.len() - ends.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let number = &ends[ends.len() - digits..];
        (is_numbered(number) && word.chars().count() > 1)
            .then(|| (ends.len() - digits..at + word.len(), format!("{whole} {number}")))
    });
    let Some((range, numbered)) = found else { return String::new() };
    text.replace_range(range, &GAP.to_string());
    numbered
}

/// A few digits, and a letter perhaps.
fn is_numbered(text: &str) -> bool {
    let letters = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (1..=*ROOM_DIGITS.end()).contains(&(text.len() - letters.len())) && letters.chars().count() < 2
}

/// A number that may be a room with no word beside it: years look so too, and are none.
pub fn is_room(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    is_numbered(text) && ROOM_DIGITS.contains(&digits) && !text.parse().is_ok_and(|year| YEARS.contains(&year))
}

/// A number alone at the end of a line.
fn take_bare_room<'a>(last: &mut &'a str) -> Option<&'a str> {
    let text = trimmed(last);
    let at = text.rfind([',', ';', '|']).map_or(0, |at| at + 1);
    let number = text[at..].trim();
    is_room(number).then(|| {
        *last = &text[..at];
        number
    })
}

/// Words of letters alone, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|letter: char| !letter.is_alphabetic()).filter_map(move |part| {
        let begins = at;
        at += part.len();
        let word = part.trim_end_matches(|letter: char| !letter.is_alphabetic());
        (!word.is_empty()).then_some((begins, word))
    })
}

fn is_word(folded: &str, word: &str) -> bool {
    let word = fold(word);
    folded == word || word.chars().count() >= BEGINS && folded.starts_with(&word)
}

/// A day as people write it: when somebody was born is asked for nowhere, and no part of a name.
fn is_day(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| ",;()".contains(letter));
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let is = |text: &str, digits: std::ops::RangeInclusive<usize>, most: u16| {
        digits.contains(&text.len()) && text.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number))
    };
    let [first, month, last] = parts[..] else { return false };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    is(day, 1..=2, 31) && is(month, 1..=2, 12) && is(year, 4..=4, 2100)
}
