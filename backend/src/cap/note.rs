//! What an officer is told about an alert that is passed on although something in it was mended or missing.

use std::fmt;

use contract::place::CountryCode;

use super::geometry::BadShape;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A ring or circle was left out.
    ShapeLeftOut(BadShape),
    /// There were too many rings to keep; the shape round them is passed on.
    ShapesJoined { area: String },
    /// Nothing tells where the area is; the issuer's whole country is warned.
    WholeCountry { area: String, country: CountryCode },
    /// Nothing tells where the area is, nor whose it is.
    AreaLeftOut { area: String },
    /// A shape lies nowhere near the country that is named with it.
    ShapeElsewhere { area: String, country: CountryCode },
    /// The sender may not warn for that country.
    NotItsCountry { country: CountryCode },
    /// A time that could not be read does not matter in an ending.
    TimeLeftOut { element: &'static str, said: String },
    /// A part is only a test.
    TestLeftOut { event: String },
}

impl Note {
    pub fn bad_shape(&self) -> Option<&BadShape> {
        if let Self::ShapeLeftOut(bad) = self { Some(bad) } else { None }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShapeLeftOut(bad) => write!(f, "{bad}; that shape was left out"),
            Self::ShapesJoined { area } => {
                write!(f, "\"{area}\" has too many rings; the shape round them is passed on")
            }
            Self::WholeCountry { area, country } => {
                write!(f, "nothing tells where \"{area}\" is; the whole of {country} is warned")
            }
            Self::AreaLeftOut { area } => write!(f, "nothing tells where \"{area}\" is; it was left out"),
            Self::ShapeElsewhere { area, country } => {
                write!(f, "the shape of \"{area}\" lies nowhere near {country}, which is named with it")
            }
            Self::NotItsCountry { country } => {
                write!(f, "its sender may not warn for {country}; that area was left out")
            }
            Self::TimeLeftOut { element, said } => {
                write!(f, "its <{element}> \"{said}\" is not a time; it was left out")
            }
            Self::TestLeftOut { event } => write!(f, "\"{event}\" is only a test; it was left out"),
        }
    }
}
