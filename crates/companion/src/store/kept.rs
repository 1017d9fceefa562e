//! Everything the screens are made from, read in one transaction.

use contract::{
    ids::TripId,
    record::{Kind, PrivateCheckIn},
};
use jiff::Timestamp;
use rusqlite::Connection;

use super::{
    calls::{self, Call},
    check_ins::{self, CheckIn},
    database::{Damage, Result, Store},
    mended::{self, Mended},
    messages::{self, Letter, Message},
    names::Keys,
    notices::{self, Told},
    outbox::{self, Item},
    sent,
    settings::{self, Setting, YES},
    trips::{self, Draft},
    undoable::{self, PlanChange, Undoable},
};

#[derive(Debug)]
pub struct Kept<D> {
    pub trips: Vec<(TripId, D)>,
    /// When the ministry had each word and call first, whatever was added since.
    pub first_received: Vec<(Kind, String, Timestamp)>,
    pub outbox: Vec<Item>,
    pub latest_call: Option<Call>,
    pub latest_check_in: Option<CheckIn>,
    /// What was said before any cry that stands.
    pub said_before_cries: Option<CheckIn>,
    /// When it was last said that nobody cries.
    pub answered_at: Option<Timestamp>,
    /// The cries that no other word answers, the oldest first.
    pub cries: Vec<CheckIn>,
    /// The latest of each trip.
    pub check_ins_of_trips: Vec<CheckIn>,
    /// The latest word of each trip that says whether they left or cannot.
    pub moved: Vec<CheckIn>,
    /// What is sealed with the latest.
    pub latest_details: Option<PrivateCheckIn>,
    /// When the latest was last opened as an SMS.
    pub sms_opened_at: Option<Timestamp>,
    /// The oldest first.
    pub told: Vec<Told>,
    /// What the ministry wrote, the oldest first.
    pub letters: Vec<Letter>,
    /// What was written to it, the oldest first.
    pub messages: Vec<Message>,
    /// The place chosen by hand, as JSON.
    pub choice: Option<String>,
    /// Where they were as a trip was deleted, as JSON.
    pub was_in: Option<String>,
    /// A tag of BCP 47.
    pub language: Option<String>,
    /// RFC 3339.
    pub last_heard: Option<String>,
    pub prefers_text: bool,
    /// Who this app is of was read and put away.
    pub welcomed: bool,
    /// A tag of BCP 47, in which the family is told.
    pub family_language: Option<String>,
    pub discreet: bool,
    /// As JSON.
    pub pin: Option<String>,
    /// As JSON.
    pub pin_tries: Option<String>,
    /// What was damaged and made good, until it is put away.
    pub mended: Option<Mended>,
    /// The id of a call whose outcome is asked no more.
    pub unasked: Option<String>,
    /// The last split of a trip, where it can be taken back.
    pub split: Option<Undoable>,
    /// The last change of a plan, where it can be taken back.
    pub plan_change: Option<PlanChange>,
    /// Something else cannot be read.
    pub is_damaged: bool,
}

impl Store {
    pub fn kept<D: Draft>(&self) -> Result<Kept<D>> {
        let mut connection = self.lock();
        let moment = connection.transaction()?;
        read(&moment, &self.keys)
    }
}

fn read<D: Draft>(connection: &Connection, keys: &Keys) -> Result<Kept<D>> {
    let damage = Damage::default();
    let setting = |setting| settings::read_any(connection, setting, &damage);
    let latest_check_in = check_ins::latest(connection, &damage)?;
    let answer = check_ins::newest_but_cries(connection, &damage)?;
    let latest = latest_check_in.as_ref().map(|latest| latest.id);
    let latest_details = latest.map(|id| check_ins::details(connection, keys, id, &damage)).transpose();
    Ok(Kept {
        trips: trips::all(connection, keys, &damage)?,
        first_received: sent::first_received(connection, &damage)?,
        outbox: outbox::all(connection, &damage)?,
        latest_call: calls::latest(connection, &damage)?,
        latest_check_in,
        answered_at: answer.as_ref().map(|said| said.at),
        said_before_cries: check_ins::still_speaks(connection, answer)?,
        cries: check_ins::cries(connection, &damage)?,
        moved: check_ins::moved(connection, &damage)?,
        check_ins_of_trips: check_ins::of_trips(connection, &damage)?,
        latest_details: damage.readable(latest_details)?.flatten().flatten(),
        sms_opened_at: damage
            .readable(latest.map(|id| sent::sms_opened_at(connection, id)).transpose())?
            .flatten()
            .flatten(),
        told: notices::of_held(connection, &damage)?,
        letters: messages::letters(connection, keys, &damage)?,
        messages: messages::messages(connection, keys, &damage)?,
        choice: setting(Setting::Choice)?,
        was_in: setting(Setting::WasIn)?,
        language: setting(Setting::Language)?,
        last_heard: setting(Setting::LastHeard)?,
        prefers_text: setting(Setting::PrefersText)?.as_deref() == Some(YES),
        welcomed: setting(Setting::Welcomed)?.as_deref() == Some(YES),
        family_language: setting(Setting::FamilyLanguage)?,
        discreet: setting(Setting::Discreet)?.as_deref() == Some(YES),
        pin: setting(Setting::Pin)?,
        pin_tries: setting(Setting::PinTries)?,
        mended: mended::read(connection)?,
        unasked: setting(Setting::Unasked)?,
        split: undoable::split(connection, &damage)?,
        plan_change: undoable::plan_change(connection, &damage)?,
        is_damaged: damage.is_any(),
    })
}
