//! An XML file as a tree of local names and text; nothing of the outside world is read.

use std::borrow::Cow;

use html_escape::decode_html_entities;
use roxmltree::{Document, Error, Node, ParsingOptions};

use super::html;

/// More than any alert has; a bound on the memory that a hostile file can take.
const MAX_NODES: u32 = 500_000;
/// More than any alert declares; each is looked for among all of those around it.
const MAX_NAMESPACES: usize = 1_000;
/// More than any element has; each is compared with all the others.
const MAX_ATTRIBUTES: usize = 5_000;
/// The longest name of a character, and so how far from an ampersand its end is looked for.
const LONGEST_NAME: usize = 40;

#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    #[error("it is broken XML: {0}")]
    Broken(#[source] Error),
    #[error("it has a DOCTYPE, which could pull in outside files; it was not read")]
    Doctype,
    #[error("it uses the entity &{0};, which XML does not define")]
    Entity(String),
    #[error("it has more than {MAX_NODES} elements")]
    TooMany,
    #[error("it declares more than {MAX_NAMESPACES} namespaces")]
    TooManyNamespaces,
    #[error("an element of it has more than {MAX_ATTRIBUTES} attributes")]
    TooManyAttributes,
}

/// Reads a text that [`repaired`] went over.
///
/// # Errors
/// Where it is not well-formed, has a DOCTYPE or is too large.
pub fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    if text.matches("xmlns").nth(MAX_NAMESPACES).is_some() {
        return Err(XmlError::TooManyNamespaces);
    }
    // a value may hold a '>', and no '<'
    if text.split('<').any(|element| element.matches('=').nth(MAX_ATTRIBUTES).is_some()) {
        return Err(XmlError::TooManyAttributes);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        if let Error::UnknownEntityReference(name, _) = error {
            XmlError::Entity(name)
        } else if matches!(error, Error::DtdDetected) {
            XmlError::Doctype
        } else if matches!(error, Error::NodesLimitReached) {
            XmlError::TooMany
        } else {
            XmlError::Broken(error)
        }
    })
}

/// The text with what XML has no place for mended: characters that it forbids are taken out, HTML's names of
/// characters are read, and an ampersand that begins no reference is one.
pub fn repaired(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.trim_start();
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        whole.extend(before.chars().filter(|c| is_allowed(*c)));
        let (read, after) = reference(from);
        whole.push_str(&read);
        rest = after;
    }
    whole.extend(rest.chars().filter(|c| is_allowed(*c)));
    whole
}

/// What the ampersand at the beginning of `from` stands for, and what follows.
fn reference(from: &str) -> (Cow<'_, str>, &str) {
    let after = from.get(1..).unwrap_or_default();
    // no further, or ampersands without end would each look through all the rest
    let end = after.bytes().take(LONGEST_NAME + 2).position(|b| b == b';');
    let name = end.and_then(|end| after.get(..end)).filter(|name| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let Some(name) = name else { return (Cow::Borrowed("&amp;"), after) };
    let (whole, after) = from.split_at(name.len() + 2);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let allowed = code.ok().and_then(char::from_u32).filter(|c| is_allowed(*c));
        return (allowed.map_or(Cow::Borrowed(""), |c| Cow::Owned(format!("&#{};", u32::from(c)))), after);
    }
    if ["amp", "lt", "gt", "quot", "apos"].contains(&name) {
        return (Cow::Borrowed(whole), after);
    }
    // not "<" and the like again: those have names in XML
    (decode_html_entities(whole).replace('<', "&lt;").into(), after)
}

/// What XML 1.0 has a place for.
pub fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Child elements of that local name.
pub fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The words of the first child of that name that has any.
pub fn get(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    children(node, name).map(words).find(|words| !words.trim().is_empty())
}

/// All the words in an element. Elements inside keep theirs; those that stand apart on a page are set apart.
pub fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    let mut next = node.first_child();
    while let Some(inner) = next {
        text.push_str(inner.text().filter(|_| inner.is_text()).unwrap_or_default());
        set_apart(&mut text, inner);
        let into = inner.first_child().filter(|_| !html::is_not_words(inner.tag_name().name()));
        next = into.or_else(|| after(inner, node, &mut text));
    }
    text
}

