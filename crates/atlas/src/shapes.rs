//! Points in shapes on the round Earth.

use contract::place::{Area, Circle, Position};
use geo::{
    ConvexHull, Coord, Distance, Haversine, Intersects, LineString, MultiPoint, Point, Polygon, SimplifyVwPreserve,
};

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

/// The ring without the corners that make triangles smaller than `triangle` square degrees with their neighbours. It
/// does not come to cross itself; one that would vanish stays.
pub fn thinned(ring: &[Position], triangle: f64) -> Vec<Position> {
    let polygon = Polygon::new(LineString::new(flat(ring)), Vec::new()).simplify_vw_preserve(triangle);
    let kept = on_earth(polygon.exterior());
    if kept.len() < 4 { ring.to_vec() } else { kept }
}

/// The shape round all the rings.
pub fn hull(rings: &[Vec<Position>]) -> Vec<Position> {
    let points: Vec<Position> = rings.iter().flatten().copied().collect();
    on_earth(MultiPoint::from_iter(flat(&points).into_iter().map(Point::from)).convex_hull().exterior())
}

/// Back from the plane, the longitudes turned round and without the long fractions that this leaves.
fn on_earth(line: &LineString) -> Vec<Position> {
    let turned = |x: f64| if (-180.0..=180.0).contains(&x) { x } else { (x + 180.0).rem_euclid(360.0) - 180.0 };
    line.coords().map(|at| Position { lat: at.y, lon: (turned(at.x) * 1e6).round() / 1e6 }).collect()
}

/// The points on a plane, with every step the short way round the Earth, so that a ring over the antimeridian stays in
/// one piece.
fn flat(points: &[Position]) -> Vec<Coord> {
    let mut coords: Vec<Coord> = Vec::with_capacity(points.len() + 2);
    for point in points {
        let x = match coords.last() {
            Some(last) => last.x + (point.lon - last.x + 180.0).rem_euclid(360.0) - 180.0,
            None => point.lon,
        };
        coords.push(Coord { x, y: point.lat });
    }
    coords
}

/// The ring on a plane, whole.
fn unrolled(ring: &[Position]) -> Vec<Coord> {
    let mut coords = flat(ring);
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

    fn round(lon: f64, count: i32) -> Vec<Position> {
        let at = |step: i32| {
            let angle = f64::from(step) / f64::from(count) * std::f64::consts::TAU;
            Position { lat: 45.0 + angle.sin(), lon: (lon + angle.cos() + 180.0).rem_euclid(360.0) - 180.0 }
        };
        (0..count).map(at).chain([at(0)]).collect()
    }

    #[test]
    fn a_ring_of_many_points_is_thinned_and_keeps_its_shape() {
        for lon in [60.0, 179.5] {
            let thinned = thinned(&round(lon, 20_000), 1e-5);
            assert!(thinned.len() < 400 && thinned.len() > 20, "{}", thinned.len());
            assert_eq!(thinned.first(), thinned.last());
            let off = |p: &Position| (p.lat - 45.0).hypot((p.lon - lon + 180.0).rem_euclid(360.0) - 180.0) - 1.0;
            assert!(thinned.iter().all(|p| off(p).abs() < 0.001));
        }
        assert_eq!(thinned(&round(60.0, 3), 100.0).len(), 4, "one that would vanish stays");
    }

    #[test]
    fn the_shape_round_rings_holds_them_all_over_the_antimeridian_too() {
        let rings: Vec<_> = (0..100).map(|n| round(f64::from(n) / 20.0 + 178.0, 8)).collect();
        let whole = Area { polygons: vec![hull(&rings)], ..Area::default() };
        assert!(whole.polygons[0].len() < 50);
        assert!(holds(&whole, 45.0, 177.1) && holds(&whole, 45.5, 180.0) && holds(&whole, 45.0, -176.2));
        assert!(!holds(&whole, 45.0, 0.0) && !holds(&whole, 45.0, 176.5));
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
        fn what_is_thinned_does_not_come_to_cross_itself(radii in prop::collection::vec(0.2f64..1.0, 50..200), triangle in 1e-4f64..0.1) {
            let total = radii.len() as f64;
            let mut ring: Vec<_> = radii.iter().enumerate().map(|(step, radius)| {
                let angle = step as f64 / total * std::f64::consts::TAU;
                Position { lat: 45.0 + radius * angle.sin(), lon: 60.0 + radius * angle.cos() }
            }).collect();
            ring.push(ring[0]);
            let thinned = thinned(&ring, triangle);
            prop_assert!(thinned.len() <= ring.len() && thinned.len() >= 4);
            let mut lines = LineString::new(flat(&thinned)).lines().collect::<Vec<_>>();
            lines.rotate_left(1);
            for (at, one) in lines.iter().enumerate() {
                for two in lines.iter().skip(at + 2).filter(|two| two.end != one.start) {
                    prop_assert!(!one.intersects(two), "{one:?} {two:?}");
                }
            }
        }

        #[test]
        fn no_ring_is_too_strange(points in prop::collection::vec((-90.0..90.0_f64, -180.0..180.0_f64), 0..12)) {
            holds(&ring(&points), 10.0, 10.0);
            let points: Vec<_> = points.into_iter().map(|(lat, lon)| Position { lat, lon }).collect();
            thinned(&points, 0.1);
            hull(&[points]);
        }
    }
}
