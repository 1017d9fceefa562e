//! One message to all who match: settled when it is written, agreed to by a second officer where it is for many, sealed to
//! each phone for itself.

use std::collections::HashMap;

use contract::{
    entry::advisory::Announced,
    ids::{DeviceId, MessageId},
    record::{Letter, PrivateLetter},
    seal::{LetterContext, SealError, seal_letter},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Reading, Result,
    acts::checked,
    at, at_some,
    cases::Known,
    intake::check_id,
    letters::{Guard, Pen},
    next_id, of_word,
    officers::{Badge, Officers},
    stamp, word,
};
use crate::desk::receivers::{Match, Receiver};

/// For more than so many a second officer agrees first.
pub const ALONE: usize = 50;
/// Within so long all that one officer sends alone counts together.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// After so long it is news no more: nothing of it is agreed to, sealed or posted.
const NEWS: SignedDuration = SignedDuration::from_hours(24);
/// So many are sealed at once: others work beside it.
const AT_ONCE: usize = 500;

/// The words of one message: each receiver reads them in their own language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Texts {
    pub kk: String,
    pub ru: String,
    pub en: String,
}

impl Texts {
    pub fn of(&self, lang: Lang) -> &str {
        lang.of([&self.kk, &self.ru, &self.en])
    }

    /// # Errors
    /// One of them says nothing, or too much.
    pub fn check(&self) -> Result<()> {
        for (text, pointer) in [(&self.kk, "/texts/kk"), (&self.ru, "/texts/ru"), (&self.en, "/texts/en")] {
            checked(text, pointer)?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailingState {
    /// A second officer has to agree.
    Waits,
    Sent,
    Dropped,
}

/// What stands closed of it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    to: Match,
    texts: Texts,
}

/// What stands closed of who gets it.
#[derive(Debug, Serialize, Deserialize)]
struct To {
    lang: Lang,
    quiet: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Mailing {
    pub id: i64,
    pub officer: Badge,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub to: Match,
    pub texts: Texts,
    #[schema(value_type = String)]
    pub announced: Announced,
    pub state: MailingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<Badge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    /// How many it is for.
    pub receivers: usize,
    /// Of those, how many letters the front has.
    pub at_front: usize,
    /// And how many phones the front does not know any more, or to whose key nothing can be sealed.
    pub refused: usize,
}

const MAILINGS: &str = "SELECT id, officer, at_us, private, announced, state, second, sent_us, \
    (SELECT count(*) FROM mailed WHERE mailing = mailings.id), \
    (SELECT count(*) FROM mailed WHERE mailing = mailings.id AND state = 'at_front'), \
    (SELECT count(*) FROM mailed WHERE mailing = mailings.id AND state = 'refused') FROM mailings";

impl Reading<'_> {
    /// The newest first.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn mailings(&self) -> Result<Vec<Mailing>> {
        let officers = self.officers()?;
        let mut statement = self.connection.prepare_cached(&format!("{MAILINGS} ORDER BY id DESC LIMIT 50"))?;
        let mut rows = statement.query([])?;
        let mut mailings = Vec::new();
        while let Some(row) = rows.next()? {
            mailings.push(self.mailing_of(row, &officers)?);
        }
        Ok(mailings)
    }

    /// # Errors
    /// There is none, or it cannot be read.
    pub fn mailing(&self, id: i64) -> Result<Mailing> {
        let officers = self.officers()?;
        let mut statement = self.connection.prepare_cached(&format!("{MAILINGS} WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        self.mailing_of(rows.next()?.ok_or(CaseworkError::NotFound)?, &officers)
    }

    /// What was written under the id of a console.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn mailing_of_draft(&self, draft: &str) -> Result<Option<Mailing>> {
        let sql = "SELECT id FROM mailings WHERE draft = ?1";
        let id = self.connection.prepare_cached(sql)?.query_row([draft], |row| row.get(0)).optional()?;
        id.map(|id| self.mailing(id)).transpose()
    }

    /// Whether something of them is not at the front yet.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn mailings_wait(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM mailed WHERE state IS NULL UNION ALL SELECT 1 FROM mailed WHERE state = 'waiting'";
        Ok(self.connection.prepare_cached(sql)?.exists([])?)
    }

    /// To how many an officer has sent alone within the last hour.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn sent_alone(&self, officer: i64, now: Timestamp) -> Result<usize> {
        let sql = "SELECT count(*) FROM mailed JOIN mailings ON mailings.id = mailing \
                   WHERE officer = ?1 AND sent_us > ?2 AND sent_us <= ?3 AND second IS NULL";
        let by = params![officer, stamp(now - HOUR), stamp(now)];
        Ok(self.connection.prepare_cached(sql)?.query_row(by, |row| row.get(0))?)
    }

