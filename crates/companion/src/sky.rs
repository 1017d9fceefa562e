//! What the sky is like at a place: whether it is night there, and where the sun stands.

use contract::place::Position;
use jiff::Timestamp;
use serde::Serialize;
use solar_positioning::{Error, Horizon, Location, SolarEvents, SolarPositions, time::JulianDate};
use ts_rs::TS;

/// Unix time's beginning as a Julian date.
const UNIX_EPOCH: f64 = 2_440_587.5;
const SECONDS_A_DAY: f64 = 86_400.0;
/// Terrestrial time is so many seconds ahead; what it changes here is not seen.
const DELTA_T: f64 = 69.0;
/// Degrees around the horizon at which it is dusk or dawn.
const DUSK: f64 = 6.0;

/// The sky over a place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct Sky {
    /// How light it is.
    pub light: Light,
    /// How much of the day has passed, or at night of the night: 0 to 1.
    pub share: f64,
    /// Of the sun over the horizon, degrees.
    pub altitude: f64,
}

/// How light the sky is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// The sun is up.
    Day,
    /// It rises or sets.
    Dusk,
    /// It is dark.
    Night,
}

/// `None` for a time that astronomy has no answer for, as a clock wrong by a century.
pub fn at(position: Position, now: Timestamp) -> Option<Sky> {
    let days = now.as_second() as f64 / SECONDS_A_DAY + UNIX_EPOCH;
    sky(Location { latitude: position.lat, longitude: position.lon }, days)
        .inspect_err(|error| tracing::warn!(%error, "no sky"))
        .ok()
}

fn sky(place: Location, now: f64) -> Result<Sky, Error> {
    let sun = SolarPositions::grena3().at_from_julian(JulianDate::new(now, DELTA_T)?, place, 0.0, None)?;
    let altitude = sun.elevation_angle();
    let light = match altitude {
        up if up > DUSK => Light::Day,
        down if down < -DUSK => Light::Night,
        _ => Light::Dusk,
    };
    Ok(Sky { light, share: share(place, now)?, altitude })
}

/// How much has passed between the last rising or setting and the next; the middle where there is none within a day.
fn share(place: Location, now: f64) -> Result<f64, Error> {
    let events = SolarEvents::grena3();
    let around = events.for_interval_from_julian(now - 1.0, now + 1.0, place, DELTA_T, Horizon::SunriseSunset)?;
    let turns = || around.rises.iter().chain(&around.sets).copied();
    let before = turns().filter(|turn| *turn <= now).fold(f64::NAN, f64::max);
    let after = turns().filter(|turn| *turn > now).fold(f64::NAN, f64::min);
    let share = (now - before) / (after - before);
    Ok(if share.is_finite() { share } else { 0.5 })
}
