//! Places, offline: countries in three languages, airports, cities, zones, shapes, local emergency numbers.

mod airports;
mod cities;
mod countries;
mod emergency;
mod folding;
mod search;
mod shapes;
mod table;

pub use airports::{Airport, airport};
pub use cities::{City, city};
pub use countries::{Country, countries, country, time_zone_of};
pub use emergency::{EmergencyNumbers, Sourced, emergency_numbers};
pub use search::{Place, look_up};
pub use shapes::contains;
