//! Days and hours as people say them, in the app's own languages: for what a system shows without the screens.

use contract::words::Lang;
use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};

/// From a moment on, whatever the clocks are set to.
pub const A_DAY: SignedDuration = SignedDuration::from_hours(24);

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

/// The same of a word that was cut short, "нояб" or "nov".
pub fn begins_a_month(word: &str) -> bool {
    MONTHS.as_flattened().iter().any(|month| month.to_lowercase().starts_with(word))
}

/// "5 марта"
pub fn day(lang: Lang, at: Timestamp, zone: &str) -> String {
    day_of(lang, civil(at, zone).date())
}

/// "5 марта, 09:00"
pub fn moment(lang: Lang, at: Timestamp, zone: &str) -> String {
    let at = civil(at, zone);
    format!("{}, {}", day_of(lang, at.date()), clock(at.time()))
}

/// A day as it is written in any of the languages: with its year and without, "2026 ж. 5 наурыз", "5 марта".
pub fn days(date: Date) -> Vec<String> {
    let year = date.year();
    let with_year = |lang, day: &str| match lang {
        Lang::Kk => format!("{year} ж. {day}"),
        Lang::Ru | Lang::En => format!("{day} {year}"),
    };
    let day = |lang| (lang, day_of(lang, date));
    Lang::ALL.into_iter().map(day).flat_map(|(lang, day)| [with_year(lang, &day), day]).collect()
}

/// The day of a moment, so written.
pub fn days_at(at: Timestamp, zone: &str) -> Vec<String> {
    days(civil(at, zone).date())
}

/// "09:00"
pub fn hour(at: Timestamp, zone: &str) -> String {
    clock(civil(at, zone).time())
}

/// The same of a moment, "5 марта 2026, 09:00".
pub fn moments(at: Timestamp, zone: &str) -> Vec<String> {
    let at = civil(at, zone);
    days(at.date()).into_iter().map(|day| format!("{day}, {}", clock(at.time()))).collect()
}

fn civil(at: Timestamp, zone: &str) -> Zoned {
    at.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

fn clock(at: Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn day_of(lang: Lang, at: Date) -> String {
    let months = lang.of(MONTHS.each_ref());
    let month = usize::try_from(at.month() - 1).ok().and_then(|index| months.get(index)).copied().unwrap_or_default();
    format!("{} {month}", at.day())
}
