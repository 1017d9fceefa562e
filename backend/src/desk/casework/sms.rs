//! Words that came by SMS: each is taken once, and counts as its device's own once the device's key has proven it.

use std::collections::HashSet;

use contract::{
    ids::DeviceId,
    phone::PhoneNumber,
    place::{AirportCode, CountryCode},
    record::{CheckIn, Consent, GivenBy, Kind, PrivateCheckIn, SaidPlace},
    sms::{self, Content, LETTERS, SmsError, Spot},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Change, Reading, Result, at, of_word, sentences, stamp, word};
use crate::{
    desk::{
        folder::GatewayKeys,
        mirror::{Held, Mirror},
        opening::Opened,
    },
    register::changes::digest,
};

/// An SMS in more pieces than this was never one of ours.
pub const MOST_PIECES: usize = 4;

/// A network cuts 160 letters after 153 at the latest.
const SHORTEST: usize = 7;

/// Among so many pieces of one sender the others are looked for.
const MOST_LOOKED_AT: usize = 12;

/// So many that nobody could read are kept of one sender, and in all: the newest.
const MOST_OF_ONE: usize = 48;
const MOST_UNREAD: usize = 20_000;

/// In the place of when a source came in: it is known better since whose it is, and its case is made of it anew.
pub const PROVEN_ANEW: i64 = 0;

/// Whether the device that an SMS names wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The device is not known yet: nobody can say.
    Unconfirmed,
    Confirmed,
    /// The device is known, and did not.
    OfAnother,
}

/// An SMS as whoever fetches them brings it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReceivedSms {
    /// As the network names the sender.
    pub from: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// One, or the pieces that it came in.
    pub texts: Vec<String>,
}

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SmsOutcome {
    Taken,
    /// The desk has that word, or a newer one of its own.
    Known,
    /// A piece of one: it is kept until the others come.
    Piece,
    /// Somebody wrote plainly: a person has to read it.
    NotCoded,
    /// Of a newer app than this desk.
    Newer,
    /// It was altered on the way, or sealed to a key that is not here.
    Shut,
}

/// What became of one, and of whom it says to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenSms {
    pub outcome: SmsOutcome,
    /// To be sent to the number that it came from.
    pub answer: Option<String>,
    /// Of what was taken: its device, and the word's id.
    pub word: Option<(DeviceId, String)>,
}

impl TakenSms {
    fn not(outcome: SmsOutcome) -> Self {
        Self { outcome, answer: None, word: None }
    }
}

/// A word that came by SMS, as the register would hold it.
#[derive(Debug, Clone)]
pub struct BySms {
    pub held: Held<CheckIn>,
    pub proof: Proof,
    /// The number that it came from.
    pub from: String,
    private: Value,
}

impl BySms {
    pub fn is_confirmed(&self) -> bool {
        self.proof == Proof::Confirmed
    }

