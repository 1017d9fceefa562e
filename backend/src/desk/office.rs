//! The desk at work: its database, its copy of the register, its keys, and what is told to the consoles.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use tokio::sync::{broadcast, watch};

use super::{
    audit::{self, Deed},
    casework::{
        Casework, CaseworkError,
        floods::{self, Folded},
        incidents::Incident,
        letters::Pen,
        officers::Badge,
    },
    counting::{self, Counted},
    folder::{ConsularKeys, DeskFolder, GatewayKeys},
    front_client::Since,
    mirror::Mirror,
    people::People,
    receivers::{Match, Phones, Receivers, Words, receivers},
};
use crate::Clock;

/// How long a console counts as having a case open after it asked for it.
const OPEN: SignedDuration = SignedDuration::from_secs(60);
/// How long the same part that an officer has before him leaves no further line.
pub const SAME_OPENING: SignedDuration = SignedDuration::from_mins(15);
/// How long a count of the same register is now.
const COUNTED: SignedDuration = SignedDuration::from_secs(60);
/// Whoever carries something out asks every few seconds: who has not asked for so long carries nothing.
const CARRIES: SignedDuration = SignedDuration::from_secs(60);
/// How many consoles' news may wait to be read.
const NEWS: usize = 64;

/// Something that consoles are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The list has this number by now.
    Changed(u64),
    /// Who has what open.
    Presence,
    /// The front went away or is back, or the audit file is not whole.
    Front,
}

/// What is carried out of the ministry by a process that has no key, and asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carried {
    Sms,
    Pushes,
}

/// When the front was heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    pub at: Option<Timestamp>,
    /// Absent while it answers.
    pub away_since: Option<Timestamp>,
}

/// The count that was made last, and of what.
#[derive(Clone)]
struct Held {
    since: Option<Since>,
    at: Timestamp,
    counted: Arc<Counted>,
}

/// Shared by everything that the desk does.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

struct Inner {
    folder: DeskFolder,
    clock: Clock,
    rooms: Mutex<Rooms>,
    standby: bool,
    heard: Mutex<Heard>,
    /// When each was asked for last.
    asked: Mutex<HashMap<Carried, Timestamp>>,
    counted: Mutex<Option<Held>>,
    /// As it was when it was followed last.
    audit_whole: AtomicBool,
    present: Mutex<HashMap<(u32, Badge), Timestamp>>,
    /// What an officer has seen of a case.
    seen: Mutex<HashMap<(i64, u32), Opening>>,
    news: broadcast::Sender<News>,
    stopping: watch::Sender<bool>,
}

/// The parts that were before somebody, and since when.
struct Opening {
    parts: Vec<String>,
    at: Timestamp,
}

/// What one piece of work at a time has in hand.
pub struct Rooms {
    pub casework: Casework,
    pub mirror: Mirror,
    pub folder: DeskFolder,
    pub people: People,
    pub words: Words,
    /// As the list with this number has it: fifty consoles ask for the same.
    standing: Option<(u64, Arc<Standing>)>,
}

/// What is open.
pub struct Standing {
    /// Those of a flood apart.
    pub cases: Folded,
    pub incident: Option<Incident>,
}

