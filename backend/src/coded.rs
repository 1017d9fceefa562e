//! A text in the two forms in which it is sent: as it is, and as a whole zstd frame. Frames one after another are zstd
//! again, so no reader needs a compressor of its own, which would hold megabytes for as long as it reads slowly.

use std::{io, sync::Arc};

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};

/// For what is read by one alone.
const AT_ONCE: i32 = zstd::DEFAULT_COMPRESSION_LEVEL;

/// Which form a reader takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Zstd,
}

impl Coding {
    /// Zstd where the reader lists it.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut codings = accepted.flat_map(|value| value.split(','));
        let takes_zstd = codings.any(|coding| coding.trim().eq_ignore_ascii_case("zstd"));
        if takes_zstd { Self::Zstd } else { Self::Plain }
    }

    /// The value of `Content-Encoding`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Zstd => Some("zstd"),
        }
    }

    /// Writes a text for one reader.
    ///
    /// # Errors
    /// No memory for the compressor.
    pub fn write(self, text: String) -> io::Result<Bytes> {
        match self {
            Self::Plain => Ok(text.into()),
            Self::Zstd => Ok(zstd::bulk::compress(text.as_bytes(), AT_ONCE)?.into()),
        }
    }
}

/// A text in both forms, for many readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    plain: Bytes,
    zstd: Bytes,
}

impl Coded {
    /// At a level of zstd: a high one takes its time, once for all.
    ///
    /// # Errors
    /// No memory for the compressor.
    pub fn new(text: impl Into<Bytes>, level: i32) -> io::Result<Self> {
        let plain = text.into();
        let zstd = zstd::bulk::compress(&plain, level)?.into();
        Ok(Self { plain, zstd })
    }

    pub fn as_written_in(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Plain => self.plain.clone(),
            Coding::Zstd => self.zstd.clone(),
        }
    }

    /// One form of what is in memory once, and stays there as long as it is read.
    pub fn shared(self: Arc<Self>, coding: Coding) -> Bytes {
        Bytes::from_owner(Read { coded: self, coding })
    }

    /// How many bytes both forms take.
    pub fn bytes(&self) -> usize {
        self.plain.len() + self.zstd.len()
    }
}

struct Read {
    coded: Arc<Coded>,
    coding: Coding,
}

impl AsRef<[u8]> for Read {
    fn as_ref(&self) -> &[u8] {
        match self.coding {
            Coding::Plain => &self.coded.plain,
            Coding::Zstd => &self.coded.zstd,
        }
    }
}
