//! Which of the missions that serve a place is the traveller's: one order for the call bar and for every list.

use contract::{
    entry::mission::{Mission, MissionKind},
    place::Position,
    words::Words,
};

use crate::trips::PlannedLeg;

/// The one in the same city, in the country, the nearest; where no distance is known an embassy first.
pub fn rank(mission: &Mission, here: Option<&PlannedLeg>) -> impl Ord + use<> {
    let is_embassy = mission.kind == MissionKind::Embassy;
    let in_the_country = here.is_some_and(|here| here.country == mission.country);
    let metres = here.and_then(|here| here.position).zip(position(mission)).map(metres);
    (!is_in_the_city(mission, here), !in_the_country, metres.is_none(), metres, !is_embassy)
}

/// Whether it stands where somebody is.
pub fn is_in_the_city(mission: &Mission, here: Option<&PlannedLeg>) -> bool {
    here.is_some_and(|here| here.country == mission.country && is_named_alike(&mission.city, &here.place))
}

/// Its own; its city's, where no more is known.
pub fn position(mission: &Mission) -> Option<Position> {
    let city = || atlas::city_named(&mission.city, mission.country).map(|city| city.position);
    mission.position.or_else(city)
}

/// Whole ones, to be put in order.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth, 0 to 20 038 000 m")]
fn metres((one, other): (Position, Position)) -> u32 {
    (atlas::distance_km(one, other) * 1000.0) as u32
}

/// Whether two names say the same in a language that both have.
fn is_named_alike(one: &Words, other: &Words) -> bool {
    one.iter().any(|(tag, name)| other.get(tag.as_str()) == Some(name))
}
