//! When something is: as a file writes it, and by the clocks of the place.

use std::fmt;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use serde::{Serialize, Serializer};

/// As a file writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    Day(Date),
    /// By the clocks of the place.
    Local(DateTime),
    /// Everywhere at once, and by the clocks of whoever wrote it.
    Instant(Timestamp, DateTime),
}

impl When {
    /// ISO 8601, with separators or without, to the minute or nearer.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            let written = text.parse().unwrap_or_else(|_| TimeZone::UTC.to_datetime(at));
            return Some(Self::Instant(at, written));
        }
        if text.contains(['T', 't', ' ']) {
            return text.parse().ok().map(Self::Local);
        }
        text.parse().ok().map(Self::Day)
    }

    /// The same, of a text that is by the clocks of a named zone.
    pub fn read_in(text: &str, zone: &str) -> Option<Self> {
        let read = Self::read(text)?;
        let Self::Local(written) = read else { return Some(read) };
        // a zone of somebody's own naming: what is written is believed to be local
        let Ok(zone) = TimeZone::get(zone) else { return Some(read) };
        zone.to_timestamp(written).ok().map(|at| Self::Instant(at, written))
    }

    /// By the clocks of a zone; as written where none is known.
    pub fn at(self, zone: Option<&str>) -> Local {
        match self {
            Self::Day(day) => Local { day, time: None },
            Self::Local(written) => Local::from(written),
            Self::Instant(at, written) => {
                let zone = zone.and_then(|zone| TimeZone::get(zone).ok());
                Local::from(zone.map_or(written, |zone| zone.to_datetime(at)))
            }
        }
    }
}

/// By the clocks of the place: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM` where the time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Local {
    /// The day.
    pub day: Date,
    /// To the minute.
    pub time: Option<Time>,
}

impl Local {
    /// The day alone.
    pub fn only_day(self) -> Self {
        Self { time: None, ..self }
    }
}

impl From<DateTime> for Local {
    fn from(at: DateTime) -> Self {
        Self { day: at.date(), time: Some(at.time()) }
    }
}

impl fmt::Display for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        }
        Ok(())
    }
}

impl Serialize for Local {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
