//! `xs:dateTime`, as alerts write it.

use jiff::{SignedDuration, Timestamp, civil::Time, fmt::temporal::Pieces, tz::Offset};

/// The instant; one past the last that a computer here can hold is the last. Without a zone it is UTC.
pub fn read(said: &str) -> Option<Timestamp> {
    let text = said.trim();
    let (day, clock) = text.split_once(['T', 't', ' '])?;
    if day.len() > 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !day.starts_with('-') {
        // a year of five digits or more
        return Some(Timestamp::MAX);
    }
    let midnight = clock.strip_prefix("24:").map(|rest| format!("{day}T00:{rest}"));
    let pieces = Pieces::parse(midnight.as_deref().unwrap_or(text)).ok()?;
    let time = pieces.time()?;
    if midnight.is_some() && time != Time::midnight() {
        return None;
    }
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let instant = offset.to_timestamp(pieces.date().to_datetime(time));
    let past_the_last = pieces.date().year() == 9999;
    let instant = instant.ok().or(past_the_last.then_some(Timestamp::MAX))?;
    let next_day = if midnight.is_some() { SignedDuration::from_hours(24) } else { SignedDuration::ZERO };
    Some(instant.saturating_add(next_day).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_to_write_a_time_is_read() {
        for (said, instant) in [
            ("2026-11-27T21:40:23+00:00", "2026-11-27T21:40:23Z"),
            (" 2026-11-27T21:40:23-00:00\n", "2026-11-27T21:40:23Z"),
            ("2026-11-27T21:40:23Z", "2026-11-27T21:40:23Z"),
            ("2026-11-27T21:40:23.500+05:00", "2026-11-27T16:40:23.5Z"),
            ("2026-11-27T21:40:23", "2026-11-27T21:40:23Z"),
            ("2026-11-27T21:40+14:00", "2026-11-27T07:40:00Z"),
            ("2029-12-31T24:00:00+00:00", "2030-01-01T00:00:00Z"),
            ("2028-02-28T24:00:00.000+05:00", "2028-02-28T19:00:00Z"),
        ] {
            assert_eq!(read(said).unwrap().to_string(), instant, "{said}");
        }
        for last in
            ["9999-12-31T23:59:59-00:00", "9999-12-31T24:00:00Z", "9999-12-31T23:59:59-12:00", "12026-01-01T00:00:00Z"]
        {
            assert_eq!(read(last), Some(Timestamp::MAX), "{last}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for said in [
            "",
            "soon",
            "2026-02-30T00:00:00Z",
            "2026-11-27",
            "2026-11-27T24:00:01Z",
            "2026-11-27T25:00:00Z",
            "24:00:00",
        ] {
            assert_eq!(read(said), None, "{said}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_none(text in "[-0-9TZ:+. ]{0,30}|\\PC{0,20}") {
            read(&text);
        }

        #[test]
        fn what_is_written_is_read_back(second in 0i64..253_000_000_000) {
            let time = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(read(&time.to_string()), Some(time));
        }
    }
}
