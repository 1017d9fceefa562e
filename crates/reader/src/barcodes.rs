//! The barcodes of boarding passes: PDF417, Aztec and QR.

use std::collections::HashSet;

use rxing::{
    BarcodeFormat, DecodeHints,
    helpers::{detect_in_luma_slice, detect_multiple_in_luma_with_hints},
};

use crate::picture::Grey;

/// Longer sides are read smaller first: it is faster, and what is blurred is read better.
const SIDES: [usize; 3] = [900, 1800, 3600];
/// An Aztec code is sought from the middle of a picture: each of these parts of the longer side has a middle.
const PARTS: [usize; 2] = [2, 3];
/// A code is read upright and lying, and a few degrees from it.
const TURNS: [f64; 8] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0];

/// What each says, once. All of them where some are seen at a glance; else as long as there is another way to look.
pub fn of(picture: &Grey) -> Vec<String> {
    let longer = picture.width.max(picture.height);
    let mut sizes: Vec<usize> = SIDES.iter().map(|side| longer.div_ceil(*side)).collect();
    sizes.dedup();
    let mut found = Vec::new();
    for (nth, by) in sizes.iter().enumerate() {
        if nth == 2 && !found.is_empty() {
            break;
        }
        add(&mut found, look(&picture.smaller(*by)));
    }
    // what is turned is read when it is turned back
    for by in sizes.iter().take(2) {
        let smaller = picture.smaller(*by);
        for turn in TURNS {
            if !found.is_empty() {
                return found;
            }
            add(&mut found, look(&smaller.turned(turn)));
        }
    }
    found
}

fn look(picture: &Grey) -> impl Iterator<Item = String> {
    let parts = PARTS.iter().flat_map(|part| picture.parts(picture.width.max(picture.height) / part));
    all(picture).into_iter().chain(parts.filter_map(|part| aztec(&part)))
}

fn add(found: &mut Vec<String>, barcodes: impl IntoIterator<Item = String>) {
    for barcode in barcodes {
        if !found.contains(&barcode) {
            found.push(barcode);
        }
    }
}

/// An error is that there is none.
fn all(picture: &Grey) -> Vec<String> {
    let Some((width, height)) = sides(picture) else { return Vec::new() };
    let formats = [BarcodeFormat::PDF_417, BarcodeFormat::AZTEC, BarcodeFormat::QR_CODE];
    let mut hints =
        DecodeHints { PossibleFormats: Some(HashSet::from(formats)), TryHarder: Some(true), ..DecodeHints::default() };
    let found = detect_multiple_in_luma_with_hints(picture.pixels.clone(), width, height, &mut hints);
    found.unwrap_or_default().iter().map(|barcode| barcode.getText().to_owned()).collect()
}

fn aztec(part: &Grey) -> Option<String> {
    let (width, height) = sides(part)?;
    let found = detect_in_luma_slice(&part.pixels, width, height, Some(BarcodeFormat::AZTEC));
    found.ok().map(|barcode| barcode.getText().to_owned())
}

fn sides(picture: &Grey) -> Option<(u32, u32)> {
    Some((u32::try_from(picture.width).ok()?, u32::try_from(picture.height).ok()?))
}
