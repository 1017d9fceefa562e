//! Opening hours: whether somebody answers now, and how to say when.

use contract::{
    hours::{Hours, Span, Weekday},
    words::{Lang, Words},
};
use jiff::{Timestamp, civil, tz::TimeZone};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenHours {
    pub words: Words,
    pub open: bool,
}

/// Whether they are open at `now`. Hours by an unknown clock count as closed.
pub fn is_open(hours: &Hours, now: Timestamp) -> bool {
    match hours {
        Hours::Always | Hours::Other => true,
        Hours::Weekly { time_zone, spans } => TimeZone::get(time_zone).is_ok_and(|zone| {
            let there = now.to_zoned(zone);
            let day = weekday(there.weekday());
            let (day_before, time) = (weekday(there.weekday().wrapping_sub(1)), there.time());
            spans.iter().any(|span| {
                if span.opens < span.closes {
                    return covers(span, day) && span.opens <= time && time < span.closes;
                }
                // over midnight
                covers(span, day) && span.opens <= time || covers(span, day_before) && time < span.closes
            })
        }),
    }
}

fn covers(span: &Span, day: Weekday) -> bool {
    if span.first <= span.last { span.first <= day && day <= span.last } else { span.first <= day || day <= span.last }
}

fn weekday(day: civil::Weekday) -> Weekday {
    match day {
        civil::Weekday::Monday => Weekday::Monday,
        civil::Weekday::Tuesday => Weekday::Tuesday,
        civil::Weekday::Wednesday => Weekday::Wednesday,
        civil::Weekday::Thursday => Weekday::Thursday,
        civil::Weekday::Friday => Weekday::Friday,
        civil::Weekday::Saturday => Weekday::Saturday,
        civil::Weekday::Sunday => Weekday::Sunday,
    }
}

/// "тәулік бойы", "дс–жм 09:00–18:00".
pub fn words(hours: &Hours) -> Words {
    match hours {
        Hours::Always => Words::new("тәулік бойы", "круглосуточно", "day and night"),
        Hours::Other => Words::default(),
        Hours::Weekly { spans, .. } => {
            let all = |lang| spans.iter().map(|span| span_words(span, lang)).collect::<Vec<_>>().join(", ");
            Words::new(all(Lang::Kk), all(Lang::Ru), all(Lang::En))
        }
    }
}

/// The same where there is room for a few letters beside a name.
pub fn in_short(hours: &Hours) -> Words {
    match hours {
        Hours::Always => Words::new("24/7", "24/7", "24/7"),
        Hours::Other | Hours::Weekly { .. } => words(hours),
    }
}

fn span_words(span: &Span, lang: Lang) -> String {
    let (first, last) = (day_words(span.first, lang), day_words(span.last, lang));
    let days = if first == last { first.to_owned() } else { format!("{first}–{last}") };
    format!("{days} {}–{}", span.opens.strftime("%H:%M"), span.closes.strftime("%H:%M"))
}

fn day_words(day: Weekday, lang: Lang) -> &'static str {
    let words = match day {
        Weekday::Monday => ["дс", "пн", "Mon"],
        Weekday::Tuesday => ["сс", "вт", "Tue"],
        Weekday::Wednesday => ["ср", "ср", "Wed"],
        Weekday::Thursday => ["бс", "чт", "Thu"],
        Weekday::Friday => ["жм", "пт", "Fri"],
        Weekday::Saturday => ["сб", "сб", "Sat"],
        Weekday::Sunday => ["жс", "вс", "Sun"],
    };
    lang.of(words)
}
