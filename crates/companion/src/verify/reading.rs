//! A text in sentences, and the numbers in them, as messengers and people write them.

use crate::calendar;

/// Lines, and the sentences in them; the number or the point that a list puts before its lines is none of theirs.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(unlisted).filter(|line| !is_drawn(line)).flat_map(sentences_of_line)
}

/// A line that parts others: one sign again and again.
fn is_drawn(line: &str) -> bool {
    let mut signs = line.chars().filter(|letter| !letter.is_whitespace());
    let first = signs.next();
    first.is_some_and(|sign| "=_-–—~*#+.".contains(sign))
        && signs.all(|sign| Some(sign) == first)
        && line.chars().count() > 2
}

/// A sentence ends with a mark, and the quotes that close behind it, before a blank; one goes on in small letters.
fn sentences_of_line(line: &str) -> Vec<&str> {
    let (mut sentences, mut begin) = (Vec::new(), 0);
    for (at, _) in line.match_indices(['.', '!', '?', '…']) {
        let rest = line[at..].trim_start_matches(['.', '!', '?', '…']).trim_start_matches(QUOTES);
        let end = line.len() - rest.len();
        if rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with(char::is_lowercase) && end > begin {
            sentences.push(line[begin..end].trim());
            begin = end;
        }
    }
    sentences.push(line[begin..].trim());
    sentences
}

/// A line without the number or the point that a list puts before it, and without the signs of one who quotes it.
pub fn unlisted(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(|letter| is_point(letter) || letter.is_whitespace());
    let points = line.strip_suffix(bare).unwrap_or_default();
    // a minus stands at its figure
    let is_minus = points.ends_with(DASHES) && bare.starts_with(|letter: char| letter.is_ascii_digit());
    let line = if is_minus { line } else { bare.trim_start() };
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let Some(after) = line.get(digits..).filter(|_| (1..=2).contains(&digits)) else { return line };
    let listed = after.strip_prefix('.').filter(|rest| rest.starts_with(char::is_whitespace));
    listed
        .or_else(|| after.strip_prefix(')'))
        .or_else(|| after.trim_start_matches('\u{fe0f}').strip_prefix('\u{20e3}'))
        .map_or(line, str::trim_start)
}

/// What a list puts before its lines: a point, an arrow, a figure in a ring.
fn is_point(letter: char) -> bool {
    matches!(
        letter,
        '•' | '·' | '◦' | '‣' | '*' | '>' | '→' | '➜' | '➡' | '\u{fe0f}' | '\u{25a0}'..='\u{25ff}' | '⬛' | '⬜'
    ) || DASHES.contains(&letter)
        || is_ringed(letter)
}

/// A figure in a ring, in brackets or with its stop: one letter.
fn is_ringed(letter: char) -> bool {
    matches!(letter, '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
}

/// The number of a step, as a word of its own.
pub fn is_numeral(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()) || word.chars().all(is_ringed)
}

/// The last mark of what is put before a text: whoever sends it, or when it came.
pub const BEFORE: [char; 3] = [':', '：', ']'];

pub const INVISIBLE: [char; 7] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{fe0f}', '\u{feff}'];
pub const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
pub const DASHES: [char; 7] = ['-', '‐', '‑', '–', '—', '−', '‒'];

/// Arabic, Persian and wide digits as the ones of a number.
pub fn digit(letter: char) -> char {
    let of = |zero: u32| char::from_digit(u32::from(letter) - zero, 10).unwrap_or(letter);
    match letter {
        '\u{660}'..='\u{669}' => of(0x660),
        '\u{6f0}'..='\u{6f9}' => of(0x6f0),
        '\u{ff10}'..='\u{ff19}' => of(0xff10),
        other => other,
    }
}

/// The fewest digits of a number that could reach somebody abroad.
pub const DIALLED: usize = 7;