    fn mailing_of(&self, row: &SqlRow<'_>, officers: &Officers) -> Result<Mailing> {
        let id: i64 = row.get(0)?;
        let private: Vec<u8> = row.get(3)?;
        // kept long enough, it says nothing any more
        let is_gone = private.is_empty();
        let kept = (!is_gone).then(|| self.key.open_json(["mailings", "private", &id.to_string()], &private));
        let Kept { to, texts } = kept.transpose()?.unwrap_or_default();
        Ok(Mailing {
            id,
            officer: officers.badge(row.get(1)?).ok_or(CaseworkError::NotFound)?,
            at: at(row.get(2)?)?,
            to,
            texts,
            announced: of_word(row.get(4)?)?,
            state: of_word(row.get(5)?)?,
            second: row.get::<_, Option<i64>>(6)?.and_then(|id| officers.badge(id)),
            sent_at: at_some(row.get(7)?)?,
            receivers: row.get(8)?,
            at_front: row.get(9)?,
            refused: row.get(10)?,
        })
    }

    /// Of each phone of whose cases something is known, closed ones too, what is to be minded.
    ///
    /// # Errors
    /// A case cannot be read.
    pub fn guarded(&self) -> Result<HashMap<DeviceId, Guard>> {
        let mut guarded: HashMap<DeviceId, Guard> = HashMap::new();
        for (number, Known { device, .. }) in self.known_cases()? {
            guarded.entry(device).or_default().mind(&self.facts(number)?.unwrap_or_default());
        }
        Ok(guarded)
    }
}

/// What an officer writes to all who match.
pub struct NewMailing<'a> {
    /// Made by the console.
    pub draft: &'a str,
    pub to: &'a Match,
    pub texts: &'a Texts,
    pub announced: Announced,
    pub receivers: &'a [Receiver],
}

