//! Prose as alerts carry it: hard-wrapped, indented, sometimes with HTML inside.

use super::html;

/// Paragraphs and list items, each on one line, without what marks an item.
pub fn paragraphs(raw: &str) -> Vec<String> {
    let plain = visible(&html::plain(raw));
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    let mut next_number = 1;
    for line in plain.lines() {
        let words = squeezed(line);
        if words.is_empty() {
            open = false;
            continue;
        }
        let mut begins = begins_with_bullet(&words);
        if number_at(&words) == Some(next_number) {
            next_number += 1;
            begins = true;
        }
        match paragraphs.last_mut().filter(|_| open && !begins) {
            Some(last) => *last = format!("{last} {words}"),
            None => paragraphs.push(words.clone()),
        }
        open = is_wrapped(&words);
    }
    paragraphs.iter().flat_map(|paragraph| items(paragraph)).collect()
}

/// One line of text.
pub fn line(raw: &str) -> String {
    let joined = squeezed(&visible(&html::plain(raw)));
    without_bullet(&joined).to_owned()
}

/// A name or code: what cannot be seen is taken out, the rest stays.
pub fn name(raw: &str) -> String {
    squeezed(&visible(raw))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const BULLETS: [char; 8] = ['•', '●', '▪', '‣', '◦', '*', '-', '–'];

fn begins_with_bullet(line: &str) -> bool {
    line.strip_prefix(BULLETS).is_some_and(|rest| rest.starts_with(' '))
}

/// A minus before a number is no bullet.
fn without_bullet(text: &str) -> &str {
    let rest = text.trim_start_matches(BULLETS).trim_start();
    let is_minus =
        text.starts_with(['-', '–']) && rest.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    if is_minus { text } else { rest }
}

/// The number that marks an item: `1.`, `1)` or `(1)`, with a space behind.
fn number_at(text: &str) -> Option<u32> {
    let (mark, rest) = text.split_once(' ')?;
    if rest.is_empty() { None } else { mark_number(mark) }
}

fn mark_number(mark: &str) -> Option<u32> {
    let inner = mark.strip_prefix('(').unwrap_or(mark);
    let digits = inner.strip_suffix(')').or_else(|| mark.strip_suffix('.'))?;
    if digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) { None } else { digits.parse().ok() }
}

/// A long line with no end of a sentence goes on in the next.
fn is_wrapped(line: &str) -> bool {
    line.chars().count() >= 40 && !line.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// The items that one line holds, "1. … 2. …" or "• … • …"; a line that is none is one.
fn items(paragraph: &str) -> Vec<String> {
    let bulleted = paragraph.split(['•', '●', '▪', '‣']).flat_map(numbered);
    bulleted.map(|item| without_bullet(&item).trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// Cut before "1.", "2." and on, where they come in that order.
fn numbered(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut next = 1;
    let mut begins = true;
    let several = text.split_whitespace().filter_map(mark_number).any(|number| number == 2);
    for word in text.split_whitespace() {
        let is_mark = mark_number(word) == Some(next) && (begins || next > 1) && (several || text.starts_with(word));
        if is_mark {
            next += 1;
            items.push(String::new());
        } else if let Some(last) = items.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
        begins = word.ends_with([':', '.', '!', '?', ';']);
    }
    // an item of a list that was cut into lines begins with any number
    if items.len() == 1 && number_at(text).is_some_and(|number| number > 1) {
        return vec![squeezed(text.split_once(' ').map_or(text, |(_, rest)| rest))];
    }
    items
}

/// Taken out: controls, noncharacters, marks without width and those that turn the direction of what follows.
pub fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' | '\t' | ' ' => seen.push(c),
            '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => seen.push('\n'),
            // Windows-1252, where it was taken for Latin-1
            '\u{80}'..='\u{9f}' => seen.extend(windows_1252(c)),
            '\u{200c}' | '\u{200d}' if seen.ends_with(joins) && characters.peek().is_some_and(|c| joins(*c)) => {
                seen.push(c)
            }
            c if is_invisible(c) => {}
            c => seen.push(c),
        }
    }
    seen
}

/// What a reader cannot see, or what makes him see something else.
pub fn is_invisible(c: char) -> bool {
    let is_noncharacter = u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    let has_no_width = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    is_noncharacter || has_no_width || (c.is_control() && !"\n\r\t".contains(c))
}

/// Scripts that are misspelt without their joiners: Arabic, Persian, those of India.
fn joins(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{900}'..='\u{d7f}')
}

