//! Opening hours: whether somebody answers now, and how to say when.

use contract::{
    hours::{Hours, Span, Weekday},
    words::{Lang, Words},
};
use jiff::{Timestamp, civil, tz::TimeZone};

/// Whether they are open at `now`. Hours by an unknown clock count as closed.
pub fn is_open(hours: &Hours, now: Timestamp) -> bool {
    match hours {
        Hours::Always => true,
        Hours::Weekly { time_zone, spans } => TimeZone::get(time_zone).is_ok_and(|zone| {
            let there = now.to_zoned(zone);
            let day = weekday(there.weekday());
            spans.iter().any(|span| covers(span, day) && span.opens <= there.time() && there.time() < span.closes)
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
        Hours::Weekly { spans, .. } => {
            let all = |lang| spans.iter().map(|span| span_words(span, lang)).collect::<Vec<_>>().join(", ");
            Words::new(all(Lang::Kk), all(Lang::Ru), all(Lang::En))
        }
    }
}

fn span_words(span: &Span, lang: Lang) -> String {
    let (first, last) = (day_words(span.first, lang), day_words(span.last, lang));
    let days = if first == last { first.to_owned() } else { format!("{first}–{last}") };
    format!("{days} {}–{}", span.opens.strftime("%H:%M"), span.closes.strftime("%H:%M"))
}

fn day_words(day: Weekday, lang: Lang) -> &'static str {
    let [kk, ru, en] = match day {
        Weekday::Monday => ["дс", "пн", "Mon"],
        Weekday::Tuesday => ["сс", "вт", "Tue"],
        Weekday::Wednesday => ["ср", "ср", "Wed"],
        Weekday::Thursday => ["бс", "чт", "Thu"],
        Weekday::Friday => ["жм", "пт", "Fri"],
        Weekday::Saturday => ["сб", "сб", "Sat"],
        Weekday::Sunday => ["жс", "вс", "Sun"],
    };
    match lang {
        Lang::Kk => kk,
        Lang::Ru => ru,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::at;

    fn office(first: Weekday, last: Weekday) -> Hours {
        let span = Span { first, last, opens: civil::time(9, 0, 0, 0), closes: civil::time(18, 0, 0, 0) };
        Hours::Weekly { time_zone: "Asia/Dubai".into(), spans: vec![span] }
    }

    #[test]
    fn an_office_is_open_by_its_own_clock() {
        let hours = office(Weekday::Monday, Weekday::Friday);
        // a Monday; Dubai is four hours ahead of UTC
        assert!(!is_open(&hours, at("2026-03-02T04:59:59Z")));
        assert!(is_open(&hours, at("2026-03-02T05:00:00Z")));
        assert!(!is_open(&hours, at("2026-03-02T14:00:00Z")));
        assert!(!is_open(&hours, at("2026-03-01T08:00:00Z")), "a Sunday");
    }

    #[test]
    fn a_week_that_begins_on_sunday_goes_round() {
        let hours = office(Weekday::Sunday, Weekday::Thursday);
        assert!(is_open(&hours, at("2026-03-01T08:00:00Z")), "a Sunday");
        assert!(is_open(&hours, at("2026-03-05T08:00:00Z")), "a Thursday");
        assert!(!is_open(&hours, at("2026-03-06T08:00:00Z")), "a Friday");
    }

    #[test]
    fn an_unknown_clock_is_a_closed_door() {
        let Hours::Weekly { spans, .. } = office(Weekday::Monday, Weekday::Sunday) else { unreachable!() };
        assert!(!is_open(&Hours::Weekly { time_zone: "Mars/Olympus".into(), spans }, at("2026-03-02T08:00:00Z")));
    }

    #[test]
    fn hours_are_said_in_three_languages() {
        let said = words(&office(Weekday::Sunday, Weekday::Thursday));
        assert_eq!(said, Words::new("жс–бс 09:00–18:00", "вс–чт 09:00–18:00", "Sun–Thu 09:00–18:00"));
        assert_eq!(words(&office(Weekday::Friday, Weekday::Friday)).en, "Fri 09:00–18:00");
        assert!(words(&Hours::Always).is_complete());
    }
}
