//! A word as a coded SMS, for whoever has a mobile network and no data. By data it goes all the same, under the same id
//! and version: the ministry takes it once.

#![deny(missing_docs)]

use contract::{
    entry::line::Line,
    ids::DeviceId,
    keys::key_bytes,
    place::AirportCode,
    record::{CheckInStatus, Kind, Need, PlaceSource, SaidPlace},
    sms::{self, Content, Measured, Spot},
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;
use url::Url;

use crate::{
    companion::Companion,
    error::{Failure, FailureCode},
    facts::Facts,
    places::country_name,
    saying_more,
    session::Session,
    store::{CheckIn, Delivery, WrittenSms},
    writing,
};

/// An SMS that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodedSms {
    /// Where it goes to.
    pub number: String,
    /// The number is reserved for fiction.
    pub demo: bool,
    /// The whole of it.
    pub text: String,
    /// Opens it, filled in.
    pub href: String,
    /// The same for another phone, which reads it as a picture.
    pub qr: String,
    /// When the word was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Where it says that they are: an airport's city, or a country. Absent where it says no place.
    pub place: Option<Words>,
    /// The airport, where it says one: IATA code.
    pub airport: Option<AirportCode>,
    /// Where exactly it says that they are by their plan; empty where it says no plan, and while the trips are locked.
    pub by_plan: String,
    /// It says a point that is not of the plan.
    pub has_point: bool,
    /// What it says to be needed; nothing of it while the trips are locked.
    pub needs: Vec<Need>,
    /// Words were said too, and an SMS has no room for them; not while the trips are locked.
    pub leaves_words: bool,
    /// For how many days they have enough of a medicine.
    pub medicine_days: Option<u8>,
    /// "Do not call, write."
    pub write_only: bool,
}

/// Where coded SMS go to, and the key that they are sealed to; `None` where the ministry takes none.
pub fn gateway<'a>(facts: &'a Facts) -> Option<(&'a Line, [u8; 32])> {
    let key = facts.bulletin.keys().ok()?.gateway()?;
    Some((facts.bulletin.coded_sms()?, key))
}

impl Session {
    /// The latest word as an SMS. With `status` it says at least that: where the latest word says something else, or the
    /// ministry has it already, that is said anew, and kept as any word is.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where the ministry takes no SMS, or there is no word; `DiskFull` or `StoreUnavailable`.
    pub fn coded_sms(&self, status: Option<CheckInStatus>) -> Result<CodedSms, Failure> {
        if let Some(status) = status
            && !self.with_facts(|facts| is_on_its_way(facts, status))?
        {
            self.check_in(status)?;
        }
        // a word of the first minute is sent by a phone that the ministry has never heard of
        self.identify()?;
        let identity = self.identity()?;
        let found = self.with_facts(|facts| {
            let (line, key) = gateway(facts)?;
            let said = facts.latest_check_in.as_ref()?.id;
            let locked = facts.lock.locked;
            let (content, by_plan) = content(identity.id, facts)?;
            let words = facts.latest_details.as_ref().is_some_and(|details| !details.words.is_empty() && !locked);
            Some((line.answers_at()?.to_string(), line.demo, key, content, by_plan, words, said, locked))
        })?;
        let (number, demo, key, content, by_plan, leaves_words, id, locked) =
            found.ok_or(Failure::new(FailureCode::NotFound))?;
        let private = key_bytes(&identity.private_key).ok_or(Failure::new(FailureCode::StoreUnavailable))?;
        let text = self.with_rng(|rng| sms::write(&content, &private, &key, rng));
        let text = text.map_err(|error| {
            tracing::error!(%error, "no SMS can be sealed");
            Failure::new(FailureCode::NotFound)
        })?;
        let (said, version) = (content.by_status(), content.version.into());
        let needs: Vec<Need> = content.needs.iter().copied().collect();
        let written = WrittenSms { check_in: id, version, said, needs: needs.clone(), text: text.clone() };
        self.store.keep_written(&written)?;
        // each letter of a code stands for itself in an address
        let (href, qr) = (format!("sms:{number}?body={text}"), writing::qr(&number, &text));
        Ok(CodedSms {
            number,
            demo,
            text,
            href,
            qr,
            at: content.at,
            place: content.spot.and_then(name_of),
            airport: match content.spot {
                Some(Spot::Airport(code)) => Some(code),
                Some(Spot::Country(_)) | None => None,
            },
            leaves_words,
            has_point: content.point.is_some() && content.source != Some(PlaceSource::Itinerary),
            by_plan: by_plan.filter(|_| !locked).unwrap_or_default(),
            needs: if locked { Vec::new() } else { needs },
            medicine_days: content.medicine_days.filter(|_| !locked),
            write_only: content.write_only,
        })
    }
}