    /// What was sealed in it, as if it had been sealed to the desk.
    pub fn opened(&self) -> Opened {
        Opened {
            kind: Kind::CheckIn,
            id: self.held.id.clone(),
            legs: Vec::new(),
            content: Some(self.private.clone()),
            fault: None,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Private {
    /// As it came: the proof is looked at again when the device is known.
    code: String,
    from: String,
    record: CheckIn,
    said: Value,
}

/// A code that was opened.
struct Read {
    code: String,
    opened: sms::Opened,
    /// It was sealed to a key that somebody else has.
    is_void: bool,
}

impl Read {
    /// Of this very word: an unproven one stands under it, and displaces no other.
    fn id(&self) -> String {
        let Content { device, check_in, .. } = &self.opened.content;
        digest(&format!("{check_in} {device} {}", self.opened.mark()))
    }

    fn proof(&self, key: Option<[u8; 32]>) -> Proof {
        match key {
            None => Proof::Unconfirmed,
            Some(_) if self.is_void => Proof::Unconfirmed,
            Some(key) if self.opened.is_by(&key) => Proof::Confirmed,
            Some(_) => Proof::OfAnother,
        }
    }
}

impl Change<'_> {
    /// Takes an SMS. What cannot be read is kept closed, for when its other pieces come, or a key.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn take_sms(
        &mut self,
        received: &ReceivedSms,
        gateways: &GatewayKeys,
        mirror: &Mirror,
        now: Timestamp,
    ) -> Result<TakenSms> {
        let outcome = match read(&received.texts, gateways) {
            Ok(read) => {
                let taken = self.take_read(&read, received, mirror, now)?;
                if matches!(taken.outcome, SmsOutcome::Taken | SmsOutcome::Known) {
                    return Ok(taken);
                }
                taken.outcome
            }
            Err(_) if is_piece(&received.texts) => {
                if let Some(taken) = self.take_with_others(received, gateways, mirror, now)? {
                    return Ok(taken);
                }
                SmsOutcome::Piece
            }
            Err(error) => outcome_of(&error),
        };
        self.keep_unread(received, outcome, now)?;
        Ok(TakenSms::not(outcome))
    }

    fn take_read(&mut self, read: &Read, received: &ReceivedSms, mirror: &Mirror, now: Timestamp) -> Result<TakenSms> {
        let content = &read.opened.content;
        let (check_in, own) = (content.check_in.to_string(), read.id());
        if self.is_done(&check_in)? || self.is_done(&own)? {
            return Ok(TakenSms::not(SmsOutcome::Known));
        }
        if mirror.is_taken_back(&check_in, content.device)? {
            self.is_done_now(&digest(&check_in))?;
            return Ok(TakenSms::not(SmsOutcome::Known));
        }
        let version = u32::from(content.version).max(1);
        let proof = read.proof(self.reading().device_key(content.device)?);
        let id = if proof == Proof::Confirmed { check_in.clone() } else { own.clone() };
        let by_sms: Option<(u32, i64)> = self
            .transaction
            .query_row("SELECT version, received_us FROM sms WHERE id = ?1", [&id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if proof == Proof::Confirmed {
            let by_data: Option<Held<CheckIn>> = mirror.find(Kind::CheckIn, &check_in)?;
            if by_data.as_ref().is_some_and(|held| held.device != content.device) {
                return Ok(TakenSms::not(SmsOutcome::Shut));
            }
            if by_data.is_some_and(|held| held.record.version >= version) {
                self.is_done_now(&digest(&own))?;
                return Ok(TakenSms::not(SmsOutcome::Known));
            }
        }
        if by_sms.is_some_and(|(held, _)| held >= version) {
            return Ok(TakenSms::not(SmsOutcome::Known));
        }
        // a network tells times by seconds: one that replaces another came after it
        let received_us = stamp(received.at.min(now)).max(by_sms.map_or(0, |(_, before)| before + 1));
        let private = Private {
            code: read.code.clone(),
            from: received.from.clone(),
            record: record_of(content, version),
            said: serde_json::to_value(private_of(content))?,
        };
        self.put_sms(&id, content.device, (version, received_us, proof), &private)?;
        // what they said of it before stands, though this one is silent of it
        let harms = self.reading().guard_of_phone(content.device)?.is_any();
        let answer = answer(content, &received.from).filter(|_| !harms);
        Ok(TakenSms { outcome: SmsOutcome::Taken, answer, word: Some((content.device, id)) })
    }

    fn put_sms(
        &mut self,
        id: &str,
        device: DeviceId,
        (version, received_us, proof): (u32, i64, Proof),
        private: &Private,
    ) -> Result<()> {
        let private = self.key.close_json(["sms", "private", id], private, self.rng)?;
        self.transaction.execute(
            "INSERT OR REPLACE INTO sms (id, device, version, received_us, proof, private) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, device.to_string(), version, received_us, word(&proof)?, private],
        )?;
        Ok(())
    }

    /// With the other pieces of the same sender: only those of one code open.
    fn take_with_others(
        &mut self,
        received: &ReceivedSms,
        gateways: &GatewayKeys,
        mirror: &Mirror,
        now: Timestamp,
    ) -> Result<Option<TakenSms>> {
        let others = self.reading().pieces_of(&self.key.mark("sms sender", &[&received.from]))?;
        for some in choices(&others, letters(&received.texts)) {
            let texts: Vec<String> = some.iter().map(|(_, text)| text.clone()).chain(received.texts.clone()).collect();
            let Ok(read) = read(&texts, gateways) else { continue };
            let taken = self.take_read(&read, received, mirror, now)?;
            if matches!(taken.outcome, SmsOutcome::Taken | SmsOutcome::Known) {
                for (id, _) in some {
                    self.transaction.execute("DELETE FROM sms_unread WHERE id = ?1", [id])?;
                }
                return Ok(Some(taken));
            }
        }
        Ok(None)
    }

    fn keep_unread(&mut self, received: &ReceivedSms, outcome: SmsOutcome, now: Timestamp) -> Result<()> {
        let sender = self.key.mark("sms sender", &[&received.from]);
        let parts: Vec<&str> = [&received.from].into_iter().chain(&received.texts).map(String::as_str).collect();
        let mark = self.key.mark("sms text", &parts);
        let private = self.key.close_json(["sms_unread", "private", &mark], received, self.rng)?;
        self.transaction.execute(
            "INSERT OR IGNORE INTO sms_unread (sender, mark, received_us, outcome, private) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![sender, mark, stamp(received.at.min(now)), word(&outcome)?, private],
        )?;
        for (condition, most) in [("sender = ?1", MOST_OF_ONE), ("?1 <> ''", MOST_UNREAD)] {
            let sql = format!(
                "DELETE FROM sms_unread WHERE id IN \
                 (SELECT id FROM sms_unread WHERE {condition} ORDER BY id DESC LIMIT -1 OFFSET {most})"
            );
            self.transaction.execute(&sql, [&sender])?;
        }
        Ok(())
    }

    /// Tries again what could not be read: a key may have come back, or this desk may know more.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn read_unread(&mut self, gateways: &GatewayKeys, mirror: &Mirror, now: Timestamp) -> Result<Vec<TakenSms>> {
        let waiting = self.reading().unread()?;
        let mut taken = Vec::new();
        for Unread { id, outcome, received } in waiting.into_iter().filter(|one| one.outcome != SmsOutcome::NotCoded) {
            let again = match read(&received.texts, gateways) {
                Ok(read) => Some(self.take_read(&read, &received, mirror, now)?),
                Err(_) if outcome == SmsOutcome::Piece => self.take_with_others(&received, gateways, mirror, now)?,
                Err(_) => None,
            };
            let is_read = |one: &TakenSms| matches!(one.outcome, SmsOutcome::Taken | SmsOutcome::Known);
            if let Some(one) = again.filter(is_read) {
                self.transaction.execute("DELETE FROM sms_unread WHERE id = ?1", [id])?;
                taken.push(one);
            }
        }
        Ok(taken)
    }

    /// Looks again at what is said to be of a device, now that its key is known. Which words are known better.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn prove_sms(&mut self, device: DeviceId, gateways: &GatewayKeys) -> Result<Vec<String>> {
        let Some(key) = self.reading().device_key(device)? else { return Ok(Vec::new()) };
        let unproven: Vec<(String, u32, i64, Vec<u8>)> = {
            let sql = "SELECT id, version, received_us, private FROM sms WHERE device = ?1 AND proof = 'unconfirmed' \
                       ORDER BY received_us";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let of = [device.to_string()];
            let rows = statement.query_map(of, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        let mut known_better = Vec::new();
        for (id, version, received_us, closed) in unproven {
            let private: Private = self.key.open_json(["sms", "private", &id], &closed)?;
            let Ok(read) = read(std::slice::from_ref(&private.code), gateways) else { continue };
            match read.proof(Some(key)) {
                Proof::Unconfirmed => continue,
                Proof::OfAnother => {
                    self.transaction.execute("UPDATE sms SET proof = 'of_another' WHERE id = ?1", [&id])?;
                }
                Proof::Confirmed => {
                    let check_in = read.opened.content.check_in.to_string();
                    self.transaction.execute("DELETE FROM sms WHERE id = ?1", [&id])?;
                    let is_newest = !self
                        .transaction
                        .prepare_cached("SELECT 1 FROM sms WHERE id = ?1 AND version >= ?2")?
                        .exists(params![check_in, version])?;
                    if is_newest {
                        self.put_sms(&check_in, device, (version, received_us, Proof::Confirmed), &private)?;
                    }
                    self.make_source_its_own(&id, &check_in)?;
                    known_better.push(check_in);
                }
            }
        }
        Ok(known_better)
    }

    /// Looks again at everything that is said to be of devices whose keys are known: the gateway's may have been away when
    /// they came.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn prove_all_sms(&mut self, gateways: &GatewayKeys) -> Result<Vec<(DeviceId, String)>> {
        let devices: Vec<String> = {
            let sql =
                "SELECT DISTINCT device FROM sms WHERE proof = 'unconfirmed' AND device IN (SELECT id FROM devices)";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        let mut proven = Vec::new();
        for device in devices {
            let device = device.parse()?;
            proven.extend(self.prove_sms(device, gateways)?.into_iter().map(|id| (device, id)));
        }
        Ok(proven)
    }

    /// What an unproven word made is made of the proven one from now on.
    fn make_source_its_own(&mut self, unproven: &str, check_in: &str) -> Result<()> {
        let of_case = "UPDATE cases SET bare = 0 WHERE number IN \
                       (SELECT number FROM sources WHERE kind = 'check_in' AND id = ?1)";
        self.transaction.execute(of_case, [unproven])?;
        self.transaction.execute(
            "UPDATE OR IGNORE sources SET id = ?2, received_us = ?3 WHERE kind = 'check_in' AND id = ?1",
            params![unproven, check_in, PROVEN_ANEW],
        )?;
        self.transaction.execute("DELETE FROM sources WHERE kind = 'check_in' AND id = ?1", [unproven])?;
        Ok(())
    }

    /// Takes away what people erased: what came of their devices, and each word that is gone from the register.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn erase_sms(&mut self, erased: &HashSet<(String, String)>) -> Result<()> {
        let has = |kind: Kind, id: &str| erased.contains(&(kind.name().to_owned(), digest(id)));
        for (id, device) in self.reading().sms_and_devices()? {
            if has(Kind::CheckIn, &id) || has(Kind::Device, &device) {
                self.forget_one(&id)?;
            }
        }
        for (_, digest) in erased.iter().filter(|(kind, _)| kind == Kind::CheckIn.name()) {
            self.is_done_now(digest)?;
        }
        Ok(())
    }

    /// A word that its phone took back by data says nothing by SMS either.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(super) fn forget_taken_back(&mut self, mirror: &Mirror) -> Result<()> {
        for (id, device) in self.reading().sms_and_devices()? {
            if mirror.is_taken_back(&id, device.parse()?)? {
                self.forget_one(&id)?;
            }
        }
        Ok(())
    }

    /// Forgets those that were kept long enough, of which no open case is made, and what nobody could read.
    ///
    /// # Errors
    /// They cannot be taken away.
    pub fn forget_sms(&mut self, before: Timestamp) -> Result<()> {
        let old: Vec<String> = {
            let sql = "SELECT id FROM sms WHERE received_us < ?1 AND id NOT IN \
                       (SELECT id FROM sources JOIN cases USING (number) WHERE sources.kind = 'check_in' AND closed_us IS NULL)";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([stamp(before)], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        old.iter().try_for_each(|id| self.forget_one(id))?;
        self.transaction.execute("DELETE FROM sms_unread WHERE received_us < ?1", [stamp(before)])?;
        Ok(())
    }

    /// It does not come again: whoever has its code brings nobody back.
    fn forget_one(&mut self, id: &str) -> Result<()> {
        self.is_done_now(&digest(id))?;
        self.transaction.execute("DELETE FROM sms WHERE id = ?1", [id])?;
        Ok(())
    }

    fn is_done_now(&mut self, digest: &str) -> Result<()> {
        self.transaction.execute("INSERT OR IGNORE INTO sms_done VALUES (?1)", [digest])?;
        Ok(())
    }

    fn is_done(&self, id: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM sms_done WHERE digest = ?1";
        Ok(self.transaction.prepare_cached(sql)?.exists([digest(id)])?)
    }
}

/// What came by SMS and could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub id: i64,
    pub outcome: SmsOutcome,
    pub received: ReceivedSms,
}

impl Reading<'_> {
    /// Every word that came by SMS.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn by_sms(&self) -> Result<Vec<BySms>> {
        self.sms_where("?1 = ''", "")
    }

