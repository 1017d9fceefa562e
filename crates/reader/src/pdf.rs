//! PDF: its text in lines, and the barcodes of its pictures.

use std::sync::Arc;

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, FontResolverFn, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask,
    font::{Glyph, GlyphRun},
    hayro_cmap::BfString,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf},
    interpret_page,
    kurbo::{Affine, BezPath, Point, Rect},
};

use crate::{
    Seen, Unseen, barcodes,
    picture::{self, Grey},
};

/// A ticket with all its rules has fewer.
const MAX_PAGES: usize = 60;
/// No page that people read has more; what has is no text.
const MAX_LETTERS: usize = 200_000;
/// Logos, maps, barcodes.
const MAX_PICTURES: usize = 40;
/// A font that a PDF does not bring along is one that every system has. Nobody sees its letters: an empty one will do.
const BLANK: &[u8] = include_bytes!("blank.ttf");
/// Units of a font's own measure in the size of its letters.
const EM: f64 = 1000.0;

pub fn is(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(b"%PDF-")
}

pub fn see(file: &[u8]) -> Result<Seen, Unseen> {
    let pdf = Pdf::new(file.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unseen::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Unseen::Damaged,
    })?;
    let (mut seen, mut letters, mut pictures) = (Seen::default(), 0, 0);
    let pages = pdf.pages();
    if pages.len() > MAX_PAGES {
        return Err(Unseen::TooMuch);
    }
    let font: FontResolverFn = Arc::new(|_| Some((Arc::new(BLANK), 0)));
    let cache = InterpreterCache::new();
    for page in pages.iter() {
        let mut sheet = Sheet::default();
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings { font_resolver: font.clone(), ..InterpreterSettings::default() };
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut sheet);
        letters += sheet.letters.len();
        pictures += sheet.pictures.len();
        if letters > MAX_LETTERS || pictures > MAX_PICTURES || sheet.is_too_much {
            return Err(Unseen::TooMuch);
        }
        for picture in &sheet.pictures {
            seen.barcodes.extend(barcodes::of(picture));
        }
        seen.lines.extend(lines(sheet.letters));
    }
    Ok(seen)
}

/// What stands on a page, wherever it was drawn.
#[derive(Default)]
struct Sheet {
    letters: Vec<Letter>,
    pictures: Vec<Grey>,
    is_too_much: bool,
}

struct Letter {
    text: String,
    /// From the left of the page.
    x: f64,
    /// From the foot of the page.
    y: f64,
    width: f64,
    size: f64,
}

impl Sheet {
    fn picture(&mut self, width: u32, height: u32, pixels: Vec<u8>) {
        self.pictures.extend(Grey::new(width as usize, height as usize, pixels));
    }
}

impl<'a> Device<'a> for Sheet {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let Some(text) = glyph.as_unicode() else { continue };
            if self.letters.len() > MAX_LETTERS {
                self.is_too_much = true;
                return;
            }
            let place = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let size = (place * Point::new(0.0, EM)).distance(at);
            let advance = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width().map(f64::from),
                Glyph::Type3(_) => None,
            };
            let width = advance.map_or(size / 2.0, |advance| size * advance / EM);
            let text = match text {
                BfString::Char(letter) => letter.to_string(),
                BfString::String(letters) => letters,
            };
            self.letters.push(Letter { text, x: at.x, y: at.y, width, size });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        let fits = picture::within(image.width() as usize, image.height() as usize).is_ok();
        if !fits || self.pictures.len() > MAX_PICTURES {
            self.is_too_much = true;
            return;
        }
        match image {
            Image::Raster(image) => image.with_rgba(
                |image, _| match image {
                    ImageData::Luma(grey) => self.picture(grey.width, grey.height, grey.data),
                    ImageData::Rgb(image) => {
                        self.picture(image.width, image.height, picture::grey::<3>(&image.data, picture::luma));
                    }
                },
                None,
            ),
            // where it is painted it is dark
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let pixels = mask.data.iter().map(|painted| 255 - painted).collect();
                    self.picture(mask.width, mask.height, pixels);
                },
                None,
            ),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Letters of one height are a line, in the order in which they stand; where a gap is, a space is.
fn lines(mut letters: Vec<Letter>) -> Vec<String> {
    letters.retain(|letter| [letter.x, letter.y, letter.width, letter.size].iter().all(|number| number.is_finite()));
    letters.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match rows.last_mut() {
            Some(row) if row[0].y - letter.y < row[0].size.min(letter.size) * 0.4 => row.push(letter),
            Some(_) | None => rows.push(vec![letter]),
        }
    }
    rows.into_iter().map(line).filter(|line| !line.is_empty()).collect()
}

fn line(mut row: Vec<Letter>) -> String {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut line = String::new();
    let mut end = f64::INFINITY;
    for letter in row {
        if letter.x - end > letter.size * 0.2 && !line.ends_with(' ') {
            line.push(' ');
        }
        end = letter.x + letter.width;
        // an invisible letter is none
        line.extend(letter.text.chars().filter(|letter| !letter.is_control()));
    }
    line.trim().to_owned()
}
