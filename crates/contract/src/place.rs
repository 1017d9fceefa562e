//! Codes of places. Whether a code exists is the atlas's to say; here only its form is checked.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::InvalidId;

macro_rules! code {
    ($($(#[$doc:meta])* $name:ident, $len:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        #[schema(value_type = String)]
        pub struct $name([u8; $len]);

        impl $name {
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
#[serde(deny_unknown_fields)]
pub struct Position {
    pub lat: f64,
    pub lon: f64,
}

impl Position {
    /// `None` where the numbers are no place on the Earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Self { lat, lon })
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
