//! Prose as alerts carry it: hard-wrapped, indented, sometimes with HTML inside.

/// Paragraphs and list items, each on one line.
pub fn paragraphs(raw: &str) -> Vec<String> {
    let plain = without_html(raw);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in plain.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut().filter(|_| open && !begins_item(&words)) {
            Some(last) => *last = format!("{last} {words}"),
            None => paragraphs.push(words.clone()),
        }
        open = is_wrapped(&words);
    }
    paragraphs
        .into_iter()
        .map(|text| text.trim_start_matches(BULLETS).trim().to_owned())
        .filter(|t| !t.is_empty())
        .collect()
}

/// One line of text.
pub fn line(raw: &str) -> String {
    paragraphs(raw).join(" ")
}

const BULLETS: [char; 4] = ['*', '•', '-', '–'];

fn begins_item(line: &str) -> bool {
    line.strip_prefix(BULLETS).is_some_and(|rest| rest.starts_with(' '))
}

/// A long line with no end of a sentence goes on in the next.
fn is_wrapped(line: &str) -> bool {
    line.chars().count() >= 40 && !line.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// Plain words, whatever HTML came as text, escaped once or twice.
fn without_html(raw: &str) -> String {
    without_tags(&without_tags(raw))
}

/// Line breaks for `<br>` and `<p>`, nothing for other tags, and the entities that were escaped twice.
fn without_tags(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        match tag(from) {
            Some((name, after)) => {
                if ["br", "p", "li", "div"].iter().any(|block| name.eq_ignore_ascii_case(block)) {
                    text.push('\n');
                }
                rest = after;
            }
            None => {
                text.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    [("&nbsp;", " "), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, plain)| text.replace(entity, plain))
}

/// The name of the tag that `from` begins with, and what follows the tag.
fn tag(from: &str) -> Option<(&str, &str)> {
    let (inside, after) = from.strip_prefix('<')?.split_once('>')?;
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, attributes) = name.split_at(end);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !attributes.contains('<');
    is_tag.then_some((name, after))
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn html_becomes_text_and_a_lone_bracket_stays() {
        assert_eq!(
            paragraphs("Es besteht<br/>keine <b>Gefahr</b> &quot;A&quot;"),
            ["Es besteht", "keine Gefahr \"A\""]
        );
        assert_eq!(paragraphs("wind < 20 m/s and > 5"), ["wind < 20 m/s and > 5"]);
    }
}
