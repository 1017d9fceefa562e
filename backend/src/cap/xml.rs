//! A small tree of an XML file: local names and text, nothing of the outside world.

use quick_xml::{Reader, escape::resolve_xml_entity, events::Event};

/// Deeper than any alert; a bound, so that a hostile file cannot exhaust the stack.
const MAX_DEPTH: usize = 64;

#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    #[error("it is not readable as {0}")]
    Encoding(&'static str),
    #[error("it names a text encoding nobody knows")]
    UnknownEncoding,
    #[error("it is broken XML: {0}")]
    Broken(String),
    #[error("it has a DOCTYPE, which could pull in outside files; it was not read")]
    Doctype,
    #[error("it uses the entity &{0};, which XML does not define")]
    Entity(String),
    #[error("it nests more than {MAX_DEPTH} elements")]
    TooDeep,
}

#[derive(Debug, Default)]
pub struct Node {
    /// Without namespace prefix.
    pub name: String,
    /// Its own text, its children's left out.
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of that name with any text, trimmed.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.children.iter().filter(|child| child.name == name).map(|child| child.text.trim()).find(|t| !t.is_empty())
    }
}

/// Reads the bytes of a file, in the encoding that it names.
pub fn parse(bytes: &[u8]) -> Result<Node, XmlError> {
    build(&decode(bytes)?)
}

fn decode(bytes: &[u8]) -> Result<String, XmlError> {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match declared(bytes) {
            Some(label) => encoding_rs::Encoding::for_label(label).ok_or(XmlError::UnknownEncoding)?,
            None => encoding_rs::UTF_8,
        },
    };
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors { Err(XmlError::Encoding(encoding.name())) } else { Ok(text.into_owned()) }
}

/// The label in `<?xml … encoding="label"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let declaration = bytes.get(..bytes.windows(2).take(200).position(|pair| pair == b"?>")?)?;
    let after = declaration.windows(8).position(|word| word == b"encoding").and_then(|at| declaration.get(at + 8..))?;
    let open = after.iter().position(|b| b"\"'".contains(b))?;
    let rest = after.get(open + 1..)?;
    rest.split(|b| Some(b) == after.get(open)).next()
}

fn build(text: &str) -> Result<Node, XmlError> {
    let mut reader = Reader::from_str(text);
    // the first is a holder for the root
    let mut open = vec![Node::default()];
    loop {
        let event = reader.read_event().map_err(broken)?;
        match event {
            Event::Start(tag) => {
                if open.len() > MAX_DEPTH {
                    return Err(XmlError::TooDeep);
                }
                open.push(Node { name: tag.local_name().as_ref().to_owned(), ..Node::default() });
            }
            Event::Empty(tag) => {
                let node = Node { name: tag.local_name().as_ref().to_owned(), ..Node::default() };
                top(&mut open)?.children.push(node);
            }
            Event::End(_) => {
                let node = open.pop().ok_or_else(|| broken("an end without a start"))?;
                top(&mut open)?.children.push(node);
            }
            Event::Text(text) => top(&mut open)?.text.push_str(&text.xml10_content()),
            Event::CData(text) => top(&mut open)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let node = top(&mut open)?;
                match reference.resolve_char_ref().map_err(broken)? {
                    Some(character) => node.text.push(character),
                    None => {
                        let name = reference.into_inner();
                        let known = resolve_xml_entity(&name).ok_or_else(|| XmlError::Entity(name.to_string()))?;
                        node.text.push_str(known);
                    }
                }
            }
            Event::DocType(_) => return Err(XmlError::Doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let holder = open.pop().filter(|_| open.is_empty()).ok_or_else(|| broken("it ends in the middle"))?;
    let mut roots = holder.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(root), None) => Ok(root),
        (None, _) => Err(broken("it has no element")),
        (Some(_), Some(_)) => Err(broken("it has more than one root element")),
    }
}

fn top(open: &mut [Node]) -> Result<&mut Node, XmlError> {
    open.last_mut().ok_or_else(|| broken("an end without a start"))
}

fn broken(error: impl ToString) -> XmlError {
    XmlError::Broken(error.to_string())
}
