//! HTML inside prose: a third of the authorities escape it into their texts.

use html_escape::decode_html_entities;

/// What stands apart on a page is set apart by an empty line.
pub const BREAK: &str = "\n\n";

/// Elements that stand in a line of text.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "q", "s",
    "small", "span", "strong", "strike", "sub", "sup", "time", "tt", "u",
];
/// Elements that stand apart.
const BLOCK: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];
/// Elements whose text nobody is meant to read.
const NOT_WORDS: [&str; 4] = ["script", "style", "template", "noscript"];

pub fn is_inline(name: &str) -> bool {
    is_one_of(&INLINE, name)
}

pub fn is_not_words(name: &str) -> bool {
    is_one_of(&NOT_WORDS, name)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Plain words, whatever HTML came as text, escaped once, twice or three times.
pub fn plain(raw: &str) -> String {
    let mut text = without_tags(raw);
    for _ in 0..3 {
        let read = without_tags(&decode_html_entities(&text));
        if read == text {
            break;
        }
        text = read;
    }
    text
}

/// Tags, comments and what is not words taken out. `<` and `>` that make no tag are text.
fn without_tags(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        match markup(from) {
            Some((apart, after)) => {
                text.push_str(apart);
                rest = after;
            }
            None => {
                text.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

/// What the markup that `from` begins with leaves behind, and what follows it.
fn markup(from: &str) -> Option<(&'static str, &str)> {
    for (begin, end) in [("<!--", "-->"), ("<!DOCTYPE", ">"), ("<!doctype", ">"), ("<?xml", "?>")] {
        if let Some(inside) = from.strip_prefix(begin) {
            return Some(("", inside.split_once(end).map_or("", |(_, after)| after)));
        }
    }
    let (name, after) = tag(from)?;
    if is_not_words(name) {
        let close = format!("</{}", name.to_ascii_lowercase());
        let end = after.to_ascii_lowercase().find(&close).and_then(|at| after.get(at..));
        let after = end.map_or("", |end| end.split_once('>').map_or("", |(_, after)| after));
        return Some((BREAK, after));
    }
    let stays_in_line = is_inline(name) || name.contains(':');
    Some((if stays_in_line { "" } else { BREAK }, after))
}

/// The name of the tag that `from` begins with, and what follows the tag.
fn tag(from: &str) -> Option<(&str, &str)> {
    let (inside, after) = from.strip_prefix('<')?.split_once('>')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    // names with a prefix are what word processors leave behind
    let is_known = is_inline(name) || is_one_of(&BLOCK, name) || is_not_words(name) || is_office(name);
    (is_known && are_attributes(attributes)).then_some((name, after))
}

fn is_office(name: &str) -> bool {
    name.split_once(':').is_some_and(|(prefix, local)| prefix.len() <= 3 && !local.is_empty())
}

/// `name="value"` and `name=value`, with spaces between, or nothing.
fn are_attributes(text: &str) -> bool {
    let mut rest = text.trim();
    if !rest.is_empty() && !text.starts_with(char::is_whitespace) {
        return false;
    }
    while !rest.is_empty() {
        let Some((name, value)) = rest.split_once('=') else { return false };
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b)) {
            return false;
        }
        let value = value.trim_start();
        rest = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => match quoted.split_once(value.get(..1).unwrap_or_default()) {
                Some((_, after)) => after.trim_start(),
                None => return false,
            },
            None => value.split_once(char::is_whitespace).map_or("", |(_, after)| after.trim_start()),
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(raw: &str) -> String {
        plain(raw).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn brackets_that_make_no_tag_are_text() {
        for text in [
            "Visibility <one hundred metres and waves >4 m expected.",
            "wind < 20 m/s and > 5",
            "a<b and c>d",
            "waves <a 20 m or b> 3",
            "<3 hours",
            "1 <2> 3",
            "T<-40, wind>20",
        ] {
            assert_eq!(words(text), text);
        }
    }

    #[test]
    fn tags_are_taken_out_and_what_is_in_them_stays() {
        assert_eq!(
            words("Do <b>not</b> drink<br/>tap <font color=\"red\" size=2>water</font>"),
            "Do not drink tap water"
        );
        assert_eq!(plain("a<br>b</P>c"), "a\n\nb\n\nc");
        assert_eq!(words("<o:p>x</o:p> <A HREF='https://example.org'>site</A>"), "x site");
    }

    #[test]
    fn style_script_and_comments_are_not_words() {
        assert_eq!(
            words("<style type=\"text/css\">p { a > b }</style>One<!-- <b>no</b> --> two<SCRIPT>x<y</Script>."),
            "One two ."
        );
        assert_eq!(words("<!DOCTYPE html><html><head><title>T</title></head><body>B</body></html>"), "T B");
        assert_eq!(words("cut <!-- off"), "cut");
    }

    #[test]
    fn entities_escaped_once_twice_and_three_times_are_read() {
        assert_eq!(words("Sturmb&ouml;en, 5&deg;C, 5&#8211;10 cm"), "Sturmböen, 5°C, 5–10 cm");
        assert_eq!(words("&amp;lt;b&amp;gt;Не&amp;lt;/b&amp;gt; &amp;amp;nbsp;пейте"), "Не пейте");
        assert_eq!(words("R&D, AT&T; a & b &nosuch;"), "R&D, AT&T; a & b &nosuch;");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            plain(&text);
        }

        #[test]
        fn any_markup_is_read(text in "(<|>|/|b|br|p|!--|--|style|=|\"|'| |&lt;|&amp;|x){0,40}") {
            plain(&text);
        }

        #[test]
        fn words_without_markup_stay_as_they_are(text in "[a-zА-Яа-я0-9 .,:;+*-]{0,60}") {
            prop_assert_eq!(plain(&text), text);
        }
    }
}
