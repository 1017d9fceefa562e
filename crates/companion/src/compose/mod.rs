//! Composes what the screens show from what is kept, the atlas and the clock.

mod advisories;
mod contacts;
mod country;
mod trips;

use atlas::{AtPoint, PlaceKey};
use contract::{
    advisory::Level,
    ids::TripId,
    place::CountryCode,
    profile::Profile,
    records::CallOutcome,
    words::{Lang, Words},
};
use jiff::Timestamp;

use crate::{
    app::Ready,
    bulletin::Bulletin,
    error::{Failure, Trouble},
    help,
    store::{Item, Kind, Setting, StoreError},
    trips::{Place, PlannedLeg, PlannedTrip},
    view::{
        CallBar, CheckInView, ContactState, Contacts, CountryPage, Delivery, Here, HereSource, LastCall, LevelView,
        Ministry, View,
    },
    whereabouts::Whereabouts,
};

pub use country::{at as place_at, names as countries};

/// What everything shown is composed from.
pub struct Known<'a> {
    pub bulletin: &'a Bulletin,
    pub trips: &'a [(TripId, PlannedTrip)],
    pub here: Option<&'a Whereabouts>,
    pub prefers_text: bool,
    pub now: Timestamp,
}

impl Known<'_> {
    fn leg(&self) -> Option<&PlannedLeg> {
        self.here.map(|here| &here.leg)
    }
}

/// Gathers what is known and hands it on.
fn with_known<T>(ready: &Ready, compose: impl FnOnce(&Known) -> T) -> Result<T, StoreError> {
    let now = ready.now();
    let trips = ready.planned_trips()?;
    let here = ready.whereabouts(&trips, now)?;
    let bulletin = ready.bulletin();
    Ok(compose(&Known {
        bulletin: &bulletin,
        trips: &trips,
        here: here.as_ref(),
        prefers_text: ready.prefers_text()?,
        now,
    }))
}

pub fn view(ready: &Ready) -> Result<View, StoreError> {
    with_known(ready, |known| view_of(ready, known))?
}

fn view_of(ready: &Ready, known: &Known) -> Result<View, StoreError> {
    let country = known.leg().map_or(ready.profile.home_country, |leg| leg.country);
    Ok(View {
        lang: ready.lang(),
        now: known.now,
        ministry: Some(ministry(&ready.profile)),
        trouble: None,
        here: Some(known.here.map_or_else(|| home(&ready.profile), here)),
        call: contacts::call_bar(known, &ready.profile),
        last_call: last_call(ready, known)?,
        advisories: advisories::listed(known),
        trips: trips::listed(ready, known)?,
        check_in: check_in(ready)?,
        contacts: contacts::mine(known),
        emergency: contacts::emergency(land(known).unwrap_or(country)),
        level: level_of(known, country),
        contact: contact(ready, known)?,
        prefers_text: known.prefers_text,
        bulletin: known.bulletin.revision(),
    })
}

/// The land under a point chosen on the map: its numbers answer there, whichever state the point counts as.
fn land(known: &Known) -> Option<CountryCode> {
    let chosen = known.here.filter(|here| here.source == HereSource::Chosen)?;
    match atlas::country_at(chosen.leg.position?) {
        AtPoint::In(code) => Some(code),
        AtPoint::Sea | AtPoint::Border(..) | AtPoint::Disputed(_) => None,
    }
}

/// What is shown with no store: guidance, the call bar, and why.
pub fn without_store(profile: Option<&Profile>, trouble: Option<Trouble>, lang: Lang, now: Timestamp) -> View {
    View {
        lang,
        now,
        ministry: profile.map(ministry),
        trouble,
        here: profile.map(home),
        call: profile.map_or_else(help::of_nobody, help::of_profile),
        last_call: None,
        advisories: Vec::new(),
        trips: Vec::new(),
        check_in: None,
        contacts: Contacts::default(),
        emergency: profile.map(|profile| contacts::emergency(profile.home_country)).unwrap_or_default(),
        level: None,
        contact: ContactState::default(),
        prefers_text: false,
        bulletin: 0,
    }
}

pub fn call_bar(ready: &Ready) -> CallBar {
    with_known(ready, |known| contacts::call_bar(known, &ready.profile)).unwrap_or_else(|error| {
        tracing::error!(%error, "what is kept cannot be read");
        help::of_profile(&ready.profile)
    })
}