    /// Every word that came by SMS and names this device.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn by_sms_of(&self, device: DeviceId) -> Result<Vec<BySms>> {
        self.sms_where("device = ?1", &device.to_string())
    }

    /// Each of them, and which device it names.
    fn sms_and_devices(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached("SELECT id, device FROM sms")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    fn sms_where(&self, condition: &str, of: &str) -> Result<Vec<BySms>> {
        let sql = format!("SELECT * FROM sms WHERE {condition} ORDER BY received_us, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([of])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get("id")?;
            let closed: Vec<u8> = row.get("private")?;
            let Private { from, record, said, .. } = self.key.open_json(["sms", "private", &id], &closed)?;
            let (device, received_at) = (row.get::<_, String>("device")?.parse()?, at(row.get("received_us")?)?);
            let proof = of_word(row.get("proof")?)?;
            all.push(BySms { held: Held { id, device, received_at, record }, proof, from, private: said });
        }
        Ok(all)
    }
}

impl Reading<'_> {
    /// What came by SMS and could not be read, the oldest first.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn unread(&self) -> Result<Vec<Unread>> {
        self.unread_where("?1 = ''", "", "ORDER BY id")
    }

    /// The newest pieces of a sender, by their rows.
    fn pieces_of(&self, sender: &str) -> Result<Vec<(i64, String)>> {
        let newest = format!("ORDER BY id DESC LIMIT {MOST_LOOKED_AT}");
        let pieces = self.unread_where("sender = ?1 AND outcome = 'piece'", sender, &newest)?;
        Ok(pieces.into_iter().map(|one| (one.id, one.received.texts.concat())).collect())
    }

    fn unread_where(&self, condition: &str, of: &str, order: &str) -> Result<Vec<Unread>> {
        let sql = format!("SELECT id, mark, outcome, private FROM sms_unread WHERE {condition} {order}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([of])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (mark, closed): (String, Vec<u8>) = (row.get(1)?, row.get(3)?);
            let received = self.key.open_json(["sms_unread", "private", &mark], &closed)?;
            all.push(Unread { id: row.get(0)?, outcome: of_word(row.get(2)?)?, received });
        }
        Ok(all)
    }
}

