//! Days and hours as people say them, in the app's own languages: for what a system shows without the screens.

use contract::words::Lang;
use jiff::{Timestamp, Zoned, tz::TimeZone};

const MONTHS: [[&str; 12]; 3] = [
    [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// Whether a word in small letters is the name of a month as a day has it.
pub fn is_month(word: &str) -> bool {
    MONTHS.as_flattened().iter().any(|month| month.to_lowercase() == word)
}

/// "5 марта"
pub fn day(lang: Lang, at: Timestamp, zone: &str) -> String {
    day_of(lang, &civil(at, zone))
}

/// "5 марта, 09:00"
pub fn moment(lang: Lang, at: Timestamp, zone: &str) -> String {
    let at = civil(at, zone);
    format!("{}, {:02}:{:02}", day_of(lang, &at), at.hour(), at.minute())
}

fn civil(at: Timestamp, zone: &str) -> Zoned {
    at.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

fn day_of(lang: Lang, at: &Zoned) -> String {
    let months = lang.of(MONTHS.each_ref());
    let month = usize::try_from(at.month() - 1).ok().and_then(|index| months.get(index)).copied().unwrap_or_default();
    format!("{} {month}", at.day())
}
