//! A file of SMS as an operator's page gives it: a line each, of the time, the sender and the text.

use crate::desk::casework::sms::ReceivedSms;

/// Reads all of it: what stands in each line, by its number from 1. A line that is none holds up no other.
pub fn read(text: &str) -> Vec<(usize, Option<ReceivedSms>)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| (index + 1, one(line))).collect()
}

fn one(line: &str) -> Option<ReceivedSms> {
    let mut parts = line.splitn(3, '\t');
    let (at, from, text) = (parts.next()?.trim().parse().ok()?, parts.next()?.trim(), parts.next()?);
    Some(ReceivedSms { at, from: from.to_owned(), texts: vec![text.to_owned()] }).filter(|_| !from.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_time_a_sender_and_a_text_and_another_is_told() {
        let text = "\u{feff}2026-03-01T06:12:30Z\t+971500000001\tAQ code\twith a tab\r\n\n2026-03-01T06:13Z\tMFA\tx\n";
        let lines = read(text);
        let first = lines[0].1.as_ref().unwrap();
        assert_eq!((first.from.as_str(), &*first.texts), ("+971500000001", &["AQ code\twith a tab".to_owned()][..]));
        assert_eq!(lines.iter().map(|(line, one)| (*line, one.is_some())).collect::<Vec<_>>(), [(1, true), (3, true)]);
        let lines = read("x\ty\tz\n\n2026-03-01T06:12:30Z\t\tx\n2026-03-01T06:12:30Z\t+97150\tx");
        assert_eq!(
            lines.iter().map(|(line, one)| (*line, one.is_some())).collect::<Vec<_>>(),
            [(1, false), (3, false), (4, true)]
        );
    }
}
