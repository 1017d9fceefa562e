//! What a page draws: followed through its forms, as far as letters and pictures go.

use std::{collections::HashMap, rc::Rc};

use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Array, Dict, Number, Object, Stream},
    page::{Page, Resources},
};

use super::{fonts::Font, lines::Piece, place::Place};
use crate::Unseen;

/// Of all pages together. No ticket draws as much.
const MAX_STEPS: usize = 1_000_000;
/// Of all pages together: logos, maps, barcodes.
const MAX_PICTURES: usize = 40;
/// Forms inside forms, and states inside states.
const MAX_DEPTH: usize = 12;
const MAX_STATES: usize = 64;
/// A gap inside a string from which on it is a space, of a thousand of the letters' size.
const GAP: f64 = 180.0;

/// What was drawn.
#[derive(Default)]
pub struct Sheet<'a> {
    pub pieces: Vec<Piece>,
    pub pictures: Vec<Stream<'a>>,
    steps: usize,
    seen: usize,
}

#[derive(Clone, Default)]
struct State {
    place: Place,
    font: Option<Rc<Font>>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    stretch: Option<f64>,
    leading: f64,
}

/// What is drawn with.
#[derive(Default)]
struct Pen {
    state: State,
    states: Vec<State>,
    /// Where the line begins, and where the next letter comes.
    line: Place,
    next: Place,
    fonts: HashMap<Vec<u8>, Rc<Font>>,
}

impl<'a> Sheet<'a> {
    pub fn follow(&mut self, page: &Page<'a>) -> Result<(), Unseen> {
        let Some(content) = page.page_stream() else { return Ok(()) };
        self.draw(content, page.resources(), Place::default(), 0)
    }

    fn draw(&mut self, content: &[u8], resources: &Resources<'a>, place: Place, depth: usize) -> Result<(), Unseen> {
        let mut pen = Pen { state: State { place, ..State::default() }, ..Pen::default() };
        let mut steps = TypedIter::new(content);
        while let Some(step) = steps.next() {
            self.steps += 1;
            if self.steps > MAX_STEPS || self.seen > MAX_PICTURES {
                return Err(Unseen::TooMuch);
            }
            if let TypedInstruction::XObject(object) = step {
                if let Some(stream) = resources.get_x_object(object.0) {
                    self.object(stream, resources, pen.state.place, depth)?;
                }
            } else {
                self.pieces.extend(pen.step(&step, resources));
            }
        }
        Ok(())
    }

    fn object(&mut self, stream: Stream<'a>, outer: &Resources<'a>, place: Place, depth: usize) -> Result<(), Unseen> {
        let dict = stream.dict().clone();
        if dict.contains_key("Width") {
            self.seen += 1;
            self.pictures.push(stream);
            return Ok(());
        }
        if depth == MAX_DEPTH {
            return Ok(());
        }
        let Ok(content) = stream.decoded_data() else { return Ok(()) };
        let inner = dict.get::<Array>("Matrix").map(|numbers| numbers.iter::<f64>().collect::<Vec<f64>>());
        let inner = inner.and_then(|numbers| numbers.try_into().ok()).map(Place).unwrap_or_default();
        let resources = dict.get::<Dict>("Resources").map_or_else(|| outer.clone(), Resources::new);
        self.draw(&content, &resources, inner.within(place), depth + 1)
    }
}

impl Pen {
    /// What a step writes.
    #[expect(clippy::wildcard_enum_match_arm, reason = "lines, colours and clips are not seen")]
    fn step(&mut self, step: &TypedInstruction, resources: &Resources) -> Option<Piece> {
        match step {
            TypedInstruction::SaveState(_) if self.states.len() < MAX_STATES => self.states.push(self.state.clone()),
            TypedInstruction::RestoreState(_) => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
            TypedInstruction::Transform(m) => {
                self.state.place = Place::of([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]).within(self.state.place);
            }
            TypedInstruction::BeginText(_) => self.begin(Place::default()),
            TypedInstruction::SetTextMatrix(m) => self.begin(Place::of([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5])),
            TypedInstruction::CharacterSpacing(spacing) => self.state.letter_spacing = spacing.0.as_f64(),
            TypedInstruction::WordSpacing(spacing) => self.state.word_spacing = spacing.0.as_f64(),
            TypedInstruction::HorizontalScaling(percent) => self.state.stretch = Some(percent.0.as_f64() / 100.0),
            TypedInstruction::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            TypedInstruction::TextFont(font) => {
                self.state.size = font.1.as_f64();
                self.state.font = self.font(font.0.as_ref(), || resources.get_font(font.0));
            }
            TypedInstruction::NextLine(by) => self.down(&by.0, by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.down(&by.0, by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(),
            TypedInstruction::ShowText(text) => return self.write([Shown::Text(text.0.as_bytes())].into_iter()),
            TypedInstruction::NextLineAndShowText(text) => {
                self.next_line();
                return self.write([Shown::Text(text.0.as_bytes())].into_iter());
            }
            TypedInstruction::ShowTextWithParameters(text) => {
                (self.state.word_spacing, self.state.letter_spacing) = (text.0.as_f64(), text.1.as_f64());
                self.next_line();
                return self.write([Shown::Text(text.2.as_bytes())].into_iter());
            }
            TypedInstruction::ShowTexts(texts) => {
                let objects: Vec<Object> = texts.0.iter::<Object>().collect();
                return self.write(objects.iter().filter_map(|object| match object {
                    Object::String(text) => Some(Shown::Text(text.as_bytes())),
                    Object::Number(back) => Some(Shown::Back(back.as_f64())),
                    _nothing => None,
                }));
            }
            _unseen => {}
        }
        None
    }

    fn begin(&mut self, place: Place) {
        (self.line, self.next) = (place, place);
    }

    fn down(&mut self, x: &Number, y: f64) {
        self.begin(Place::moved(x.as_f64(), y).within(self.line));
    }

    fn next_line(&mut self) {
        self.begin(Place::moved(0.0, -self.state.leading).within(self.line));
    }

    fn font<'d>(&mut self, name: &[u8], dict: impl FnOnce() -> Option<Dict<'d>>) -> Option<Rc<Font>> {
        if let Some(known) = self.fonts.get(name) {
            return Some(known.clone());
        }
        let font = Rc::new(Font::of(&dict()?));
        self.fonts.insert(name.to_vec(), font.clone());
        Some(font)
    }

    fn write<'s>(&mut self, shown: impl Iterator<Item = Shown<'s>>) -> Option<Piece> {
        let State { font, size, letter_spacing, word_spacing, stretch, place, .. } = self.state.clone();
        let (font, stretch) = (font?, stretch.unwrap_or(1.0));
        let begins = self.next.within(place);
        let mut text = String::new();
        for shown in shown {
            let far = match shown {
                Shown::Back(back) => {
                    if back < -GAP && !text.ends_with(' ') {
                        text.push(' ');
                    }
                    -back / 1000.0 * size
                }
                Shown::Text(string) => font.read(string).into_iter().fold(0.0, |far, (meaning, width, is_space)| {
                    text.push_str(&meaning);
                    far + width * size + letter_spacing + if is_space { word_spacing } else { 0.0 }
                }),
            };
            self.next = Place::moved(far * stretch, 0.0).within(self.next);
        }
        let ((x, y), (end, _)) = (begins.origin(), self.next.within(place).origin());
        (!text.is_empty()).then_some(Piece { text, x, y, end, size: size.abs() * begins.scale() })
    }
}

/// A string, or how far back the next one comes.
enum Shown<'s> {
    Text(&'s [u8]),
    Back(f64),
}