/// What comes after `inner` and all in it, within `whole`.
fn after<'a, 'i>(inner: Node<'a, 'i>, whole: Node<'a, 'i>, text: &mut String) -> Option<Node<'a, 'i>> {
    let mut done = inner;
    loop {
        set_apart(text, done);
        if let Some(next) = done.next_sibling() {
            return Some(next);
        }
        done = done.parent().filter(|parent| *parent != whole)?;
    }
}

/// A break where a block begins or ends.
fn set_apart(text: &mut String, inner: Node<'_, '_>) {
    if inner.is_element() && !html::is_inline(inner.tag_name().name()) {
        text.push_str(html::BREAK);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words_of(text: &str) -> String {
        let text = repaired(text);
        let document = parse(&text).unwrap();
        words(document.root_element())
    }

    #[test]
    fn namespaces_without_end_are_refused_before_they_are_looked_for() {
        let nested = |depth: usize| {
            let open: String = (0..depth).map(|at| format!("<a xmlns:p{at}='u{at}'>")).collect();
            open + &"</a>".repeat(depth)
        };
        assert!(parse(&nested(MAX_NAMESPACES)).is_ok());
        assert!(matches!(parse(&nested(MAX_NAMESPACES + 1)), Err(XmlError::TooManyNamespaces)));
        let wide = |attributes: usize| {
            let all: String = (0..attributes).map(|at| format!(" a{at}='{at}'")).collect();
            format!("<a{all}/>")
        };
        assert!(parse(&wide(MAX_ATTRIBUTES)).is_ok());
        assert!(matches!(parse(&wide(MAX_ATTRIBUTES + 1)), Err(XmlError::TooManyAttributes)));
    }

    #[test]
    fn the_longest_name_of_a_character_is_read_and_a_longer_one_is_text() {
        let (longest, longer) = ("0".repeat(LONGEST_NAME - 2) + "41", "0".repeat(LONGEST_NAME - 1) + "41");
        assert_eq!(words_of(&format!("<h>&#{longest};</h>")), ")");
        assert_eq!(words_of(&format!("<h>&#{longer};</h>")), format!("&#{longer};"));
    }

    #[test]
    fn words_inside_child_elements_stay() {
        assert_eq!(words_of("<h>Do <b>not</b> drink</h>"), "Do not drink");
        assert_eq!(words_of("<h xmlns:x='u'>5 m<sup>2</sup><!-- no -->, <x:q>ok</x:q></h>"), "5 m2, ok");
        let sections = words_of("<d><section><p>One</p><p>Two</p></section><style>p{}</style><script>x</script></d>");
        assert_eq!(sections.split_whitespace().collect::<Vec<_>>(), ["One", "Two"]);
        assert!(sections.contains("One\n\n"));
    }

    #[test]
    fn what_xml_forbids_is_taken_out_and_html_names_are_read() {
        assert_eq!(words_of("<h>Flood &#xFFFE;&#0;\u{0}\u{b}now&#99999999999;</h>"), "Flood now");
        assert_eq!(words_of("<h>Sturmb&ouml;en &amp; 5&deg; &lt;4 m</h>"), "Sturmböen & 5° <4 m");
        assert_eq!(words_of("<h>Wind & rain &, a&b; </h>".replace("a&b; ", "").as_str()), "Wind & rain &, ");
        assert_eq!(words_of("<h><![CDATA[a < b & c]]></h>"), "a < b &amp; c", "the words' own reader reads it again");
    }

    #[test]
    fn outside_entities_are_refused() {
        let doctype = "<!DOCTYPE a [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]><a>&xxe;</a>";
        assert!(matches!(parse(&repaired(doctype)), Err(XmlError::Doctype)));
        assert!(matches!(parse(&repaired("<a>&xxe;</a>")), Err(XmlError::Entity(name)) if name == "xxe"));
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
        let document = parse(&deep).unwrap();
        assert_eq!(words(document.root_element()).trim(), "");
        let wide = "<a>".to_owned() + &"<b/>".repeat(500_001) + "</a>";
        assert!(matches!(parse(&wide), Err(XmlError::TooMany)));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            let text = repaired(&text);
            if let Ok(document) = parse(&text) {
                drop(words(document.root_element()));
            }
        }

        #[test]
        fn any_characters_in_an_element_are_read(text in any::<String>()) {
            let escaped = format!("<a>{}</a>", text.replace('<', "").replace('&', "& ").replace("]]>", ""));
            let repaired = repaired(&escaped);
            prop_assert!(parse(&repaired).is_ok(), "{:?}", repaired);
        }
    }
}
