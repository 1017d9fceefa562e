//! Points in shapes on the round Earth.

use contract::place::{Area, Circle, Position};
use geo::{Coord, Distance, Haversine, Intersects, LineString, Point, Polygon};

/// Whether the point lies in any of the area's polygons or circles, borders included.
pub fn contains(area: &Area, position: Position) -> bool {
    area.polygons.iter().any(|ring| in_ring(ring, position)) || area.circles.iter().any(|c| in_circle(c, position))
}

/// The great-circle distance.
pub fn distance_km(a: Position, b: Position) -> f64 {
    Haversine.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat)) / 1000.0
}

fn in_circle(circle: &Circle, position: Position) -> bool {
    distance_km(circle.center, position) <= circle.radius_km
}

fn in_ring(ring: &[Position], position: Position) -> bool {
    if ring.len() < 4 {
        return false;
    }
    let polygon = Polygon::new(LineString::new(unrolled(ring)), Vec::new());
    // an unrolled ring may have left the usual longitudes on either side
    [-360.0, 0.0, 360.0].iter().any(|turn| polygon.intersects(&Point::new(position.lon + turn, position.lat)))
}

/// The ring with every step the short way round, so that one over the antimeridian stays in one piece.
fn unrolled(ring: &[Position]) -> Vec<Coord> {
    let mut coords: Vec<Coord> = Vec::with_capacity(ring.len() + 2);
    for point in ring {
        let x = match coords.last() {
            Some(last) => last.x + (point.lon - last.x + 180.0).rem_euclid(360.0) - 180.0,
            None => point.lon,
        };
        coords.push(Coord { x, y: point.lat });
    }
    if let (Some(&first), Some(&last)) = (coords.first(), coords.last())
        && (last.x - first.x).abs() > 180.0
    {
        // it went all the way round: what it holds is the pole on its side
        let pole = 90.0_f64.copysign(first.y);
        coords.extend([Coord { x: last.x, y: pole }, Coord { x: first.x, y: pole }]);
    }
    coords
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(points: &[(f64, f64)]) -> Area {
        let ring = points.iter().map(|&(lat, lon)| Position { lat, lon }).collect();
        Area { polygons: vec![ring], ..Area::default() }
    }

    fn holds(area: &Area, lat: f64, lon: f64) -> bool {
        contains(area, Position { lat, lon })
    }

    #[test]
    fn a_district_holds_its_town_and_not_its_neighbours() {
        // a coarse outline of the district of Kökpekti in the Abai region
        let district = ring(&[
            (49.25, 82.60),
            (49.09, 82.21),
            (48.76, 81.88),
            (48.51, 81.57),
            (48.17, 82.44),
            (48.24, 83.44),
            (48.39, 83.62),
            (48.77, 83.07),
            (49.25, 82.60),
        ]);
        let town = crate::city("kz-kokpekti").unwrap();
        assert!(contains(&district, town.position));
        for elsewhere in ["kz-oskemen", "kz-zaysan", "kz-ayagoz", "ae-dubai"] {
            assert!(!contains(&district, crate::city(elsewhere).unwrap().position), "{elsewhere}");
        }
    }

    #[test]
    fn a_ring_over_the_antimeridian_is_one_piece() {
        let fiji = ring(&[(-20.0, 177.0), (-20.0, -178.0), (-15.0, -178.0), (-15.0, 177.0), (-20.0, 177.0)]);
        assert!(holds(&fiji, -17.0, 179.5));
        assert!(holds(&fiji, -17.0, -179.5));
        assert!(!holds(&fiji, -17.0, 0.0));
        assert!(!holds(&fiji, -17.0, -177.0));
    }

    #[test]
    fn a_ring_round_the_pole_holds_the_pole() {
        let arctic = ring(&[(70.0, -180.0), (70.0, -90.0), (70.0, 0.0), (70.0, 90.0), (70.0, 180.0)]);
        assert!(holds(&arctic, 85.0, 45.0));
        assert!(holds(&arctic, 85.0, -179.0));
        assert!(!holds(&arctic, 60.0, 45.0));
    }

    #[test]
    fn a_circle_holds_what_is_nearer_than_its_radius() {
        let doha = crate::city("qa-doha").unwrap().position;
        let area = |radius_km| Area { circles: vec![Circle { center: doha, radius_km }], ..Area::default() };
        let dubai = crate::city("ae-dubai").unwrap().position;
        assert!(!contains(&area(350.0), dubai));
        assert!(contains(&area(400.0), dubai));
        assert!(contains(&area(0.0), doha));
    }

    #[test]
    fn an_area_without_shape_holds_no_point() {
        assert!(!holds(&Area::default(), 0.0, 0.0));
        assert!(!holds(&ring(&[]), 0.0, 0.0));
    }

    proptest! {
        #[test]
        fn a_box_holds_exactly_its_points_wherever_it_lies(
            west in -180.0..180.0_f64, width in 1.0..170.0_f64, lat in -80.0..80.0_f64, across in 0.0..1.0_f64,
        ) {
            let wrap = |lon: f64| (lon + 180.0).rem_euclid(360.0) - 180.0;
            let east = wrap(west + width);
            let square = ring(&[(lat - 5.0, west), (lat - 5.0, east), (lat + 5.0, east), (lat + 5.0, west), (lat - 5.0, west)]);
            prop_assert!(holds(&square, lat, wrap(west + width * (0.01 + 0.98 * across))));
            prop_assert!(!holds(&square, lat, wrap(west - 0.5)));
            prop_assert!(!holds(&square, lat + 6.0, wrap(west + width * across)));
        }

        #[test]
        fn no_ring_is_too_strange(points in prop::collection::vec((-90.0..90.0_f64, -180.0..180.0_f64), 0..12)) {
            holds(&ring(&points), 10.0, 10.0);
        }
    }
}
