//! Shapes as CAP writes them, made light enough for a phone.

use contract::place::{Circle, Position};

/// Points in one alert's shapes. Some authorities send tens of thousands; an entry has to fit in 256 KiB.
const MAX_POINTS: usize = 1500;
/// About 50 m; doubled until the shapes fit.
const FIRST_TOLERANCE: f64 = 0.0005;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadShape {
    #[error("\"{0}\" is not a point")]
    Point(String),
    #[error("\"{0}\" is not a circle")]
    Circle(String),
}

/// `lat,lon lat,lon …`; a ring left open is closed.
pub fn polygon(text: &str) -> Result<Vec<Position>, BadShape> {
    let mut ring = text.split_whitespace().map(point).collect::<Result<Vec<_>, _>>()?;
    if let Some(first) = ring.first().copied().filter(|first| ring.last() != Some(first)) {
        ring.push(first);
    }
    Ok(ring)
}

/// `lat,lon radius`, the radius in km.
pub fn circle(text: &str) -> Result<Circle, BadShape> {
    let bad = || BadShape::Circle(text.trim().to_owned());
    let (center, radius) = text.trim().split_once(char::is_whitespace).ok_or_else(bad)?;
    let radius_km: f64 = radius.trim().parse().map_err(|_| bad())?;
    if !radius_km.is_finite() {
        return Err(bad());
    }
    Ok(Circle { center: point(center)?, radius_km })
}

fn point(text: &str) -> Result<Position, BadShape> {
    let numbers = text.split_once(',').and_then(|(lat, lon)| Some((lat.parse().ok()?, lon.parse().ok()?)));
    let position = numbers.and_then(|(lat, lon)| Position::new(lat, lon));
    position.ok_or_else(|| BadShape::Point(text.chars().take(60).collect()))
}

/// Drops points that change a shape least, evenly over all rings, until they are few enough.
pub fn lighten(rings: &mut [&mut Vec<Position>]) {
    let mut tolerance = FIRST_TOLERANCE;
    while rings.iter().map(|ring| ring.len()).sum::<usize>() > MAX_POINTS && tolerance < 10.0 {
        for ring in rings.iter_mut() {
            **ring = simplified(ring, tolerance);
        }
        tolerance *= 2.0;
    }
}

/// Douglas and Peucker's algorithm on both halves of a ring; a ring that would vanish stays as it is.
fn simplified(ring: &[Position], tolerance: f64) -> Vec<Position> {
    let last = ring.len().saturating_sub(1);
    let mut keep = vec![false; ring.len()];
    let mut spans = vec![(0, last / 2), (last / 2, last)];
    while let Some((from, to)) = spans.pop() {
        let (Some(a), Some(b)) = (ring.get(from), ring.get(to)) else { continue };
        [from, to].into_iter().for_each(|end| keep[end] = true);
        let inner = ring.iter().enumerate().take(to).skip(from + 1);
        let farthest = inner.map(|(at, p)| (at, distance(p, a, b))).max_by(|x, y| x.1.total_cmp(&y.1));
        if let Some((at, _)) = farthest.filter(|(_, distance)| *distance > tolerance) {
            spans.extend([(from, at), (at, to)]);
        }
    }
    let kept: Vec<_> = ring.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(point, _)| *point).collect();
    if kept.len() < 4 { ring.to_vec() } else { kept }
}

/// From `p` to the line through `a` and `b`, in degrees of latitude.
fn distance(p: &Position, a: &Position, b: &Position) -> f64 {
    let shrink = a.lat.to_radians().cos();
    let (bx, by) = ((b.lon - a.lon) * shrink, b.lat - a.lat);
    let (px, py) = ((p.lon - a.lon) * shrink, p.lat - a.lat);
    let length = bx.hypot(by);
    if length == 0.0 { px.hypot(py) } else { (px * by - py * bx).abs() / length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_left_open_is_closed() {
        let ring = polygon("1,1 1,2 2,2").unwrap();
        assert_eq!(ring.len(), 4);
        assert_eq!(ring.first(), ring.last());
    }

    #[test]
    fn a_point_off_the_earth_or_no_number_is_refused() {
        assert!(polygon("1,1 91,2 2,2").is_err());
        assert!(polygon("1,1 x").is_err());
        assert!(circle("1,1").is_err());
        assert!(circle("1,1 inf").is_err());
        assert_eq!(circle("32.9525,-115.5527 0").unwrap().radius_km, 0.0);
    }

    #[test]
    fn a_ring_of_many_points_is_lightened_and_keeps_its_shape() {
        let around = |step: i32| {
            let angle = f64::from(step) / 20_000.0 * std::f64::consts::TAU;
            Position { lat: 45.0 + angle.sin(), lon: 60.0 + angle.cos() }
        };
        let mut ring: Vec<_> = (0..20_000).map(around).chain([around(0)]).collect();
        lighten(&mut [&mut ring]);
        assert!(ring.len() <= MAX_POINTS && ring.len() > 20, "{}", ring.len());
        assert_eq!(ring.first(), ring.last());
        assert!(ring.iter().all(|p| ((p.lat - 45.0).hypot(p.lon - 60.0) - 1.0).abs() < 0.001));
    }
}