impl Change<'_> {
    /// Writes it down with whom it is for; to few it goes at once.
    ///
    /// # Errors
    /// It says nothing in one of the languages, or is for nobody.
    pub fn write_mailing(&mut self, new: &NewMailing<'_>, officer: &Badge, now: Timestamp) -> Result<i64> {
        new.texts.check()?;
        if new.announced == Announced::Other {
            return Err(CaseworkError::Field { pointer: "/announced", reason: "loud or silent" });
        }
        if new.receivers.is_empty() {
            return Err(CaseworkError::NotPossible("it is for nobody"));
        }
        let id = next_id(&self.transaction, "mailings")?;
        let kept = Kept { to: new.to.clone(), texts: new.texts.clone() };
        let private = self.key.close_json(["mailings", "private", &id.to_string()], &kept, self.rng)?;
        check_id(new.draft, "/id")?;
        let alone = new.receivers.len() + self.reading().sent_alone(officer.id, now)? <= ALONE;
        let (state, sent) = if alone { (MailingState::Sent, Some(stamp(now))) } else { (MailingState::Waits, None) };
        self.transaction.execute(
            "INSERT INTO mailings (id, officer, at_us, private, announced, state, sent_us, draft) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![id, officer.id, stamp(now), private, word(&new.announced)?, word(&state)?, sent, new.draft],
        )?;
        let mut insert =
            self.transaction.prepare_cached("INSERT INTO mailed (mailing, device, private) VALUES (?1, ?2, ?3)")?;
        for Receiver { device, lang, quiet } in new.receivers {
            let (device, to) = (device.to_string(), To { lang: *lang, quiet: *quiet });
            let private = self.key.close_json(["mailed", &id.to_string(), &device], &to, self.rng)?;
            insert.execute(params![id, device, private])?;
        }
        Ok(id)
    }

    /// A second officer agrees: then it goes.
    ///
    /// # Errors
    /// It does not wait, or who wrote it would agree alone.
    pub fn agree_to_mailing(&mut self, id: i64, officer: &Badge, now: Timestamp) -> Result<()> {
        let mailing = self.waiting(id)?;
        if mailing.officer.id == officer.id {
            return Err(CaseworkError::NotPossible("who wrote it is not the second"));
        }
        if self.reading().may_be_one(&mailing.officer, officer)? {
            return Err(CaseworkError::NotPossible(
                "one officer who answers people let both in: who was let in by somebody else is the second",
            ));
        }
        if now.duration_since(mailing.at) > NEWS {
            return Err(CaseworkError::NotPossible("it is older than a day: write it anew"));
        }
        self.transaction.execute(
            "UPDATE mailings SET state = 'sent', second = ?2, sent_us = ?3 WHERE id = ?1",
            params![id, officer.id, stamp(now)],
        )?;
        Ok(())
    }

    /// It does not go, after all.
    ///
    /// # Errors
    /// It does not wait.
    pub fn drop_mailing(&mut self, id: i64, officer: &Badge) -> Result<()> {
        self.waiting(id)?;
        self.transaction
            .execute("UPDATE mailings SET state = 'dropped', second = ?2 WHERE id = ?1", params![id, officer.id])?;
        Ok(())
    }

    fn waiting(&self, id: i64) -> Result<Mailing> {
        let mailing = self.reading().mailing(id)?;
        match mailing.state {
            MailingState::Waits => Ok(mailing),
            MailingState::Sent | MailingState::Dropped => Err(CaseworkError::Changed),
        }
    }

    /// Seals what has to go to phones whose keys are known by now. How many is answered.
    ///
    /// # Errors
    /// One cannot be sealed.
    pub fn seal_mailings(&mut self, pen: &Pen, now: Timestamp) -> Result<usize> {
        self.transaction.execute(
            "DELETE FROM mailed WHERE (state IS NULL OR state = 'waiting') \
             AND mailing IN (SELECT id FROM mailings WHERE at_us < ?1)",
            [stamp(now - NEWS)],
        )?;
        let due: Vec<(i64, String, Vec<u8>)> = {
            let sql = "SELECT mailing, device, mailed.private FROM mailed JOIN mailings ON mailings.id = mailing \
                       JOIN devices ON devices.id = device \
                       WHERE mailings.state = 'sent' AND mailed.state IS NULL AND mailed.private IS NOT NULL LIMIT ?1";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let rows = statement.query_map([AT_ONCE], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        let mut mailings: HashMap<i64, Mailing> = HashMap::new();
        for (id, device, private) in &due {
            if !mailings.contains_key(id) {
                mailings.insert(*id, self.reading().mailing(*id)?);
            }
            let Some(mailing) = mailings.get(id) else { continue };
            let to: To = self.key.open_json(["mailed", &id.to_string(), device], private)?;
            self.seal_one(mailing, device.parse()?, &to, pen, now)?;
        }
        Ok(due.len())
    }

    fn seal_one(&mut self, mailing: &Mailing, device: DeviceId, to: &To, pen: &Pen, now: Timestamp) -> Result<()> {
        let Some(public) = self.reading().device_key(device)? else { return self.is_not_reached(mailing.id, device) };
        // what they said since it was written is minded too
        let guard = self.reading().guard_in_a_crowd(device)?;
        if guard.no_letters {
            let sql = "DELETE FROM mailed WHERE mailing = ?1 AND device = ?2";
            self.transaction.execute(sql, params![mailing.id, device.to_string()])?;
            return Ok(());
        }
        let (lang, quiet) = (to.lang, to.quiet || guard.quiet);
        let announced = if quiet { Announced::Silent } else { mailing.announced };
        let letter = PrivateLetter {
            at: now,
            language: lang.into(),
            text: mailing.texts.of(lang).to_owned(),
            announced,
            neutral: quiet,
            person: None,
            case: None,
            asks: Vec::new(),
        };
        let id = MessageId::random(self.rng);
        let context = LetterContext { device, id, at: now };
        let sealed = match seal_letter(&letter, context, (&pen.key_id, &pen.private), &public, self.rng) {
            Err(SealError::Hpke) => return self.is_not_reached(mailing.id, device),
            sealed => sealed?,
        };
        let posted = Letter { id, device, at: now, announced, sealed };
        self.transaction.execute(
            "UPDATE mailed SET id = ?3, letter = ?4, state = 'waiting' WHERE mailing = ?1 AND device = ?2",
            params![mailing.id, device.to_string(), id.to_string(), serde_json::to_string(&posted)?],
        )?;
        Ok(())
    }

    /// To its key nothing can be sealed: it is counted among those who were not reached, and nobody's.
    fn is_not_reached(&mut self, mailing: i64, device: DeviceId) -> Result<()> {
        let nobodys = MessageId::random(self.rng).to_string();
        self.transaction.execute(
            "UPDATE mailed SET device = ?3, id = ?3, state = 'refused', private = NULL WHERE mailing = ?1 AND device = ?2",
            params![mailing, device.to_string(), nobodys],
        )?;
        Ok(())
    }
}
