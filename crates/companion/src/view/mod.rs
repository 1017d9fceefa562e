//! What the screens show, made from the facts and nothing else: a file here for each idea, its types beside their making.
//! Times are RFC 3339 instants; dates are `YYYY-MM-DD`.

pub mod advisories;
pub mod areas;
pub mod calls;
pub mod check_ins;
pub mod contact;
pub mod here;
pub mod levels;
pub mod my_case;
pub mod pages;
pub mod trips;

use contract::{
    ids::EntryId,
    words::{Lang, Tag},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    app_lock::LockView,
    call_bar::CallBar,
    coded_sms,
    emergency::{self, EmergencyRow},
    error::Trouble,
    facts::Facts,
    places::{self, PickedPlace},
    store::Mended,
    zones::{self, Clocks},
};

use advisories::{AdvisoryView, VoidView};
use calls::LastCall;
use check_ins::CheckInView;
use contact::ContactState;
use here::{Here, Home, Ministry};
use levels::LevelView;
use my_case::MyCase;
use pages::contacts::{self, Contacts};
use trips::TripView;

/// What is on the first screen and around every other.
#[derive(Debug, Clone, Serialize, TS)]
pub struct View {
    /// Every change up to this one is shown.
    #[ts(type = "number")]
    pub revision: u64,
    /// The reader's language.
    pub lang: Lang,
    /// In which order a text is looked for after the reader's language.
    pub languages: Vec<Tag>,
    /// The time all of this is of.
    #[ts(type = "string")]
    pub now: Timestamp,
    /// The clocks of every zone that is named here.
    pub clocks: Clocks,
    /// Absent where no ministry is set.
    pub ministry: Option<Ministry>,
    /// Why the app cannot keep what is entered; guidance and the call bar still work.
    pub trouble: Option<Trouble>,
    /// Some of what is kept here cannot be read; it is left as it is, and everything else works.
    pub damaged: bool,
    /// What was found wrong with what is kept when the app was opened, and made good; until it is put away.
    pub mended: Option<Mended>,
    /// Where the traveller is.
    pub here: Option<Here>,
    /// Where they may be today, where neither plan nor they say which.
    pub perhaps_at: Vec<PickedPlace>,
    /// And whether they may be at home yet.
    pub perhaps_at_home: bool,
    /// They cannot go on from there.
    pub stuck: bool,
    /// Where the traveller comes from; absent where no ministry is set.
    pub home: Option<Home>,
    /// The call bar.
    pub call: CallBar,
    /// How many a word of theirs is of, behind the PIN too: those on the trip under way, or they alone.
    pub party: u16,
    /// They registered others and are on no trip: what they call about is those, and no answer asks for help for them.
    pub of_others: bool,
    /// A tap on a number whose outcome the traveller has not told yet.
    pub last_call: Option<LastCall>,
    /// Those that matter most first.
    pub advisories: Vec<AdvisoryView>,
    /// The one of them that says what to do now; where nothing holds yet, what comes.
    pub lead: Option<EntryId>,
    /// Warnings that were shown here and were not the ministry's word, until they are put away.
    pub voids: Vec<VoidView>,
    /// Current and coming first, then past; none while they are locked.
    pub trips: Vec<TripView>,
    /// The latest.
    pub check_in: Option<CheckInView>,
    /// What the ministry does about the traveller's need; none where there is no need, and while the trips are locked.
    pub my_case: Option<MyCase>,
    /// How many letters of the ministry the traveller has not had before them.
    pub unread: u32,
    /// The ministry's own, and those of the missions that serve where the traveller is.
    pub contacts: Contacts,
    /// A word can go as a coded SMS, where it cannot go by data.
    pub takes_sms: bool,
    /// Local emergency numbers where the traveller is.
    pub emergency: Vec<EmergencyRow>,
    /// Where the traveller is, abroad.
    pub level: Option<LevelView>,
    /// How things stand with the ministry.
    pub contact: ContactState,
    /// The traveller does not hear or speak.
    pub prefers_text: bool,
    /// Nothing was ever entered here: the first screen says who this is, under a warning that leads.
    pub welcome: bool,
    /// Notifications say neither what nor where.
    pub discreet: bool,
    /// How the trips stand locked.
    pub lock: LockView,
    /// Another number with every word of the ministry: what was asked for beside the View may have changed.
    #[ts(type = "number")]
    pub bulletin: u64,
}

impl View {
    /// Of one moment.
    pub fn of(facts: &Facts) -> Self {
        let advisories = advisories::listed(facts);
        let stuck = facts.is_stuck();
        let lead = advisories::lead(&advisories, stuck).map(|lead| lead.id.clone());
        // whoever has something to look at needs no welcome
        let welcome = !facts.welcomed && facts.trips.is_empty() && facts.here.is_none();
        Self {
            revision: facts.revision,
            lang: facts.lang,
            languages: facts.languages(),
            now: facts.now,
            clocks: clocks(facts),
            ministry: facts.profile.map(here::ministry),
            trouble: facts.trouble,
            damaged: facts.is_damaged,
            mended: facts.mended.clone(),
            here: here::here(facts),
            perhaps_at: places::perhaps(facts),
            perhaps_at_home: facts.perhaps_at_home() && !facts.lock.locked,
            stuck,
            home: here::home(facts),
            call: calls::call_bar(facts),
            party: facts.trip_now().map_or(1, |(_, trip)| trip.people),
            of_others: facts.is_of_others(),
            last_call: calls::last_call(facts),
            lead,
            advisories,
            voids: advisories::voids(facts),
            trips: trips::listed(facts),
            check_in: check_ins::latest(facts),
            my_case: my_case::my_case(facts),
            unread: unread(facts),
            contacts: contacts::mine(facts),
            takes_sms: coded_sms::gateway(facts).is_some(),
            emergency: here::numbers_of(facts).map(emergency::emergency).unwrap_or_default(),
            level: levels::of_here(facts),
            contact: contact::contact(facts),
            prefers_text: facts.prefers_text,
            welcome,
            discreet: facts.discreet,
            lock: facts.lock.clone(),
            bulletin: facts.bulletin.revision(),
        }
    }
}

fn unread(facts: &Facts) -> u32 {
    let unread = facts.letters.iter().filter(|letter| letter.read_at.is_none()).count();
    u32::try_from(unread).unwrap_or(u32::MAX)
}

fn clocks(facts: &Facts) -> Clocks {
    let home = facts.home.as_ref().map(|home| home.time_zone.as_str());
    let legs = facts.legs().map(|(_, leg)| leg).chain(facts.leg()).map(|leg| leg.time_zone.as_str());
    let found = facts.found_zones.iter().map(String::as_str);
    zones::clocks(home.into_iter().chain(legs).chain(found), facts.now)
}