impl Rooms {
    /// The open cases, and the incident that is open.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn standing(&mut self) -> Result<Arc<Standing>, CaseworkError> {
        let list = self.casework.list()?;
        if let Some((_, standing)) = self.standing.as_ref().filter(|(number, _)| *number == list) {
            return Ok(standing.clone());
        }
        let reading = self.casework.reading();
        let incident = reading.incidents()?.into_iter().find(Incident::is_open);
        let standing = Arc::new(Standing { cases: floods::fold(reading.open_cases()?), incident });
        self.standing = Some((list, standing.clone()));
        Ok(standing)
    }

    /// The keys that open what travellers sealed. They are read anew: a rotation is not waited for.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn consular(&self) -> Result<ConsularKeys, CaseworkError> {
        Ok(self.folder.consular(&*self.folder.newest_keys()?)?)
    }

    /// What is asked of everybody is not answered by half of them.
    ///
    /// # Errors
    /// The desk's copy of the register cannot be read, or was not read to its end yet.
    pub fn must_be_whole(&self) -> Result<(), CaseworkError> {
        if self.mirror.is_whole()? { Ok(()) } else { Err(CaseworkError::RegisterUnread) }
    }

    /// Brings up to date who is known here. What is opened for it is a line of the audit file before anything is shown.
    ///
    /// # Errors
    /// Something cannot be read, or the line not be written.
    pub fn know_people(&mut self, now: Timestamp) -> Result<&People, CaseworkError> {
        if let Err(error) = self.read_people(now) {
            // opened again, and told again
            self.people = People::default();
            return Err(error);
        }
        Ok(&self.people)
    }

    fn read_people(&mut self, now: Timestamp) -> Result<(), CaseworkError> {
        let keys = self.consular()?;
        let opened = self.people.catch_up(self.casework.reading(), &self.mirror, &keys)?;
        self.tell_what_was_read(opened, "people_read", now)
    }

    fn read_words(&mut self, now: Timestamp) -> Result<(), CaseworkError> {
        let by_sms = self.casework.reading().by_sms()?;
        let opened = self.words.catch_up(&self.mirror, &by_sms, &self.consular()?)?;
        self.tell_what_was_read(opened, "words_read", now)
    }

    fn tell_what_was_read(&self, opened: Vec<String>, deed: &'static str, now: Timestamp) -> Result<(), CaseworkError> {
        if opened.is_empty() {
            return Ok(());
        }
        self.audit(&[Deed { opened, ..Deed::new(now, audit::DESK, deed) }])
    }

    /// Whom a message to all who match is for.
    ///
    /// # Errors
    /// Something cannot be read, was not read to its end yet, or the line of what was opened cannot be written.
    pub fn receivers(&mut self, to: &Match, now: Timestamp) -> Result<Receivers, CaseworkError> {
        self.must_be_whole()?;
        self.know_people(now)?;
        if let Err(error) = self.read_words(now) {
            self.words = Words::default();
            return Err(error);
        }
        let reading = self.casework.reading();
        let phones = Phones {
            guarded: reading.guarded()?,
            leads: reading.confirmed(self.mirror.leads()?)?,
            of_moved: reading.phones_of_moved(&self.mirror)?,
        };
        Ok(receivers(&self.people, &self.words, &phones, to, now))
    }

    /// The keys that open coded SMS.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn gateways(&self) -> Result<GatewayKeys, CaseworkError> {
        Ok(self.folder.gateways(&*self.folder.newest_keys()?)?)
    }

    /// # Errors
    /// There is no consular key.
    pub fn pen(&self) -> Result<Pen, CaseworkError> {
        let (key_id, private) = self.folder.pen(&*self.folder.newest_keys()?)?;
        Ok(Pen { key_id, private })
    }

    /// Leaves lines in the audit file, before what they say is done.
    ///
    /// # Errors
    /// They cannot be written; then nothing may be done.
    pub fn audit(&self, deeds: &[Deed]) -> Result<(), CaseworkError> {
        Ok(audit::leave(&self.folder.audit(), deeds)?)
    }
}