impl Companion {
    /// Whether an address opens a coded SMS to the ministry, and nothing else.
    pub fn is_coded_sms(&self, address: &Url) -> bool {
        let body = address.query().and_then(|query| query.strip_prefix("body=")).unwrap_or_default();
        let goes_there = self.with_facts(|facts| {
            let (line, _) = gateway(facts)?;
            Some(line.answers_at()?.as_str() == address.path())
        });
        sms::is_beginning(body)
            && sms::find(body).as_deref() == Some(body)
            && goes_there.is_ok_and(|goes_there| goes_there == Some(true))
    }
}

impl Companion {
    /// A coded SMS is about to be opened: it stands among what left, with the word that it was written of.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn sms_opened(&self, address: &Url) -> Result<(), Failure> {
        let session = self.session()?;
        let text = address.query().and_then(|query| query.strip_prefix("body=")).unwrap_or_default();
        if let Some(last) = session.store.written_sms()? {
            // what one before the last said is known no more
            let sms = if last.text == text { last } else { WrittenSms::of_unknown(last.check_in, text.to_owned()) };
            session.store.note_sms(&sms, address.path(), session.now())?;
            session.changed();
        }
        Ok(())
    }
}

/// What a place of an SMS is called; none that the atlas does not know.
fn name_of(spot: Spot) -> Option<Words> {
    match spot {
        Spot::Airport(code) => atlas::airport(code).map(|airport| airport.city),
        Spot::Country(code) => Some(country_name(code)),
    }
}

/// Whether the latest word says so and the ministry does not have it yet.
fn is_on_its_way(facts: &Facts, status: CheckInStatus) -> bool {
    facts.latest_check_in.as_ref().is_some_and(|said| {
        let delivery = facts.delivery(Kind::CheckIn, &said.id.to_string());
        said.status() == status && !matches!(delivery, Delivery::Received { .. })
    })
}

/// What the latest word says, and what goes with it; and what the place is called that it has by the plan.
fn content(device: DeviceId, facts: &Facts) -> Option<(Content, Option<String>)> {
    let said = facts.latest_check_in.as_ref()?;
    let id = said.id.to_string();
    let item = facts.outbox.iter().find(|item| item.kind == Kind::CheckIn && item.id == id);
    let details = facts.latest_details.as_ref();
    let pointed = details.and_then(|details| details.place.clone()).filter(|place| place.position.is_some());
    // where they are now says nothing of where they were
    let is_there = facts.leg().is_some_and(|leg| said.country == Some(leg.country));
    let place = pointed.or_else(|| saying_more::place(facts, "").filter(|_| is_there));
    let place = place.as_ref();
    let is_planned = |place: &&SaidPlace| place.source == PlaceSource::Itinerary && place.position.is_some();
    let by_plan = place.filter(is_planned).map(|place| place.words.clone());
    let content = Content {
        device,
        check_in: said.id,
        version: least(item.map_or(1, |item| item.version)),
        at: said.at,
        spot: said.airport.map(Spot::Airport).or(said.country.map(Spot::Country)),
        point: place.and_then(|place| Some(Measured { position: place.position?, accuracy_m: place.accuracy_m })),
        source: place.map(|place| place.source).filter(|source| *source != PlaceSource::Other),
        age_min: place.map_or(0, |place| minutes_between(place.at, said.at)),
        status: said.status(),
        intent: details.and_then(|details| details.intent),
        needs: details.map(|details| details.needs.iter().copied().collect()).unwrap_or_default(),
        medicine_days: details.and_then(|details| details.medicine_days).map(|days| least(days).min(u8::MAX - 1)),
        people: least(said.everybody()),
        need_help: least(worse_off(said)),
        write_only: facts.prefers_text || details.is_some_and(|details| details.write_only),
        contact: details.map(|details| details.contact.clone()).unwrap_or_default(),
        language: Some(facts.lang.into()),
    };
    Some((content, by_plan))
}

/// How many ask for help; where nobody does, how many are as the word says first, and none where they all are.
fn worse_off(said: &CheckIn) -> u16 {
    if said.status().asks_for_help() {
        return said.people.iter().filter(|(status, _)| status.asks_for_help()).map(|(_, people)| *people).sum();
    }
    said.people.get(&said.status()).copied().filter(|some| *some < said.everybody()).unwrap_or_default()
}

/// As much of a number as a byte holds.
fn least<T: TryInto<u8>>(number: T) -> u8 {
    number.try_into().unwrap_or(u8::MAX)
}

/// Whole minutes, up; none where the later is before.
fn minutes_between(from: Timestamp, until: Timestamp) -> u32 {
    let seconds = u64::try_from(until.as_second().saturating_sub(from.as_second())).unwrap_or_default();
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
}
