//! Pictures, as grey pixels.

use std::io::Cursor;

use png::{BitDepth, ColorType, Transformations};
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::JpegDecoder;

use crate::Unseen;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// More than a phone's largest picture has.
pub const MAX_PIXELS: usize = 64_000_000;
/// Of either side; a strip of pixels is no picture.
const MAX_SIDE: usize = 1 << 16;
/// What a decoder of PNG may take for all that it unpacks besides the pixels.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;

/// A byte a pixel, black to white, row after row.
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    /// Nothing where the pixels are not as many as the sides say.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width.checked_mul(height) == Some(pixels.len()) && !pixels.is_empty()).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// The mean of each square of `by` pixels: what is blurred or noisy is read better when it is small.
    pub fn smaller(&self, by: usize) -> Self {
        let (width, height) = ((self.width / by).max(1), (self.height / by).max(1));
        let mean = |x: usize, y: usize| {
            let rows = (y * by..(y + 1) * by).filter_map(|row| self.pixels.get(row * self.width + x * by..)?.get(..by));
            let (sum, count) =
                rows.flatten().fold((0, 0), |(sum, count), pixel| (sum + usize::from(*pixel), count + 1));
            u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect();
        Self { width, height, pixels }
    }

    /// Squares of a side, each overlapping its neighbours by two thirds.
    pub fn parts(&self, side: usize) -> impl Iterator<Item = Self> {
        let (width, height) = (side.clamp(1, self.width), side.clamp(1, self.height));
        let steps = |whole: usize, part: usize| (0..=(whole - part) * 3 / part).map(move |step| step * part / 3);
        let corners = steps(self.height, height).flat_map(move |y| steps(self.width, width).map(move |x| (x, y)));
        corners.map(move |(x, y)| {
            let rows = (y..y + height).filter_map(|row| self.pixels.get(row * self.width + x..)?.get(..width));
            Self { width, height, pixels: rows.flatten().copied().collect() }
        })
    }

    /// Turned about its middle, on white.
    pub fn turned(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (w, h) = (self.width as f64, self.height as f64);
        let (width, height) = (w * cos.abs() + h * sin.abs(), w * sin.abs() + h * cos.abs());
        let pixel = |x: usize, y: usize| {
            let (x, y) = (x as f64 - width / 2.0, y as f64 - height / 2.0);
            let (x, y) = (x * cos + y * sin + w / 2.0, y * cos - x * sin + h / 2.0);
            let inside = x >= 0.0 && y >= 0.0 && x < w && y < h;
            inside.then(|| self.pixels.get(y as usize * self.width + x as usize)).flatten().copied().unwrap_or(u8::MAX)
        };
        let (width, height) = (width as usize, height as usize);
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
        Self { width, height, pixels }
    }
}

pub fn is(file: &[u8]) -> bool {
    file.starts_with(PNG) || file.starts_with(JPEG)
}

pub fn decode(file: &[u8]) -> Result<Grey, Unseen> {
    if file.starts_with(PNG) { png(file) } else { jpeg(file) }
}

/// What may be decoded at all.
pub fn within(width: usize, height: usize) -> Result<(), Unseen> {
    let fits = width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;
    if fits { Ok(()) } else { Err(Unseen::TooMuch) }
}

fn png(file: &[u8]) -> Result<Grey, Unseen> {
    let limits = png::Limits { bytes: MAX_UNPACKED };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| Unseen::Damaged)?;
    let info = reader.info();
    let (width, height) = (info.width as usize, info.height as usize);
    within(width, height)?;
    let mut unpacked = vec![0; reader.output_buffer_size().ok_or(Unseen::TooMuch)?];
    let frame = reader.next_frame(&mut unpacked).map_err(|_| Unseen::Damaged)?;
    unpacked.truncate(frame.buffer_size());
    let pixels = match (frame.color_type, frame.bit_depth) {
        (ColorType::Grayscale, BitDepth::Eight) => unpacked,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => grey::<2>(&unpacked, |[grey, alpha]| on_white(grey, alpha)),
        (ColorType::Rgb, BitDepth::Eight) => grey::<3>(&unpacked, luma),
        (ColorType::Rgba, BitDepth::Eight) => grey::<4>(&unpacked, |[r, g, b, alpha]| on_white(luma([r, g, b]), alpha)),
        // neither is left by the transformations
        (ColorType::Indexed, _) | (_, BitDepth::One | BitDepth::Two | BitDepth::Four | BitDepth::Sixteen) => {
            return Err(Unseen::Damaged);
        }
    };
    Grey::new(width, height, pixels).ok_or(Unseen::Damaged)
}

pub fn grey<const N: usize>(bytes: &[u8], of: fn([u8; N]) -> u8) -> Vec<u8> {
    bytes.as_chunks::<N>().0.iter().map(|pixel| of(*pixel)).collect()
}

pub fn luma([r, g, b]: [u8; 3]) -> u8 {
    let sum = 77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// What shows through is white, as paper is.
pub fn on_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

fn jpeg(file: &[u8]) -> Result<Grey, Unseen> {
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(|_| Unseen::Damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Unseen::Damaged)?;
    within(width, height)?;
    let pixels = decoder.decode().map_err(|_| Unseen::Damaged)?;
    Grey::new(width, height, pixels).ok_or(Unseen::Damaged)
}
