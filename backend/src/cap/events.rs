//! Names of events by the codes that alerts give, and which of them are only tests.

use contract::words::Words;

use super::codes::rows;

/// Scheme, code, Kazakh, Russian, English, `test` or nothing.
const EVENTS: &str = include_str!("../../data/events.tsv");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub name: Words,
    pub is_test: bool,
}

/// The event that an alert's `<eventCode>` or `<parameter>` names.
pub fn by_code(name: &str, value: &str) -> Option<Event> {
    let (scheme, code) = match name {
        "SAME" => ("same", value.trim()),
        // "1; Wind"
        "awareness_type" => ("awareness", value.split(';').next()?.trim()),
        _unknown => return None,
    };
    let mut events = rows(EVENTS);
    let [_, _, kk, ru, en, test] = events.find(|[of, known, ..]: &[&str; 6]| *of == scheme && *known == code)?;
    Some(Event { name: Words::new(kk, ru, en), is_test: test == "test" })
}

/// Whether it is a test by its English name, where no code says so.
pub fn is_named_a_test(event: &str) -> bool {
    rows(EVENTS).any(|[.., en, test]: [&str; 6]| test == "test" && en.eq_ignore_ascii_case(event.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gives_its_event_in_each_language() {
        let wind = by_code("awareness_type", "1; Wind").unwrap();
        assert_eq!(wind, Event { name: Words::new("Жел", "Ветер", "Wind"), is_test: false });
        assert_eq!(by_code("SAME", "TOR").unwrap().name, Words::new("Құйын", "Торнадо", "Tornado Warning"));
        for (name, value) in [("SAME", "XXX"), ("awareness_type", "99"), ("awareness_type", ""), ("other", "TOR")] {
            assert_eq!(by_code(name, value), None);
        }
    }

    #[test]
    fn a_required_test_is_known_as_one() {
        assert!(by_code("SAME", "RWT").unwrap().is_test);
        assert!(is_named_a_test("required weekly test"));
        assert!(!is_named_a_test("Tornado Warning"));
    }

    #[test]
    fn the_table_is_whole() {
        let lines = EVENTS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows::<6>(EVENTS).count(), lines);
        assert!(rows::<6>(EVENTS).all(|cells| cells.iter().take(5).all(|cell| !cell.trim().is_empty())));
    }
}
