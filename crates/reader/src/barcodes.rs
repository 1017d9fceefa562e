//! The barcodes of boarding passes: PDF417, Aztec and QR.

use std::collections::HashSet;

use rxing::{BarcodeFormat, DecodeHints, helpers::detect_multiple_in_luma_with_hints};

use crate::picture::Grey;

/// Longer sides are read smaller: a barcode of a pass has no more than two hundred modules a side.
const SIDES: [usize; 3] = [900, 1800, 3600];

/// What each says, once.
pub fn of(picture: &Grey) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut read = HashSet::new();
    for side in SIDES {
        let by = picture.width.max(picture.height).div_ceil(side);
        // one that is small as it is looks the same at every size
        if !read.insert(by) {
            continue;
        }
        let barcodes = if by == 1 { at_once(picture) } else { at_once(&picture.smaller(by)) };
        for barcode in barcodes {
            if !found.contains(&barcode) {
                found.push(barcode);
            }
        }
    }
    found
}

fn at_once(picture: &Grey) -> Vec<String> {
    let Ok(width) = u32::try_from(picture.width) else { return Vec::new() };
    let Ok(height) = u32::try_from(picture.height) else { return Vec::new() };
    let formats = [BarcodeFormat::PDF_417, BarcodeFormat::AZTEC, BarcodeFormat::QR_CODE];
    let mut hints = DecodeHints {
        PossibleFormats: Some(HashSet::from(formats)),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    // an error is that there is none
    let found = detect_multiple_in_luma_with_hints(picture.pixels.clone(), width, height, &mut hints);
    found.unwrap_or_default().iter().map(|barcode| barcode.getText().to_owned()).collect()
}