fn outcome_of(error: &SmsError) -> SmsOutcome {
    match error {
        SmsError::NotOne => SmsOutcome::NotCoded,
        SmsError::Newer(_) => SmsOutcome::Newer,
        SmsError::OtherKey | SmsError::Seal(_) | SmsError::Content => SmsOutcome::Shut,
    }
}

/// The code of a text, or of pieces in the one order in which they open.
fn read(texts: &[String], gateways: &GatewayKeys) -> std::result::Result<Read, SmsError> {
    let mut failure = SmsError::NotOne;
    for code in orders(texts).iter().filter_map(|text| sms::find(text)) {
        match sms::open(&code, gateways.iter().map(|gateway| &gateway.key)) {
            Ok(opened) => {
                let is_void = gateways.iter().any(|gateway| gateway.is_void && opened.is_to(&gateway.key));
                return Ok(Read { code, opened, is_void });
            }
            // what another order says of it says more
            Err(SmsError::OtherKey) if !matches!(failure, SmsError::NotOne) => {}
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Letters of a code, too few of them, and nothing else.
fn is_piece(texts: &[String]) -> bool {
    let text = texts.concat();
    let text = text.trim();
    (SHORTEST..LETTERS).contains(&text.len()) && text.chars().all(sms::is_letter)
}

fn letters(texts: &[String]) -> usize {
    texts.iter().map(|text| text.trim().len()).sum()
}

/// Each choice of the others that makes one code with so many letters.
fn choices(others: &[(i64, String)], letters: usize) -> Vec<Vec<(i64, String)>> {
    let mut all: Vec<Vec<(i64, String)>> = vec![Vec::new()];
    for one in others {
        let with: Vec<_> = all.iter().filter(|some| some.len() + 1 < MOST_PIECES).cloned().collect();
        all.extend(with.into_iter().map(|mut some| {
            some.push(one.clone());
            some
        }));
    }
    all.retain(|some| letters + some.iter().map(|(_, text)| text.trim().len()).sum::<usize>() == LETTERS);
    all
}

/// The pieces one behind another, in each order.
fn orders(texts: &[String]) -> Vec<String> {
    if texts.len() > MOST_PIECES {
        return Vec::new();
    }
    if texts.is_empty() {
        return vec![String::new()];
    }
    let from = |first: usize| {
        let mut rest = texts.to_vec();
        let piece = rest.remove(first).trim().to_owned();
        orders(&rest).into_iter().map(move |rest| format!("{piece}{rest}"))
    };
    (0..texts.len()).flat_map(from).collect()
}

fn place_codes(content: &Content) -> (Option<CountryCode>, Option<AirportCode>) {
    match content.spot {
        Some(Spot::Country(country)) => (Some(country), None),
        Some(Spot::Airport(airport)) => (atlas::airport(airport).map(|known| known.country), Some(airport)),
        None => (None, None),
    }
}

fn record_of(content: &Content, version: u32) -> CheckIn {
    let (country, airport) = place_codes(content);
    CheckIn { version, people: content.by_status(), trip: None, country, airport, at: content.at, sealed: None }
}

fn private_of(content: &Content) -> PrivateCheckIn {
    let by = if content.people > 1 { GivenBy::Proxy } else { GivenBy::Traveller };
    let language = content.language.clone();
    let consent_language = language.clone().unwrap_or_else(|| Lang::Kk.into());
    PrivateCheckIn {
        consent: Consent { text: String::new(), version: 0, language: consent_language, at: content.at, by },
        by,
        intent: content.intent,
        words: String::new(),
        needs: content.needs.iter().copied().collect(),
        medicine_days: content.medicine_days.map(u16::from),
        write_only: content.write_only,
        contact: content.contact.clone(),
        who: Default::default(),
        of_each: Vec::new(),
        place: place_of(content),
        language,
    }
}

fn place_of(content: &Content) -> Option<SaidPlace> {
    let point = content.point?;
    let age = SignedDuration::from_mins(i64::from(content.age_min));
    Some(SaidPlace {
        words: format!("{:.5}, {:.5}", point.position.lat, point.position.lon),
        position: Some(point.position),
        source: content.source?,
        accuracy_m: point.accuracy_m,
        at: content.at.saturating_sub(age).unwrap_or(content.at),
    })
}

/// To the number that it came from: that it came, and nothing else. None to whom an SMS can harm.
fn answer(content: &Content, from: &str) -> Option<String> {
    let harms = content.contact.may_write == Some(false) || content.needs.iter().any(|need| need.is_quiet());
    if harms || from.parse::<PhoneNumber>().is_err() {
        return None;
    }
    let (country, _) = place_codes(content);
    let zone = country.and_then(atlas::time_zone_of).unwrap_or("UTC");
    let said = content.at.in_tz(zone).ok()?;
    let lang = content.language.as_ref().and_then(|tag| Lang::from_tag(tag.as_str())).unwrap_or(Lang::En);
    Some(sentences::received(&said.strftime("%H:%M").to_string(), lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_tried_in_each_order_and_only_so_many() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(orders(&texts(&["a"])), ["a"]);
        assert_eq!(orders(&texts(&["a", "b", "c"])), ["abc", "acb", "bac", "bca", "cab", "cba"]);
        assert!(orders(&texts(&["a"; MOST_PIECES + 1])).is_empty());
    }
}
