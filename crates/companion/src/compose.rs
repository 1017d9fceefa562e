//! Composes what the screens show from what is kept, the atlas and the clock.

use contract::{
    profile::Profile,
    records::CallOutcome,
    words::{Lang, Words},
};
use jiff::Timestamp;

use crate::{
    advice,
    app::Ready,
    bulletin::Bulletin,
    error::Trouble,
    help,
    store::{Item, Kind, Setting, StoreError},
    trips::{LegDraft, Place, PlannedLeg, PlannedTrip},
    view::{
        AdvisoryState, AdvisoryView, CallBar, CheckInView, Concern, ContactState, Delivery, EmergencyNumber,
        EmergencyService, Here, HereSource, LastCall, LegKind, LegView, LevelView, LineView, Ministry, MissionView,
        Phase, TripView, View,
    },
    whereabouts,
};

pub fn view(ready: &Ready) -> Result<View, StoreError> {
    let now = ready.now();
    let trips = ready.planned_trips()?;
    let current = whereabouts::current_leg(&trips, now);
    let leg = current.map(|(_, leg)| leg);
    let country = leg.map_or(ready.profile.home_country, |leg| leg.country);
    let bulletin = ready.bulletin();
    let mut trip_views = trips
        .iter()
        .map(|(id, trip)| {
            let item = ready.delivery_of(Kind::Trip, &id.to_string())?;
            Ok(TripView {
                id: *id,
                phase: phase(trip.from(), trip.until(), now),
                origin: trip.origin.and_then(atlas::airport).map(airport_place),
                legs: leg_views(trip, now),
                people: trip.people,
                delivery: delivery(item.as_ref()),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    trip_views.sort_by_key(|trip| (trip.phase, trip.legs.first().map(|leg| leg.from)));
    let last_call = ready.store.latest_call()?.filter(|call| call.outcome == CallOutcome::Called);
    let last_call = match last_call {
        Some(call) => {
            let item = ready.delivery_of(Kind::Call, &call.id.to_string())?;
            let delivery = delivery(item.as_ref());
            let (id, number, at, dialled, outcome) = (call.id, call.number, call.at, call.dialled, call.outcome);
            Some(LastCall { id, number, at, dialled, outcome, delivery })
        }
        None => None,
    };
    let check_in = match ready.store.latest_check_in()? {
        Some(check_in) => {
            let item = ready.delivery_of(Kind::CheckIn, &check_in.id.to_string())?;
            let delivery = delivery(item.as_ref());
            Some(CheckInView { status: check_in.status, at: check_in.at, people: check_in.people, delivery })
        }
        None => None,
    };
    Ok(View {
        lang: ready.lang(),
        now,
        ministry: Some(ministry(&ready.profile)),
        trouble: None,
        here: here(&ready.profile, current.map(|(id, leg)| (id.to_owned(), leg))),
        call: best_line(ready, &bulletin, leg),
        last_call,
        advisories: advisories(&bulletin, &trips, leg, now),
        trips: trip_views,
        check_in,
        lines: bulletin
            .lines()
            .map(|(id, line)| LineView {
                id: id.clone(),
                mission: line.mission.clone(),
                name: line.name.clone(),
                hours: line.hours.clone(),
                number: line.number.clone(),
                state: line.state,
                demo: line.demo,
                verified_at: line.verified_at,
            })
            .collect(),
        missions: bulletin
            .missions()
            .map(|(id, mission)| MissionView {
                id: id.clone(),
                kind: mission.kind,
                name: mission.name.clone(),
                city: mission.city.clone(),
                country: country_name(mission.country),
                mine: leg.is_some_and(|leg| mission.serves.contains(&leg.country)),
            })
            .collect(),
        emergency: emergency(country),
        level: bulletin.levels().find(|level| level.country == country).map(|level| LevelView {
            level: level.level,
            country: country_name(level.country),
            since: level.since,
            why: level.why.clone(),
        }),
        contact: contact(ready, &bulletin, now)?,
    })
}

/// What is shown with no store: guidance, the call bar, and why.
pub fn without_store(profile: Option<&Profile>, trouble: Option<Trouble>, lang: Lang, now: Timestamp) -> View {
    View {
        lang,
        now,
        ministry: profile.map(ministry),
        trouble,
        here: profile.and_then(|profile| here(profile, None)),
        call: profile.map_or_else(help::of_nobody, help::of_profile),
        last_call: None,
        advisories: Vec::new(),
        trips: Vec::new(),
        check_in: None,
        lines: Vec::new(),
        missions: Vec::new(),
        emergency: profile.map(|profile| emergency(profile.home_country)).unwrap_or_default(),
        level: None,
        contact: ContactState::default(),
    }
}

pub fn call_bar(ready: &Ready) -> CallBar {
    let trips = ready.planned_trips().unwrap_or_else(|error| {
        tracing::error!(%error, "the trips cannot be read");
        Vec::new()
    });
    let leg = whereabouts::current_leg(&trips, ready.now()).map(|(_, leg)| leg);
    best_line(ready, &ready.bulletin(), leg)
}

fn best_line(ready: &Ready, bulletin: &Bulletin, leg: Option<&PlannedLeg>) -> CallBar {
    let lines = bulletin.lines().map(|(_, line)| line);
    help::best_line(&ready.profile, lines, |id| bulletin.mission(id), leg)
}

fn ministry(profile: &Profile) -> Ministry {
    Ministry {
        name: profile.name.clone(),
        demo: profile.demo,
        home_city: profile.home_city.clone(),
        home_time_zone: profile.home_time_zone.clone(),
    }
}

fn here(profile: &Profile, current: Option<(contract::ids::TripId, &PlannedLeg)>) -> Option<Here> {
    match current {
        Some((trip, leg)) => Some(Here {
            place: leg.place.clone(),
            country: leg.country,
            country_name: leg.country_name.clone(),
            time_zone: leg.time_zone.clone(),
            airport: leg.airport,
            source: HereSource::Plan,
            trip: Some(trip),
        }),
        None => Some(Here {
            place: profile.home_city.clone(),
            country: profile.home_country,
            country_name: country_name(profile.home_country),
            time_zone: profile.home_time_zone.clone(),
            airport: None,
            source: HereSource::Home,
            trip: None,
        }),
    }
}

fn advisories(
    bulletin: &Bulletin,
    trips: &[(contract::ids::TripId, PlannedTrip)],
    current: Option<&PlannedLeg>,
    now: Timestamp,
) -> Vec<AdvisoryView> {
    let mut listed: Vec<_> = bulletin
        .advisories()
        .map(|(entry, advisory)| {
            let legs = trips.iter().flat_map(|(_, trip)| &trip.legs);
            let concern = advice::concern(advisory, legs, current, now, true);
            (entry, advisory, concern, advice::state(advisory, now))
        })
        .filter(|(_, _, concern, state)| match state {
            AdvisoryState::InForce | AdvisoryState::Upcoming => true,
            AdvisoryState::Expired | AdvisoryState::Cancelled => *concern != Concern::Elsewhere,
        })
        .collect();
    listed.sort_by(|one, other| {
        advice::order((one.2, one.3, one.1, one.0.issued_at), (other.2, other.3, other.1, other.0.issued_at))
    });
    listed
        .into_iter()
        .map(|(entry, advisory, concerns, state)| {
            let mut countries: Vec<Words> = Vec::new();
            for name in advisory.areas.iter().filter_map(|area| area.country).map(country_name) {
                if !countries.contains(&name) {
                    countries.push(name);
                }
            }
            AdvisoryView {
                id: entry.id.clone(),
                version: entry.version,
                severity: advisory.severity,
                urgency: advisory.urgency,
                texts: advisory.texts.clone(),
                relayed: advisory.relayed.clone(),
                countries,
                areas: advisory.areas.iter().map(|area| area.name.clone()).filter(|name| !name.is_empty()).collect(),
                issued_at: entry.issued_at,
                effective: advisory.effective,
                expires: advisory.expires,
                state,
                concerns,
            }
        })
        .collect()
}

fn contact(ready: &Ready, bulletin: &Bulletin, now: Timestamp) -> Result<ContactState, StoreError> {
    let last_heard = ready.store.setting(Setting::LastHeard)?.and_then(|at| at.parse().ok());
    let waiting = ready
        .store
        .outbox()?
        .iter()
        .filter(|item| !matches!(item.kind, Kind::Device | Kind::Receipt) && item.received_version < item.version)
        .count();
    Ok(ContactState {
        link: ready.link(),
        last_heard,
        may_be_stale: bulletin.may_be_stale(now),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        refused: ready.refused(),
    })
}

fn delivery(item: Option<&Item>) -> Delivery {
    item.map_or(Delivery::OnlyHere, Item::delivery)
}

fn phase(from: Timestamp, until: Timestamp, now: Timestamp) -> Phase {
    if now < from {
        Phase::Coming
    } else if now < until {
        Phase::Current
    } else {
        Phase::Past
    }
}

fn leg_views(trip: &PlannedTrip, now: Timestamp) -> Vec<LegView> {
    let view = |(leg, draft): (&PlannedLeg, &LegDraft)| {
        let (detail, airside, onward_ticket) = match draft {
            LegDraft::Stay { address, .. } => (address.clone(), false, true),
            LegDraft::Transit { flight, airside, onward_ticket, .. } => (flight.clone(), *airside, *onward_ticket),
        };
        LegView {
            kind: if leg.airport.is_some() { LegKind::Transit } else { LegKind::Stay },
            place: leg.place.clone(),
            country: leg.country_name.clone(),
            airport: leg.airport,
            time_zone: leg.time_zone.clone(),
            from: leg.from,
            until: leg.until,
            phase: phase(leg.from, leg.until, now),
            detail,
            airside,
            onward_ticket,
        }
    };
    trip.legs.iter().zip(&trip.draft.legs).map(view).collect()
}

fn country_name(code: contract::place::CountryCode) -> Words {
    atlas::country(code).map_or_else(|| Words::new(code.as_str(), code.as_str(), code.as_str()), |c| c.name.clone())
}

fn emergency(country: contract::place::CountryCode) -> Vec<EmergencyNumber> {
    let Some(numbers) = atlas::emergency_numbers(country) else { return Vec::new() };
    let services = [
        (EmergencyService::General, numbers.general.as_slice()),
        (EmergencyService::Police, numbers.police.as_slice()),
        (EmergencyService::Ambulance, numbers.ambulance.as_slice()),
        (EmergencyService::Fire, numbers.fire.as_slice()),
    ];
    services
        .into_iter()
        .flat_map(|(service, numbers)| {
            numbers.iter().map(move |sourced| EmergencyNumber {
                service,
                number: sourced.number.to_owned(),
                source: sourced.source.to_owned(),
                date: sourced.date.to_owned(),
            })
        })
        .collect()
}

fn airport_place(airport: &atlas::Airport) -> Place {
    Place::Airport {
        code: airport.code,
        name: airport.name.to_owned(),
        city: airport.city.clone(),
        country: airport.country,
        country_name: country_name(airport.country),
    }
}

/// Places as a person types them, best first.
pub fn look_up(query: &str) -> Vec<Place> {
    atlas::look_up(query, 8)
        .into_iter()
        .map(|place| match place {
            atlas::Place::Country(country) => Place::Country { code: country.code, name: country.name.clone() },
            atlas::Place::City(city) => Place::City {
                key: city.key.to_owned(),
                name: city.name.clone(),
                country: city.country,
                country_name: country_name(city.country),
            },
            atlas::Place::Airport(airport) => airport_place(airport),
        })
        .collect()
}
