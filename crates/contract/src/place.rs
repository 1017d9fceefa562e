//! Codes of places. Whether a code exists is the atlas's to say; here only its form is checked.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{ids::InvalidId, words::Words};

macro_rules! code {
    ($($(#[$doc:meta])* $name:ident, $len:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        #[schema(value_type = String)]
        pub struct $name([u8; $len]);

        impl $name {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                // the bytes are upper-case ASCII by construction
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let bytes: [u8; $len] = text.as_bytes().try_into().map_err(|_| InvalidId { what: $what })?;
                if bytes.iter().all(u8::is_ascii_uppercase) { Ok(Self(bytes)) } else { Err(InvalidId { what: $what }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.as_str().to_owned()
            }
        }
    )*};
}

code! {
    /// ISO 3166-1 alpha-2.
    CountryCode, 2, "country code";
    /// IATA airport code.
    AirportCode, 3, "airport code";
}

/// A point on the Earth, degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Position {
    /// Degrees north of the equator, WGS 84.
    pub lat: f64,
    /// Degrees east of Greenwich, WGS 84.
    pub lon: f64,
}

impl Position {
    /// `None` where the numbers are no place on the Earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let position = Self { lat, lon };
        position.is_on_earth().then_some(position)
    }

    /// Latitude within ±90 and longitude within ±180.
    pub fn is_on_earth(self) -> bool {
        (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon)
    }
}

/// Where something holds: a country, airports, or shapes. No shapes mean the whole country.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Area {
    /// What it is called.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub name: Words,
    /// The whole country, where no shape narrows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// The airports meant, whoever changes there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub airports: Vec<AirportCode>,
    /// Rings of points, the last equal to the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polygons: Vec<Vec<Position>>,
    /// Those as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<Circle>,
    /// No flights: the airports named are closed, or where none is named, the airspace over the area.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// A circle on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Circle {
    /// Its middle.
    pub center: Position,
    /// Kilometres.
    pub radius_km: f64,
}

/// Half of the way round the Earth: no circle is larger.
const LARGEST_RADIUS_KM: f64 = 20_040.0;

/// Why a place cannot be what it says.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
pub enum InvalidArea {
    /// It is nowhere.
    #[error("names no country, airport or shape")]
    Nowhere,
    /// A polygon's ring has four points at least, the last like the first.
    #[error("has a ring of fewer than four points, or one that is not closed")]
    OpenRing,
    /// A point or a radius is impossible.
    #[error("has a point or radius that is not on the Earth")]
    OffTheEarth,
}

impl Area {
    /// It has more than a code: it can be drawn.
    pub fn has_shape(&self) -> bool {
        !self.polygons.is_empty() || !self.circles.is_empty()
    }

    /// Whether it is a place at all.
    ///
    /// # Errors
    /// Where it names none, or a shape that is none.
    pub fn check(&self) -> Result<(), InvalidArea> {
        if self.country.is_none() && self.airports.is_empty() && !self.has_shape() {
            return Err(InvalidArea::Nowhere);
        }
        for ring in &self.polygons {
            if ring.len() < 4 || ring.first() != ring.last() {
                return Err(InvalidArea::OpenRing);
            }
            if ring.iter().any(|point| !point.is_on_earth()) {
                return Err(InvalidArea::OffTheEarth);
            }
        }
        for circle in &self.circles {
            let is_radius = (0.0..=LARGEST_RADIUS_KM).contains(&circle.radius_km);
            if !is_radius || !circle.center.is_on_earth() {
                return Err(InvalidArea::OffTheEarth);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_upper_case_and_of_their_length() {
        assert_eq!("AE".parse::<CountryCode>().unwrap().as_str(), "AE");
        assert!("ae".parse::<CountryCode>().is_err());
        assert!("AEX".parse::<CountryCode>().is_err());
        assert!("Ә".parse::<CountryCode>().is_err());
        assert_eq!("DOH".parse::<AirportCode>().unwrap().to_string(), "DOH");
    }

    #[test]
    fn a_position_off_the_earth_is_none() {
        assert!(Position::new(90.1, 0.0).is_none());
        assert!(Position::new(f64::NAN, 0.0).is_none());
        assert!(Position::new(25.2, 55.3).is_some());
    }
}
