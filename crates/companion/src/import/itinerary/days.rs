//! Days as tickets write them, in the languages of ours.

use jiff::civil::Date;

/// Short and long, as each language of ours writes them beside a day.
const MONTHS: [&str; 12] = [
    "jan january янв январь января қаң қаңтар",
    "feb february фев февр февраль февраля ақп ақпан",
    "mar march мар март марта нау наурыз",
    "apr april апр апрель апреля сәу сәуір",
    "may май мая мам мамыр",
    "jun june июн июнь июня мау маусым",
    "jul july июл июль июля шіл шілде",
    "aug august авг август августа там тамыз",
    "sep sept september сен сент сентябрь сентября қыр қыркүйек",
    "oct october окт октябрь октября қаз қазан",
    "nov november ноя нояб ноябрь ноября қар қараша",
    "dec december дек декабрь декабря жел желтоқсан",
];

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    pub date: Date,
    /// The text says none: it is the one that comes nearest.
    pub is_year_guessed: bool,
}

/// Every day of a line, in its order.
pub fn read(line: &str, today: Date) -> Vec<Day> {
    let pieces = pieces(line);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match day(&pieces[at..], today) {
            Some((day, length)) => {
                found.push(day);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// A number or a word, and what stands between it and the next.
struct Piece<'a> {
    word: &'a str,
    after: &'a str,
}

/// `03DEC26` is three.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let kind = |letter: char| (letter.is_alphabetic(), letter.is_ascii_digit());
    let mut bounds: Vec<(usize, (bool, bool))> = Vec::new();
    for (at, letter) in line.char_indices() {
        if bounds.last().is_none_or(|(_, last)| *last != kind(letter)) {
            bounds.push((at, kind(letter)));
        }
    }
    let end = |nth: usize| bounds.get(nth).map_or(line.len(), |(at, _)| *at);
    let mut pieces: Vec<Piece> = Vec::new();
    for (nth, (at, kind)) in bounds.iter().enumerate() {
        let text = &line[*at..end(nth + 1)];
        match (kind, pieces.last_mut()) {
            ((false, false), Some(last)) => last.after = text,
            ((false, false), None) => {}
            _word => pieces.push(Piece { word: text, after: "" }),
        }
    }
    pieces
}

/// A day as it is written, and how many pieces it takes.
struct Written {
    year: Option<i16>,
    month: i8,
    day: i8,
    length: usize,
}

fn day(pieces: &[Piece], today: Date) -> Option<(Day, usize)> {
    let written =
        numbers(pieces).or_else(|| day_first(pieces)).or_else(|| month_first(pieces)).or_else(|| year_first(pieces))?;
    let (month, day) = (written.month, written.day);
    let date = match written.year {
        Some(year) => Date::new(year, month, day).ok()?,
        None => nearest(month, day, today)?,
    };
    Some((Day { date, is_year_guessed: written.year.is_none() }, written.length))
}

/// `2026-12-03`, `03.12.2026`, `03.12.26`; which of `03/12/2026` is the day, nobody knows.
fn numbers(pieces: &[Piece]) -> Option<Written> {
    let [first, second, third, ..] = pieces else { return None };
    let separator = first.after;
    if second.after.starts_with(separator) && third.after.starts_with(':') || separator != second.after {
        return None;
    }
    let of = |year: &Piece, month: &Piece, day: &Piece| {
        let year = full_year(year).or_else(|| short_year(year))?;
        Some(Written { year: Some(year), month: number(month)?, day: number(day)?, length: 3 })
    };
    match separator {
        "-" | "." if first.word.len() == 4 => of(first, second, third),
        "-" | "." => of(third, second, first),
        "/" => {
            let written = of(third, second, first)?;
            let (day, month) = (written.day, written.month);
            let other = Written { month: day, day: month, ..of(third, second, first)? };
            match (month <= 12, day <= 12) {
                (true, true) => (day == month).then_some(written),
                (true, false) => Some(written),
                (false, _) => Some(other),
            }
        }
        _else => None,
    }
}

/// `3 December 2026`, `03DEC26`, `3 декабря`, `3 желтоқсан 2026 ж.`.
fn day_first(pieces: &[Piece]) -> Option<Written> {
    let [day, month, rest @ ..] = pieces else { return None };
    if !matches!(day.after, "" | " " | "." | ". " | "-" | " - " | "/" | "\u{a0}") {
        return None;
    }
    let (day, number_of_month) = (number(day)?, month_of(month.word)?);
    let year = rest.first().filter(|_| is_near(month.after)).and_then(|year| {
        let short = matches!(month.after, "" | "-" | "/" | "'" | " '").then(|| short_year(year)).flatten();
        full_year(year).or(short)
    });
    Some(Written { year, month: number_of_month, day, length: if year.is_some() { 3 } else { 2 } })
}

/// `December 3, 2026`.
fn month_first(pieces: &[Piece]) -> Option<Written> {
    let [month, day, rest @ ..] = pieces else { return None };
    if !is_near(month.after) || day.after.starts_with([':', '/']) {
        return None;
    }
    let (month, number_of_day) = (month_of(month.word)?, number(day)?);
    let year = rest.first().filter(|_| is_near(day.after)).and_then(full_year);
    Some(Written { year, month, day: number_of_day, length: if year.is_some() { 3 } else { 2 } })
}

/// `2026 жылғы 3 желтоқсан`.
fn year_first(pieces: &[Piece]) -> Option<Written> {
    let [year, word, day, month, ..] = pieces else { return None };
    let named = matches!(word.word.to_lowercase().as_str(), "ж" | "жыл" | "жылғы" | "жылы");
    let written = Written { year: Some(full_year(year)?), month: month_of(month.word)?, day: number(day)?, length: 4 };
    named.then_some(written)
}

fn is_near(between: &str) -> bool {
    matches!(between, "" | " " | ", " | "," | "." | ". " | "-" | "/" | "'" | " '" | "\u{a0}")
}

fn number(piece: &Piece) -> Option<i8> {
    (piece.word.len() <= 2).then(|| piece.word.parse().ok()).flatten()
}

fn full_year(piece: &Piece) -> Option<i16> {
    let year = piece.word.parse().ok().filter(|year| (2000..2100).contains(year));
    year.filter(|_| piece.word.len() == 4)
}

fn short_year(piece: &Piece) -> Option<i16> {
    let year: i16 = piece.word.parse().ok()?;
    (piece.word.len() == 2).then_some(2000 + year)
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(at + 1).ok()
}

/// Of the years around.
fn nearest(month: i8, day: i8, today: Date) -> Option<Date> {
    let years = today.year() - 1..=today.year() + 1;
    let dates = years.filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| today.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(line: &str) -> Vec<String> {
        let today = date(2026, 11, 28);
        let said = |day: Day| format!("{}{}", day.date, if day.is_year_guessed { "?" } else { "" });
        read(line, today).into_iter().map(said).collect()
    }

    #[test]
    fn a_day_is_read_as_each_language_writes_it() {
        for line in [
            "2026-12-03",
            "03.12.2026",
            "3.12.26 г.",
            "Thu 03 Dec 2026 18:05",
            "03DEC26",
            "3-Dec-26",
            "Dec 3, 2026",
            "December 3 2026",
            "3 декабря 2026 г., чт",
            "03 дек. 2026",
            "3 желтоқсан 2026 ж.",
            "2026 жылғы 3 желтоқсан",
            "2026 ж. 3 желтоқсан",
        ] {
            assert_eq!(days(line), ["2026-12-03"], "{line}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest_one_and_says_so() {
        assert_eq!(days("03DEC 18:05"), ["2026-12-03?"]);
        assert_eq!(days("14 января 06:10"), ["2027-01-14?"]);
    }

    #[test]
    fn what_may_be_two_days_or_none_is_no_day() {
        assert_eq!(days("03/12/2026"), [""; 0]);
        assert_eq!(days("13/12/2026 12/13/2026"), ["2026-12-13", "2026-12-13"]);
        for line in ["1 маршрут", "18:05 22:30", "12.50 30.99", "+7 727 250 00 00", "31.02.2026", "3 of 4", "v1.2.3"]
        {
            assert_eq!(days(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn two_days_of_a_line_stand_in_its_order() {
        assert_eq!(days("03 Dec 2026 18:05 - 04 Dec 2026 01:10"), ["2026-12-03", "2026-12-04"]);
    }
}