fn windows_1252(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok()?;
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(&byte));
    let read = text.chars().next();
    read.filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hard_wrapped_paragraph_becomes_one_step() {
        let raw = "A FLASH FLOOD WATCH MEANS THAT CONDITIONS MAY DEVELOP THAT LEAD\nTO FLASH FLOODING.\n\nYOU SHOULD MONITOR.";
        let expected = "A FLASH FLOOD WATCH MEANS THAT CONDITIONS MAY DEVELOP THAT LEAD TO FLASH FLOODING.";
        assert_eq!(paragraphs(raw), [expected, "YOU SHOULD MONITOR."]);
    }

    #[test]
    fn short_lines_stay_apart_and_lose_their_bullets() {
        assert_eq!(paragraphs("- Close the windows\n- Stay inside"), ["Close the windows", "Stay inside"]);
        assert_eq!(paragraphs("-Закройте окна\n–Оставайтесь дома"), ["Закройте окна", "Оставайтесь дома"]);
    }

    #[test]
    fn html_becomes_text_and_a_lone_bracket_stays() {
        assert_eq!(
            paragraphs("Es besteht<br/>keine <b>Gefahr</b> &quot;A&quot;"),
            ["Es besteht", "keine Gefahr \"A\""]
        );
        assert_eq!(paragraphs("wind < 20 m/s and > 5"), ["wind < 20 m/s and > 5"]);
    }

    #[test]
    fn a_minus_before_a_number_is_no_bullet() {
        for text in ["-40 °C tonight", "– 5…–10 °C", "- 40 °C", "-.5 m", "−40 °C", "from -40 to -20"] {
            assert_eq!(line(text), text);
            assert_eq!(paragraphs(text), [text]);
        }
        assert_eq!(line("- Leave"), "Leave");
    }

    #[test]
    fn numbered_and_bulleted_steps_are_steps() {
        let long = [
            "Leave the valley at once and go to the nearest high place",
            "Take your papers, medicine and water for three days with you",
            "Do not return until the authorities say that it is safe",
        ];
        let lists = [
            format!("1. {}\n2. {}\n3. {}", long[0], long[1], long[2]),
            format!("1) {} 2) {} 3) {}", long[0], long[1], long[2]),
            format!("(1) {}; (2) {} (3) {}", long[0], long[1], long[2]).replace("place;", "place"),
            format!("• {} • {}\n• {}", long[0], long[1], long[2]),
            format!("•{}•{}•{}", long[0], long[1], long[2]),
            format!("* {}\n* {}\n* {}", long[0], long[1], long[2]),
            format!("<ol><li>{}</li><li>{}</li><li>{}</li></ol>", long[0], long[1], long[2]),
        ];
        for list in lists {
            assert_eq!(paragraphs(&list), long, "{list}");
        }
        assert_eq!(paragraphs("Do this: 1. Leave. 2. Call."), ["Do this:", "Leave.", "Call."]);
    }

    #[test]
    fn a_number_that_counts_no_steps_stays() {
        for text in [
            "Der Fluss steigt bis zum Morgen des Montags, 5. März",
            "Magnitude 6. Aftershocks follow",
            "112",
            "Grade 2. of 5",
        ] {
            assert_eq!(paragraphs(text), [text]);
        }
        assert_eq!(
            paragraphs("The river will rise until the morning of the\n5. March"),
            ["The river will rise until the morning of the 5. March"]
        );
    }

    #[test]
    fn what_cannot_be_seen_is_taken_out() {
        assert_eq!(line("Fl\u{202e}oo\u{200b}d\u{fffe}\u{0}\u{feff} \u{2066}now\u{2069}\u{1fffe}"), "Flood now");
        assert_eq!(line("\u{200b}\u{ad}"), "");
        assert_eq!(line("5 \u{96} 10 \u{20ac}"), "5 – 10 €");
        assert_eq!(line("می\u{200c}شود"), "می\u{200c}شود", "Persian is misspelt without it");
        assert_eq!(line("a\u{200c}b"), "ab");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_and_what_is_left_can_be_seen(text in any::<String>()) {
            for part in paragraphs(&text).iter().chain(&[line(&text), name(&text)]) {
                prop_assert!(part.chars().all(|c| !c.is_control()), "{part:?}");
            }
            prop_assert!(paragraphs(&text).iter().all(|part| !part.trim().is_empty()));
        }

        #[test]
        fn every_word_stays(words in prop::collection::vec("[а-яa-z]{1,9}[.,!]?", 1..30), breaks in prop::collection::vec("( |\n|\n\n|\n- )", 30)) {
            let raw: String = words.iter().zip(&breaks).flat_map(|(word, gap)| [word.as_str(), gap]).collect();
            let read = paragraphs(&raw).join(" ");
            prop_assert_eq!(read.split(' ').filter(|w| *w != "-").collect::<Vec<_>>(), words);
        }
    }
}