pub fn country_page(ready: &Ready, code: CountryCode) -> Result<CountryPage, Failure> {
    with_known(ready, |known| country::page(known, code))?
}

/// A country's page with no store: what the app itself knows.
pub fn country_page_without_store(code: CountryCode, now: Timestamp) -> Result<CountryPage, Failure> {
    let bulletin = Bulletin::default();
    country::page(&Known { bulletin: &bulletin, trips: &[], here: None, prefers_text: false, now }, code)
}

fn last_call(ready: &Ready, known: &Known) -> Result<Option<LastCall>, StoreError> {
    let Some(call) = ready.store.latest_call()?.filter(|call| call.outcome == CallOutcome::Called) else {
        return Ok(None);
    };
    let item = ready.delivery_of(Kind::Call, &call.id.to_string())?;
    let (id, number, way, at) = (call.id, call.number, call.way, call.at);
    let delivery = delivery(item.as_ref());
    let of_profile = ready.profile.demo && ready.profile.line.number == number;
    let demo = of_profile || known.bulletin.lines().any(|(_, line)| line.demo && help::reaches(line, &number));
    Ok(Some(LastCall { id, number, demo, way, at, dialled: call.dialled, outcome: call.outcome, delivery }))
}

fn check_in(ready: &Ready) -> Result<Option<CheckInView>, StoreError> {
    let Some(check_in) = ready.store.latest_check_in()? else { return Ok(None) };
    let item = ready.delivery_of(Kind::CheckIn, &check_in.id.to_string())?;
    let delivery = delivery(item.as_ref());
    Ok(Some(CheckInView { status: check_in.status, at: check_in.at, people: check_in.people, delivery }))
}

fn ministry(profile: &Profile) -> Ministry {
    Ministry {
        name: profile.name.clone(),
        demo: profile.demo,
        home_city: profile.home_city.clone(),
        home_time_zone: profile.home_time_zone.clone(),
    }
}

fn here(here: &Whereabouts) -> Here {
    let leg = &here.leg;
    Here {
        place: leg.place.clone(),
        country: leg.country,
        country_name: leg.country_name.clone(),
        time_zone: leg.time_zone.clone(),
        airport: leg.airport,
        position: leg.position,
        source: here.source,
        since: Some(leg.from),
        trip: here.trip,
    }
}

fn home(profile: &Profile) -> Here {
    Here {
        place: profile.home_city.clone(),
        country: profile.home_country,
        country_name: country_name(profile.home_country),
        time_zone: profile.home_time_zone.clone(),
        airport: None,
        position: None,
        source: HereSource::Home,
        since: None,
        trip: None,
    }
}

/// All missions, lines and chats.
pub fn contacts(ready: &Ready) -> Result<Contacts, StoreError> {
    with_known(ready, contacts::all)
}

/// The level of every country that has one, by code.
pub fn levels(ready: &Ready) -> Vec<LevelView> {
    ready.bulletin().levels().into_values().map(level_view).collect()
}

fn level_of(known: &Known, country: CountryCode) -> Option<LevelView> {
    known.bulletin.levels().get(&country).map(|level| level_view(level))
}

fn level_view(level: &Level) -> LevelView {
    LevelView {
        level: level.level,
        code: level.country,
        country: country_name(level.country),
        since: level.since,
        why: level.why.clone(),
    }
}

fn contact(ready: &Ready, known: &Known) -> Result<ContactState, StoreError> {
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
        may_be_stale: known.bulletin.may_be_stale(known.now),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        refused: ready.refused(),
    })
}

fn delivery(item: Option<&Item>) -> Delivery {
    item.map_or(Delivery::OnlyHere, Item::delivery)
}

pub fn country_name(code: CountryCode) -> Words {
    atlas::country(code).map_or_else(|| Words::new(code.as_str(), code.as_str(), code.as_str()), |c| c.name.clone())
}

fn airport_place(airport: atlas::Airport) -> Place {
    Place::Airport {
        code: airport.code,
        name: airport.name.to_owned(),
        city: airport.city,
        country: airport.country,
        country_name: country_name(airport.country),
    }
}

/// Places as a person types them, best first; those of the traveller's own trips before others.
pub fn look_up(query: &str, own: &[PlaceKey]) -> Vec<Place> {
    atlas::look_up(query, 20, own)
        .into_iter()
        .map(|(_, place)| match place {
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
