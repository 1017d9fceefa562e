//! A file of SMS as an operator's page gives it: a line each, of the time, the sender and the text.

use super::Delivered;

/// Reads all of it; a line that is none is told by its number.
///
/// # Errors
/// The number of the first line that is none, from 1.
pub fn read(text: &str) -> Result<Vec<Delivered>, usize> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| one(line).ok_or(index + 1)).collect()
}

fn one(line: &str) -> Option<Delivered> {
    let mut parts = line.splitn(3, '\t');
    let (at, from, text) = (parts.next()?.trim().parse().ok()?, parts.next()?.trim(), parts.next()?);
    Some(Delivered { at, from: from.to_owned(), text: text.to_owned() }).filter(|_| !from.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_time_a_sender_and_a_text_and_another_is_told() {
        let text = "\u{feff}2026-03-01T06:12:30Z\t+971500000001\tAQ code\twith a tab\r\n\n2026-03-01T06:13Z\tMFA\tx\n";
        let read_ = read(text).unwrap();
        assert_eq!((read_[0].from.as_str(), read_[0].text.as_str()), ("+971500000001", "AQ code\twith a tab"));
        assert_eq!(read_.len(), 2);
        for (wrong, line) in [("x\ty\tz", 1), ("2026-03-01T06:12:30Z\t+97150\tx\n\n2026-03-01T06:12:30Z\t\tx", 3)] {
            assert_eq!(read(wrong), Err(line), "{wrong}");
        }
    }
}
