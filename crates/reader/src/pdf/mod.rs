//! PDF: its text in lines, and the barcodes of its pictures. What a page draws is followed as far as letters and pictures
//! go: a reader of whole pages takes ten times as much of the app.

mod fonts;
mod lines;
mod page;
mod place;

use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf, object::Stream};

use crate::{
    Seen, Unseen, barcodes,
    picture::{self, Grey},
};
use page::Sheet;

/// A ticket with all its rules has fewer.
const MAX_PAGES: usize = 60;

pub fn is(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(b"%PDF-")
}

pub fn see(file: &[u8]) -> Result<Seen, Unseen> {
    let pdf = Pdf::new(file.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unseen::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Unseen::Damaged,
    })?;
    if pdf.pages().len() > MAX_PAGES {
        return Err(Unseen::TooMuch);
    }
    let mut seen = Seen::default();
    let mut sheet = Sheet::default();
    for page in pdf.pages().iter() {
        sheet.follow(page)?;
        for picture in sheet.pictures.drain(..).filter_map(|picture| decode(&picture)) {
            seen.barcodes.extend(barcodes::of(&picture));
        }
        seen.lines.extend(lines::of(sheet.pieces.drain(..).collect()));
    }
    Ok(seen)
}

/// Grey, of colours, or black and white. A palette is taken for shades of grey; what is packed otherwise is no barcode.
fn decode(stream: &Stream) -> Option<Grey> {
    let dict = stream.dict();
    let side =
        |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short)).map(|side| side as usize);
    let (width, height) = (side("Width", "W")?, side("Height", "H")?);
    picture::within(width, height).ok()?;
    if stream.filters().as_slice() == [Filter::DctDecode] {
        return picture::decode(&stream.raw_data()).ok();
    }
    let bytes = stream.decoded_data().ok()?;
    let row = width.div_ceil(8);
    if bytes.len() >= width * height && width * height > 0 {
        let pixels = match bytes.len() / (width * height) {
            1 | 2 => bytes.get(..width * height)?.to_vec(),
            _colours => picture::grey::<3>(bytes.get(..3 * width * height)?, picture::luma),
        };
        return Grey::new(width, height, pixels);
    }
    let bit =
        |x: usize, y: usize| bytes.get(y * row + x / 8).map(|byte| if byte >> (7 - x % 8) & 1 == 1 { 255 } else { 0 });
    let pixels: Option<Vec<u8>> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| bit(x, y)).collect();
    Grey::new(width, height, pixels?)
}
