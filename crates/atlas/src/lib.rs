//! Places, offline: countries in three languages, airports, cities, zones, shapes, local emergency numbers.

mod airports;
mod cities;
mod countries;
mod emergency;
mod point;
mod search;
mod shapes;
mod table;
pub mod typing;

pub use airports::{Airport, airport, airports_in, known_airports, time_zone_at};
pub use cities::{City, city, city_at, city_named};
pub use countries::{Country, countries, country, time_zone_of};
pub use emergency::{EmergencyNumbers, Sourced, emergency_numbers, is_emergency_number};
pub use point::{AtPoint, country_at};
pub use search::{Fit, Place, PlaceKey, airports_of_code, look_up};
pub use shapes::{contains, distance_km, hull, thinned};