/// The numbers in a text, and the text without them. Several short ones in a row that are each `known` are no long one.
pub fn numbers(text: &str, known: impl Fn(&str) -> bool) -> (Vec<String>, String) {
    let (mut numbers, mut other, mut run) = (Vec::new(), String::new(), String::new());
    let mut end = |run: &mut String, other: &mut String| {
        let is_long = run.chars().filter(char::is_ascii_digit).count() >= DIALLED;
        if is_long && !groups(run).all(&known) {
            numbers.push(run.trim_end_matches(|letter: char| !letter.is_ascii_digit()).to_owned());
        } else {
            other.push_str(run);
        }
        run.clear();
    };
    for part in text.split_inclusive(char::is_whitespace) {
        if run.is_empty() && is_day(part) {
            other.push_str(part);
            continue;
        }
        for letter in part.chars().filter(|letter| !INVISIBLE.contains(letter)).map(digit) {
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
    }
    end(&mut run, &mut other);
    (numbers, other)
}

/// A number as it may be meant: as it stands, with 00 for the sign before a country's code, or without that sign.
pub fn as_dialled(written: &str) -> Vec<String> {
    let digits = written.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '+');
    let abroad = digits.strip_prefix("00").unwrap_or(digits);
    let signed = (!written.contains('+')).then(|| format!("+{abroad}"));
    [written.to_owned()].into_iter().chain(signed).collect()
}

/// A day as messengers write it, which nobody dials: "[29.11.2026,", "2026-11-29", "29.11.26".
pub fn is_day(part: &str) -> bool {
    let date = part.trim_matches(|letter: char| !letter.is_alphanumeric());
    let fields: Vec<&str> = date.split(['.', '-', '/']).collect();
    if part.contains('+') {
        return false;
    }
    let is = |field: &str, lengths: &[usize], most: u16| {
        lengths.contains(&field.len()) && field.parse().is_ok_and(|number: u16| (1..=most).contains(&number))
    };
    let [first, middle, last] = fields.as_slice() else { return false };
    let is_year = |field: &str| is(field, &[4], 2199) && field >= "1900";
    let is_short = is(last, &[2], 99) && !date.contains('-');
    is(middle, &[1, 2], 31)
        && (is(first, &[1, 2], 31) && (is_year(last) || is_short) || is_year(first) && is(last, &[1, 2], 31))
}

/// A day of this year as messengers write it beside an hour: "[28/11,". By itself it could be a figure of a number.
pub fn is_short_day(part: &str) -> bool {
    let date = part.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is = |field: &str| {
        (1..=2).contains(&field.len()) && field.parse().is_ok_and(|number: u8| (1..=31).contains(&number))
    };
    date.split_once(['.', '/', '-']).is_some_and(|(day, month)| is(day) && is(month)) && !part.contains('+')
}

/// A month as it stands in a day, whole or cut short: "марта", "Nov".
pub fn is_month(part: &str) -> bool {
    let word = part.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    calendar::is_month(&word) || (3..=4).contains(&word.chars().count()) && calendar::begins_a_month(&word)
}

/// The figure of a day or of a year beside the name of its month.
pub fn is_of_a_day(part: &str) -> bool {
    let figure = part.trim_matches(|letter: char| matches!(letter, ',' | '.' | '(' | ')'));
    let is_written = matches!(figure.len(), 1 | 2 | 4) && figure.bytes().all(|byte| byte.is_ascii_digit());
    is_written && figure.parse().is_ok_and(|number: u16| (1..=31).contains(&number) || (1900..=2199).contains(&number))
}

/// An hour as messengers write it: "21:40]", "9:40:12", "PM]".
pub fn is_hour(part: &str) -> bool {
    let hour = part.trim_matches(|letter: char| !letter.is_alphanumeric());
    let fields: Vec<&str> = hour.split(':').collect();
    let is_figure = |field: &&str| (1..=2).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&fields.len()) && fields.iter().all(is_figure)
        || matches!(hour.to_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m")
}

/// Between its blanks and marks; the sign before a country's code stands with its digits.
pub fn groups(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_digit() && letter != '+').filter(|group| !group.is_empty())
}
