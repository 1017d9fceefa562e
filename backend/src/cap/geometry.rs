//! Shapes as CAP writes them, made light enough for a phone.

use contract::place::{Circle, Position};

/// Points in one alert's shapes. Some authorities send tens of thousands; an entry has to fit in 256 KiB.
pub const MAX_POINTS: usize = 1500;
/// The least triangle that counts, square degrees: about 50 m by 50 m; made larger until the shapes fit.
const FIRST_TRIANGLE: f64 = 2e-7;
/// No shape loses a triangle as large as a country.
const LAST_TRIANGLE: f64 = 50.0;
/// Half the way round the Earth.
const LONGEST_RADIUS_KM: f64 = 20_040.0;

#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum BadShape {
    #[error("\"{0}\" is not a point")]
    Point(String),
    #[error("\"{0}\" is not a circle")]
    Circle(String),
    #[error("a ring has fewer than three corners")]
    Ring,
}

/// `lat,lon lat,lon …`; a ring left open is closed.
///
/// # Errors
/// Where a point is none, or too few make a ring.
pub fn polygon(text: &str) -> Result<Vec<Position>, BadShape> {
    let mut ring: Vec<Position> = pairs(text).iter().map(|pair| point(pair)).collect::<Result<_, _>>()?;
    ring.dedup();
    if let Some(first) = ring.first().copied()
        && ring.last() != Some(&first)
    {
        ring.push(first);
    }
    if ring.len() < 4 { Err(BadShape::Ring) } else { Ok(ring) }
}

/// `lat,lon radius`, the radius in km.
///
/// # Errors
/// Where the center is no point or the radius no distance on the Earth.
pub fn circle(text: &str) -> Result<Circle, BadShape> {
    let bad = || BadShape::Circle(shortened(text));
    let words = pairs(text);
    let [center, radius] = words.as_slice() else { return Err(bad()) };
    let radius_km: f64 = radius.parse().map_err(|_| bad())?;
    if !(0.0..=LONGEST_RADIUS_KM).contains(&radius_km) {
        return Err(bad());
    }
    Ok(Circle { center: point(center)?, radius_km })
}

/// Words, with "lat, lon" in one.
fn pairs(text: &str) -> Vec<String> {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() && !joined.ends_with(',') && !word.starts_with(',') {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined.split_whitespace().map(str::to_owned).collect()
}

/// `lat,lon`, and a height that nobody needs. A longitude past 180 is turned round.
fn point(text: &str) -> Result<Position, BadShape> {
    let mut numbers = text.split(',').map(|number| number.parse::<f64>().ok());
    let (lat, lon) = (numbers.next().flatten(), numbers.next().flatten());
    let lon = lon.filter(|lon| lon.abs() <= 360.0).map(turned);
    let position = lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon));
    position.ok_or_else(|| BadShape::Point(shortened(text)))
}

fn turned(lon: f64) -> f64 {
    if lon > 180.0 {
        lon - 360.0
    } else if lon < -180.0 {
        lon + 360.0
    } else {
        lon
    }
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

/// Drops corners that change a shape least, evenly over all rings, until they are few enough. No ring comes to cross
/// itself.
pub fn lighten(rings: &mut [&mut Vec<Position>]) {
    let mut triangle = FIRST_TRIANGLE;
    while count(rings) > MAX_POINTS && triangle < LAST_TRIANGLE {
        for ring in rings.iter_mut() {
            **ring = atlas::thinned(ring, triangle);
        }
        triangle *= 3.0;
    }
}

pub fn count(rings: &[&mut Vec<Position>]) -> usize {
    rings.iter().map(|ring| ring.len()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_ring_left_open_is_closed() {
        let ring = polygon("1,1 1,2 2,2").unwrap();
        assert_eq!(ring.len(), 4);
        assert_eq!(ring.first(), ring.last());
        assert_eq!(polygon("1, 1 1 ,2\n2,2,300").unwrap(), ring, "spaces and heights");
    }

    #[test]
    fn a_point_off_the_earth_or_no_number_is_refused() {
        for bad in
            ["1,1 91,2 2,2", "1,1 x", "1,1 1,361 2,2", "NaN,1 1,1 1,2", "1,1 1,2", "", "43.2,76.8 43.2,76.8 43.2,76.8"]
        {
            assert!(polygon(bad).is_err(), "{bad}");
        }
        for bad in ["1,1", "1,1 inf", "1,1 -1", "1,1 20041", "1,1 2 3", "", "91,1 5"] {
            assert!(circle(bad).is_err(), "{bad}");
        }
        assert_eq!(circle("32.9525,-115.5527 0").unwrap().radius_km, 0.0);
    }

    #[test]
    fn a_longitude_past_180_is_turned_round() {
        let ring = polygon("-18,179 -16,179 -16,181 -18,181 -18,179").unwrap();
        assert_eq!(ring.iter().map(|p| p.lon).collect::<Vec<_>>(), [179.0, 179.0, -179.0, -179.0, 179.0]);
        assert_eq!(circle("0,-190 5").unwrap().center.lon, 170.0);
        assert_eq!(circle("0,180 5").unwrap().center.lon, 180.0);
    }

    fn around(lon: f64, count: i32) -> Vec<Position> {
        let at = |step: i32| {
            let angle = f64::from(step) / f64::from(count) * std::f64::consts::TAU;
            Position { lat: 45.0 + angle.sin(), lon: turned(lon + angle.cos()) }
        };
        (0..count).map(at).chain([at(0)]).collect()
    }

    #[test]
    fn rings_of_many_points_are_lightened_together_until_they_fit() {
        let mut rings = [around(60.0, 20_000), around(179.5, 20_000), around(70.0, 3)];
        lighten(&mut rings.iter_mut().collect::<Vec<_>>());
        let [one, two, few] = &rings;
        assert!(one.len() + two.len() + few.len() <= MAX_POINTS && one.len() > 100 && two.len() > 100);
        assert_eq!(few.len(), 4, "where there is little, nothing is lost");
    }

    proptest! {
        #[test]
        fn any_text_is_a_shape_or_none(text in "[-0-9., ]{0,60}|\\PC{0,30}") {
            drop(polygon(&text));
            drop(circle(&text));
        }
    }
}