impl Office {
    pub fn new(folder: DeskFolder, casework: Casework, mirror: Mirror, clock: Clock) -> Self {
        let standby = casework.is_standby();
        let (people, words) = (People::default(), Words::default());
        let rooms = Rooms { casework, mirror, folder: folder.clone(), people, words, standing: None };
        let (news, _) = broadcast::channel(NEWS);
        let (stopping, _) = watch::channel(false);
        let inner = Inner {
            folder,
            clock,
            rooms: Mutex::new(rooms),
            standby,
            heard: Mutex::default(),
            asked: Mutex::default(),
            counted: Mutex::default(),
            audit_whole: AtomicBool::new(true),
            present: Mutex::default(),
            seen: Mutex::default(),
            news,
            stopping,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Somebody asks what is to be carried.
    pub fn asked_for(&self, what: Carried, now: Timestamp) {
        lock(&self.inner.asked).insert(what, now);
    }

    /// Whether it would be carried now.
    pub fn is_carried(&self, what: Carried, now: Timestamp) -> bool {
        lock(&self.inner.asked).get(&what).is_some_and(|at| now.duration_since(*at).abs() < CARRIES)
    }

    pub fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    pub fn clock(&self) -> Clock {
        self.inner.clock.clone()
    }

    pub fn folder(&self) -> &DeskFolder {
        &self.inner.folder
    }

    pub fn is_standby(&self) -> bool {
        self.inner.standby
    }

    /// Does `work` off the async threads, one piece at a time; where it changed the list, the consoles are told.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Rooms) -> Result<T, CaseworkError> + Send + 'static,
    ) -> Result<T, CaseworkError> {
        let office = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut rooms = lock(&office.inner.rooms);
            let before = rooms.casework.list()?;
            let done = work(&mut rooms)?;
            let after = rooms.casework.list()?;
            drop(rooms);
            if after != before {
                office.tell(News::Changed(after));
            }
            Ok(done)
        });
        // a panic in one piece of work is that work's failure
        done.await.map_err(|_| CaseworkError::NotPossible("the work was cut short"))?
    }

    /// How many are where now. It is counted beside the work, and at most once a minute for one state of the register.
    ///
    /// # Errors
    /// The desk's copy of the register cannot be read, or was not read to its end yet: half of the people would be missing.
    pub async fn counted(&self) -> Result<Arc<Counted>, CaseworkError> {
        let now = self.now();
        let whole = self.work(|rooms| {
            rooms.must_be_whole()?;
            Ok((rooms.mirror.since()?, rooms.folder.records()))
        });
        let (since, path) = whole.await?;
        let held = lock(&self.inner.counted).clone();
        if let Some(held) = held.filter(|held| held.since == since && now.duration_since(held.at) < COUNTED) {
            return Ok(held.counted);
        }
        let by_sms = self.work(|rooms| rooms.casework.reading().by_sms()).await?;
        let count = move || Ok::<_, CaseworkError>(counting::count(&Mirror::open(&path)?, &by_sms, now)?);
        let done = tokio::task::spawn_blocking(count).await;
        let counted = Arc::new(done.map_err(|_| CaseworkError::NotPossible("the count was cut short"))??);
        *lock(&self.inner.counted) = Some(Held { since, at: now, counted: counted.clone() });
        Ok(counted)
    }

    /// Randomness of its own.
    pub fn fork_rng(&self) -> StdRng {
        lock(&self.inner.rooms).casework.fork_rng()
    }

    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.inner.news.subscribe()
    }

    fn tell(&self, news: News) {
        // where nobody listens, nobody is told
        drop(self.inner.news.send(news));
    }

    pub fn heard(&self) -> Heard {
        *lock(&self.inner.heard)
    }

    pub fn front_answers(&self, now: Timestamp) {
        self.set_heard(|_| Heard { at: Some(now), away_since: None });
    }

    pub fn front_is_away(&self, now: Timestamp) {
        self.set_heard(|heard| Heard { away_since: heard.away_since.or(Some(now)), ..heard });
    }

    fn set_heard(&self, next: impl FnOnce(Heard) -> Heard) {
        let mut heard = lock(&self.inner.heard);
        let before = *heard;
        *heard = next(before);
        let is_news = before.away_since.is_some() != heard.away_since.is_some();
        drop(heard);
        if is_news {
            self.tell(News::Front);
        }
    }

    /// Whether the audit file was whole when it was followed last.
    pub fn is_audit_whole(&self) -> bool {
        self.inner.audit_whole.load(Relaxed)
    }

    pub fn set_audit_whole(&self, whole: bool) {
        if self.inner.audit_whole.swap(whole, Relaxed) != whole {
            self.tell(News::Front);
        }
    }

    /// Notes that an officer has a case before him.
    pub fn has_open(&self, number: u32, officer: &Badge) {
        let now = self.now();
        let mut present = lock(&self.inner.present);
        present.retain(|_, at| now.duration_since(*at) < OPEN);
        let was_there = present.insert((number, officer.clone()), now).is_some();
        drop(present);
        if !was_there {
            self.tell(News::Presence);
        }
    }

    /// Who has which case open.
    pub fn present(&self) -> HashMap<u32, Vec<Badge>> {
        let now = self.now();
        let mut open: HashMap<u32, Vec<Badge>> = HashMap::new();
        for ((number, officer), at) in &*lock(&self.inner.present) {
            if now.duration_since(*at) < OPEN {
                open.entry(*number).or_default().push(officer.clone());
            }
        }
        open.values_mut().for_each(|officers| officers.sort_by_key(|officer| officer.id));
        open
    }

    /// Whether an officer sees these parts of a case anew: then it is an opening, with a line of its own.
    pub fn opens_anew(&self, officer: i64, number: u32, parts: Vec<String>) -> bool {
        let now = self.now();
        let mut seen = lock(&self.inner.seen);
        seen.retain(|_, opening| now.duration_since(opening.at) < SAME_OPENING);
        if seen.get(&(officer, number)).is_some_and(|opening| opening.parts == parts) {
            return false;
        }
        seen.insert((officer, number), Opening { parts, at: now });
        true
    }

    pub fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Ends when the desk is to stop.
    pub fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.inner.stopping.subscribe();
        async move {
            // an error means that the office is gone, which is an end too
            drop(stopping.wait_for(|stopping| *stopping).await);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
