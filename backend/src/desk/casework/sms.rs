//! Words that came by SMS: each is taken once, and counts as its device's own once the device's key has proven it.

use std::collections::HashSet;

use contract::{
    ids::DeviceId,
    phone::PhoneNumber,
    record::{CheckIn, Consent, GivenBy, Kind, PrivateCheckIn, SaidPlace},
    sms::{self, Content, SmsError, Spot},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CaseworkError, Change, Reading, Result, at, of_word, sentences, stamp, word};
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
    /// Somebody wrote plainly, or a piece is missing: a person has to read it.
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

impl Change<'_> {
    /// Takes an SMS.
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
        let (code, opened) = match read(&received.texts, gateways) {
            Ok(read) => read,
            Err(error) => return Ok(TakenSms::not(outcome_of(&error))),
        };
        let content = &opened.content;
        let id = content.check_in.to_string();
        let by_data: Option<Held<CheckIn>> = mirror.find(Kind::CheckIn, &id)?;
        let by_data = by_data.map(|held| (held.device, held.record.version));
        let sql = "SELECT device, version, received_us FROM sms WHERE check_in = ?1";
        let by_sms: Option<(String, u32, i64)> =
            self.transaction.query_row(sql, [&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        // a network tells times by seconds: one that replaces another came after it
        let received_us = stamp(received.at.min(now)).max(by_sms.as_ref().map_or(0, |(_, _, before)| before + 1));
        let by_sms =
            by_sms.map(|(device, version, _)| Ok::<_, CaseworkError>((device.parse()?, version))).transpose()?;
        let version = u32::from(content.version).max(1);
        for (device, held) in [by_data, by_sms].into_iter().flatten() {
            if device != content.device {
                return Ok(TakenSms::not(SmsOutcome::Shut));
            }
            if held >= version {
                return Ok(TakenSms::not(SmsOutcome::Known));
            }
        }
        let proof = match self.reading().device_key(content.device)? {
            Some(key) if opened.is_by(&key) => Proof::Confirmed,
            Some(_) => Proof::OfAnother,
            None => Proof::Unconfirmed,
        };
        let private = Private {
            code,
            from: received.from.clone(),
            record: record_of(content, version),
            said: serde_json::to_value(private_of(content))?,
        };
        let private = self.key.close_json(["sms", "private", &id], &private, self.rng)?;
        self.transaction.execute(
            "INSERT OR REPLACE INTO sms (check_in, device, version, received_us, proof, private) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, content.device.to_string(), version, received_us, word(&proof)?, private],
        )?;
        let (outcome, answer) = (SmsOutcome::Taken, answer(content, &received.from));
        Ok(TakenSms { outcome, answer, word: Some((content.device, id)) })
    }

    /// Looks again at what is said to be of a device, now that its key is known. Whether anything is known better.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn prove_sms(&mut self, device: DeviceId, gateways: &GatewayKeys) -> Result<bool> {
        let Some(key) = self.reading().device_key(device)? else { return Ok(false) };
        let unproven: Vec<(String, Vec<u8>)> = {
            let sql = "SELECT check_in, private FROM sms WHERE device = ?1 AND proof = 'unconfirmed'";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([device.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for (id, closed) in &unproven {
            let private: Private = self.key.open_json(["sms", "private", id], closed)?;
            let is_by = read(&[private.code], gateways).is_ok_and(|(_, opened)| opened.is_by(&key));
            let proof = if is_by { Proof::Confirmed } else { Proof::OfAnother };
            self.transaction.execute("UPDATE sms SET proof = ?2 WHERE check_in = ?1", params![id, word(&proof)?])?;
            self.transaction.execute(
                "UPDATE sources SET received_us = ?2 WHERE kind = 'check_in' AND id = ?1",
                params![id, PROVEN_ANEW],
            )?;
        }
        Ok(!unproven.is_empty())
    }

    /// Takes away what people erased: what came of their devices, and each word that is gone from the register.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn erase_sms(&mut self, erased: &HashSet<(String, String)>) -> Result<()> {
        let has = |kind: Kind, id: &str| erased.contains(&(kind.name().to_owned(), digest(id)));
        let all: Vec<(String, String)> = {
            let mut statement = self.transaction.prepare_cached("SELECT check_in, device FROM sms")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for (id, device) in all {
            if has(Kind::CheckIn, &id) || has(Kind::Device, &device) {
                self.transaction.execute("DELETE FROM sms WHERE check_in = ?1", [&id])?;
            }
        }
        Ok(())
    }

    /// Forgets those that were kept long enough, of which no open case is made.
    ///
    /// # Errors
    /// They cannot be taken away.
    pub fn forget_sms(&mut self, before: Timestamp) -> Result<()> {
        self.transaction.execute(
            "DELETE FROM sms WHERE received_us < ?1 AND check_in NOT IN \
             (SELECT id FROM sources JOIN cases USING (number) WHERE sources.kind = 'check_in' AND closed_us IS NULL)",
            [stamp(before)],
        )?;
        Ok(())
    }
}

impl Reading<'_> {
    /// Every word that came by SMS.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn by_sms(&self) -> Result<Vec<BySms>> {
        let mut statement = self.connection.prepare_cached("SELECT * FROM sms ORDER BY received_us, check_in")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get("check_in")?;
            let closed: Vec<u8> = row.get("private")?;
            let Private { from, record, said, .. } = self.key.open_json(["sms", "private", &id], &closed)?;
            let (device, received_at) = (row.get::<_, String>("device")?.parse()?, at(row.get("received_us")?)?);
            let proof = of_word(row.get("proof")?)?;
            all.push(BySms { held: Held { id, device, received_at, record }, proof, from, private: said });
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
fn read(texts: &[String], gateways: &GatewayKeys) -> std::result::Result<(String, sms::Opened), SmsError> {
    let mut failure = SmsError::NotOne;
    for code in orders(texts).iter().filter_map(|text| sms::find(text)) {
        match sms::open(&code, gateways.iter().map(|key| &**key)) {
            Ok(opened) => return Ok((code, opened)),
            Err(error) => failure = error,
        }
    }
    Err(failure)
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
        let piece = rest.remove(first);
        orders(&rest).into_iter().map(move |rest| format!("{piece}{rest}"))
    };
    (0..texts.len()).flat_map(from).collect()
}

fn record_of(content: &Content, version: u32) -> CheckIn {
    let (country, airport) = match content.spot {
        Some(Spot::Country(country)) => (Some(country), None),
        Some(Spot::Airport(airport)) => (atlas::airport(airport).map(|known| known.country), Some(airport)),
        None => (None, None),
    };
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
    let country = record_of(content, 1).country;
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
