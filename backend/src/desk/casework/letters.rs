//! What the desk writes is sealed to its device, and waits here until the front has it.

use std::collections::BTreeSet;

use contract::{
    entry::advisory::Announced,
    ids::{DeviceId, KeyId, MessageId},
    keys::key_bytes,
    record::{CaseStep, CaseWord, Letter, Posted, PrivateLetter, Promised, QuickAnswer},
    seal::{LetterContext, SealError, seal_letter},
    words::{Lang, Tag},
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    CaseworkError, Change, Reading, Result, at,
    cases::{Row, Tag as CaseTag},
    facts::Facts,
    intake::BY_VOICE,
    of_word,
    officers::Badge,
    page::{EventWord, What},
    sentences, stamp, word,
};

/// Of those who are only among many so many keys are fetched at once: nobody who cries waits for the others.
const KEYS_AT_ONCE: u32 = 100;

const NO_KEY: CaseworkError = CaseworkError::NotPossible("the device's key is not known yet: try again in a moment");

/// Where a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// At the desk: the front does not have it yet.
    Waiting,
    AtFront,
    /// The front does not know the device any more.
    Refused,
}

/// What stands closed of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Tag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick: Option<QuickAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<MessageId>,
    pub objection: bool,
    pub closes: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<QuickAnswer>,
    pub neutral: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<Announced>,
    /// It did not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// Who wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum From {
    Person,
    Desk,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Message {
    #[schema(value_type = String)]
    pub id: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub from: From,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<Badge>,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub language: Option<Tag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub quick: Option<QuickAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub answers: Option<MessageId>,
    pub objection: bool,
    pub closes: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub asks: Vec<QuickAnswer>,
    pub neutral: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub announced: Option<Announced>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<LetterState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// What an officer writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct LetterDraft {
    #[serde(default)]
    pub text: String,
    #[schema(value_type = String)]
    pub language: Tag,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub asks: Vec<QuickAnswer>,
    #[schema(value_type = String)]
    pub announced: Announced,
    #[serde(default)]
    pub neutral: bool,
    #[serde(default)]
    pub promise: Option<PromiseDraft>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct PromiseDraft {
    pub what: String,
    #[schema(value_type = String, format = DateTime)]
    pub by: Timestamp,
}

/// The consular key by which the desk writes.
pub struct Pen {
    pub key_id: KeyId,
    pub private: Zeroizing<[u8; 32]>,
}

impl Change<'_> {
    /// Seals an officer's letter to the case's device; it waits until the front has it.
    ///
    /// # Errors
    /// It says nothing, or the device's key is not known yet.
    pub fn answer(
        &mut self,
        number: u32,
        version: u32,
        draft: &LetterDraft,
        officer: &Badge,
        pen: &Pen,
        now: Timestamp,
    ) -> Result<String> {
        let case = self.reading().case(number)?;
        if self.reading().whole_case(number)?.version != version {
            return Err(CaseworkError::Changed);
        }
        if case.closed_at.is_some() {
            return Err(CaseworkError::Closed);
        }
        if let Some(head) = self.reading().joins()?.head(number) {
            return Err(CaseworkError::Joined(head));
        }
        check(draft)?;
        // an officer who sees the wish writes when they said that it is safe; one who cannot see it does not
        if !self.reading().whole_case(number)?.tags.contains(&CaseTag::NoLetters) {
            self.may_be_written_to(number)?;
        }
        if let Some(PromiseDraft { what, by }) = &draft.promise {
            self.promise(number, what, *by, now)?;
            let said = EventWord { due: Some(*by), ..EventWord::text(what) };
            self.tell(number, now, What::Promised, Some(officer.id), &said)?;
        }
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, unread = 0, waiting = ?2 WHERE number = ?1",
            params![number, !draft.asks.is_empty()],
        )?;
        let group = self.group(number)?;
        let phones = self.phones(&group)?;
        if phones.len() > 1 && self.reading().is_guarded(&group)? {
            return Err(CaseworkError::NotPossible(
                "one of its phones must not be seen, or not be written to: part the cases, and write to each",
            ));
        }
        self.answered_with(&group[1..])?;
        let (first, others) = phones.split_first().ok_or(NO_KEY)?;
        let id = self.seal(first.number, draft, Some(officer.id), true, pen, now)?.ok_or(NO_KEY)?;
        let promised = draft.promise.as_ref().map(|promise| promise.what.clone()).unwrap_or_default();
        for phone in others {
            // the promise itself stands in the case that speaks for both
            let text = if draft.text.is_empty() { promised.clone() } else { draft.text.clone() };
            let draft = LetterDraft { text, ..draft.clone() };
            self.seal(phone.number, &draft, Some(officer.id), true, pen, now)?.ok_or(NO_KEY)?;
        }
        self.tell(number, now, What::Wrote, Some(officer.id), &EventWord::text(&draft.text))?;
        Ok(id)
    }

    /// That the phone of a case may be written to by who does not have its own wish before them.
    ///
    /// # Errors
    /// Nothing may be written to it.
    pub fn may_be_written_to(&self, number: u32) -> Result<()> {
        if self.reading().guard(number)?.no_letters {
            return Err(CaseworkError::NotPossible("nothing may be written to this person"));
        }
        Ok(())
    }

    /// Tells the person how the case stands, without a word of an officer. Where the device's key is not known, they
    /// are told once it is.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn tell_person(&mut self, number: u32, pen: &Pen, now: Timestamp) -> Result<()> {
        if self.reading().guard(number)?.no_letters {
            self.transaction.execute("UPDATE cases SET untold = 0 WHERE number = ?1", [number])?;
            return Ok(());
        }
        let facts = self.reading().facts(number)?.unwrap_or_default();
        let language = language_of(&facts).into();
        let (text, asks, promise) = (String::new(), Vec::new(), None);
        let draft = LetterDraft { text, language, asks, announced: Announced::Silent, neutral: false, promise };
        let told = self.seal(number, &draft, None, false, pen, now)?.is_some();
        self.transaction.execute("UPDATE cases SET untold = ?2 WHERE number = ?1", params![number, !told])?;
        Ok(())
    }

    fn seal(
        &mut self,
        number: u32,
        draft: &LetterDraft,
        officer: Option<i64>,
        answers: bool,
        pen: &Pen,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let case = self.reading().case(number)?;
        let Some(public) = self.reading().device_key(case.device)? else { return Ok(None) };
        let facts = self.reading().facts(number)?.unwrap_or_default();
        if facts.unconfirmed {
            // the device that an SMS names may be somebody else's
            return Ok(None);
        }
        // nobody beside them may hear or see it
        let quiet = self.reading().guard(number)?.quiet;
        let announced = if quiet { Announced::Silent } else { draft.announced };
        let letter = PrivateLetter {
            at: now,
            language: draft.language.clone(),
            text: draft.text.clone(),
            announced,
            neutral: quiet || draft.neutral,
            person: None,
            case: Some(self.reading().case_word(&case, &draft.language, answers)?),
            asks: draft.asks.clone(),
        };
        letter.check_written()?;
        let id = MessageId::random(self.rng);
        let context = LetterContext { device: case.device, id, at: now };
        let sealed = match seal_letter(&letter, context, (&pen.key_id, &pen.private), &public, self.rng) {
            // a key that gives no secret is none: whoever made it holds up nobody else
            Err(SealError::Hpke) => return Ok(None),
            sealed => sealed?,
        };
        let posted = Letter { id, device: case.device, at: now, announced, sealed };
        let kept = Kept {
            text: letter.text,
            language: Some(letter.language),
            asks: letter.asks,
            neutral: letter.neutral,
            announced: Some(announced),
            ..Kept::default()
        };
        let id = id.to_string();
        let private = self.key.close_json(["messages", "private", &id], &kept, self.rng)?;
        self.transaction.execute(
            "INSERT INTO messages (id, number, version, at_us, officer, private, letter, state) \
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, 'waiting')",
            params![id, number, stamp(now), officer, private, serde_json::to_string(&posted)?],
        )?;
        Ok(Some(id))
    }

    /// Notes what became of letters at the front.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn posted(&mut self, posted: &Posted) -> Result<()> {
        let states = [(&posted.accepted, LetterState::AtFront), (&posted.unknown, LetterState::Refused)];
        for (ids, state) in states {
            for id in ids {
                // sealed and handed on: nobody needs the sealed form here any more
                for what in ["messages SET", "mailed SET device = id, private = NULL,"] {
                    let sql = format!("UPDATE {what} state = ?2, letter = NULL WHERE id = ?1");
                    self.transaction.execute(&sql, params![id.to_string(), word(&state)?])?;
                }
            }
        }
        Ok(())
    }

    /// What waits for a phone does not go as it was sealed: somebody is beside them, or nobody shall write. Whoever wrote it
    /// sees that, and how the case stands is told anew, as far as it may be.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn hold_back(&mut self, device: DeviceId, now: Timestamp) -> Result<()> {
        // what is for many is sealed anew: silently, or not at all
        let sql = "UPDATE mailed SET id = NULL, letter = NULL, state = NULL WHERE device = ?1 AND state = 'waiting'";
        self.transaction.execute(sql, [device.to_string()])?;
        let joins = self.reading().joins()?;
        let roots = self.reading().open_of_phone(device)?.into_iter().map(|number| joins.root(number));
        // what is one with a case of theirs may be written to another phone: that is not safe either
        let cases: BTreeSet<u32> = roots.flat_map(|root| joins.members(root).into_iter().chain([root])).collect();
        for number in cases {
            if self.withdraw_letters(number)? > 0 {
                let sql = "UPDATE cases SET version = version + 1, waiting = 0, untold = 1 WHERE number = ?1";
                self.transaction.execute(sql, [number])?;
                self.tell(number, now, What::LettersHeldBack, None, &EventWord::default())?;
            }
        }
        Ok(())
    }

    /// Keeps the public key of a device, as it was seen first: another one later is not believed.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_device_key(&mut self, device: DeviceId, public_key: &str) -> Result<()> {
        self.transaction.execute(
            "INSERT OR IGNORE INTO devices (id, public_key) VALUES (?1, ?2)",
            params![device.to_string(), public_key],
        )?;
        Ok(())
    }
}

/// What is to be minded when something is written to a phone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guard {
    /// Somebody beside them may see or hear what comes.
    pub quiet: bool,
    pub no_letters: bool,
}

impl Guard {
    pub fn mind(&mut self, facts: &Facts) {
        self.quiet |= facts.is_quiet();
        self.no_letters |= facts.no_letters;
    }

    pub fn is_any(self) -> bool {
        self.quiet || self.no_letters
    }

    /// Whether it asks for something that the one before did not.
    pub(super) fn is_stricter(self, before: Self) -> bool {
        self.quiet && !before.quiet || self.no_letters && !before.no_letters
    }
}

impl Reading<'_> {
    /// What is to be minded of a case: by all that is one with it, and all that is open of its phone.
    ///
    /// # Errors
    /// A case cannot be read.
    pub fn guard(&self, number: u32) -> Result<Guard> {
        let joins = self.joins()?;
        let root = joins.root(number);
        let mut guard = self.guard_of_phone(self.case(number)?.device)?;
        for member in joins.members(root).into_iter().chain([root]) {
            guard.mind(&self.facts(member)?.unwrap_or_default());
        }
        Ok(guard)
    }

    /// The same of a phone alone.
    ///
    /// # Errors
    /// A case cannot be read.
    pub fn guard_of_phone(&self, device: DeviceId) -> Result<Guard> {
        self.guard_of(&self.open_of_phone(device)?)
    }

    /// The same of what goes to many: a wish ends there with what is kept of a case, and not when it is closed. An officer who
    /// reads a case decides; nobody reads it for a letter to many.
    ///
    /// # Errors
    /// A case cannot be read.
    pub fn guard_in_a_crowd(&self, device: DeviceId) -> Result<Guard> {
        self.guard_of(&self.cases_of_phone(device, "private IS NOT NULL")?)
    }

    fn guard_of(&self, cases: &[u32]) -> Result<Guard> {
        let mut guard = Guard::default();
        for number in cases {
            guard.mind(&self.facts(*number)?.unwrap_or_default());
        }
        Ok(guard)
    }

    fn open_of_phone(&self, device: DeviceId) -> Result<Vec<u32>> {
        self.cases_of_phone(device, "closed_us IS NULL")
    }

    fn cases_of_phone(&self, device: DeviceId, condition: &str) -> Result<Vec<u32>> {
        let sql = format!("SELECT number FROM cases WHERE device = ?1 AND {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let numbers = statement.query_map([device.to_string()], |row| row.get(0))?;
        Ok(numbers.collect::<std::result::Result<_, _>>()?)
    }

    /// Whether beside one of these somebody may see or hear what comes, or one asked that nobody writes.
    ///
    /// # Errors
    /// A case cannot be read.
    pub(super) fn is_guarded(&self, cases: &[u32]) -> Result<bool> {
        for number in cases {
            if self.guard(*number)?.is_any() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// To which letters to a device are sealed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn device_key(&self, device: DeviceId) -> Result<Option<[u8; 32]>> {
        let sql = "SELECT public_key FROM devices WHERE id = ?1";
        let text: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([device.to_string()], |row| row.get(0)).optional()?;
        Ok(text.and_then(|text| key_bytes(&text)))
    }

    /// Devices with an open case, a word by SMS, or a message to write, whose key is not known yet. Of those who are among
    /// many some, and others each time: whom the front does not know holds up no other.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn devices_without_key(&self, of_sms_alone: bool) -> Result<BTreeSet<DeviceId>> {
        let sql = "SELECT device FROM cases WHERE closed_us IS NULL AND whose <> ?2 \
                   AND device NOT IN (SELECT id FROM devices) AND NOT ?1 UNION \
                   SELECT device FROM (SELECT DISTINCT device FROM mailed JOIN mailings ON mailings.id = mailing \
                   WHERE mailings.state = 'sent' AND mailed.state IS NULL AND device NOT IN (SELECT id FROM devices) \
                   AND NOT ?1 ORDER BY random() LIMIT ?3) UNION \
                   SELECT device FROM sms WHERE device NOT IN (SELECT id FROM devices)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![of_sms_alone, BY_VOICE, KEYS_AT_ONCE])?;
        let mut devices = BTreeSet::new();
        while let Some(row) = rows.next()? {
            devices.insert(row.get::<_, String>(0)?.parse()?);
        }
        Ok(devices)
    }

    /// Letters that the front does not have yet, the oldest first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn waiting_letters(&self, most: usize) -> Result<Vec<Letter>> {
        // what is for one goes before what is for many
        let sql = "SELECT letter FROM (SELECT letter, at_us FROM messages WHERE state = 'waiting' AND letter IS NOT NULL \
                   ORDER BY at_us) UNION ALL SELECT letter FROM mailed WHERE state = 'waiting' LIMIT ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([most])?;
        let mut letters = Vec::new();
        while let Some(row) = rows.next()? {
            letters.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
        }
        Ok(letters)
    }

    /// Every message of a case, the oldest first; what only says how the case stands is left out.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn messages(&self, number: u32) -> Result<Vec<Message>> {
        let officers = self.officers()?;
        let sql = "SELECT id, at_us, officer, private, state FROM messages WHERE number = ?1 \
                   AND (officer IS NOT NULL OR state IS NULL) ORDER BY at_us, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let mut messages = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let private: Option<Vec<u8>> = row.get(3)?;
            let place = ["messages", "private", &id];
            let kept = private.map(|closed| self.key.open_json::<Kept>(place, &closed)).transpose()?;
            let Kept { text, language, quick, answers, objection, closes, asks, neutral, announced, fault } =
                kept.unwrap_or_default();
            let state: Option<String> = row.get(4)?;
            messages.push(Message {
                at: at(row.get(1)?)?,
                from: if state.is_some() { From::Desk } else { From::Person },
                officer: row.get::<_, Option<i64>>(2)?.and_then(|id| officers.badge(id)),
                state: state.map(of_word).transpose()?,
                id,
                text,
                language,
                quick,
                answers,
                objection,
                closes,
                asks,
                neutral,
                announced,
                fault,
            });
        }
        Ok(messages)
    }

    /// The case as its person is told of it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn case_word(&self, case: &Row, language: &Tag, answers: bool) -> Result<CaseWord> {
        let lang = Lang::from_tag(language.as_str()).unwrap_or(Lang::Kk);
        let reason = match (&case.rank.reason, case.rank.accepted) {
            (_, None) => String::new(),
            // an officer's own reason is in the officer's language
            (Some(reason), Some(accepted)) if accepted != case.rank.proposed => reason.clone(),
            (Some(_) | None, Some(_)) => sentences::reason(case.rank.because.code, lang).to_owned(),
        };
        Ok(CaseWord {
            number: case.number,
            kind: case.kind,
            step: self.step(case, answers)?,
            rank: case.rank.accepted,
            reason,
            promised: case.promise.as_ref().map(|promise| Promised { what: promise.what.clone(), by: promise.by }),
            outcome: case.outcome.map_or_else(String::new, |outcome| sentences::outcome(outcome, lang).to_owned()),
        })
    }

    fn step(&self, case: &Row, answers: bool) -> Result<CaseStep> {
        if case.closed_at.is_some() {
            return Ok(CaseStep::Closed);
        }
        if case.promise.is_some() {
            return Ok(CaseStep::Promised);
        }
        let written = "SELECT 1 FROM messages WHERE number = ?1 AND officer IS NOT NULL";
        if answers || self.connection.prepare_cached(written)?.exists([case.number])? {
            return Ok(CaseStep::Answered);
        }
        Ok(if self.was_read(case.number)? { CaseStep::Opened } else { CaseStep::Received })
    }

    /// Whether an officer has opened the case.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn was_read(&self, number: u32) -> Result<bool> {
        let sql = "SELECT 1 FROM events WHERE number = ?1 AND what = 'read'";
        Ok(self.connection.prepare_cached(sql)?.exists([number])?)
    }
}

fn check(draft: &LetterDraft) -> Result<()> {
    if draft.text.trim().is_empty() && draft.promise.is_none() {
        return Err(CaseworkError::Field { pointer: "/text", reason: "words, or a promise" });
    }
    if !draft.text.is_empty() {
        super::acts::checked(&draft.text, "/text")?;
    }
    if draft.announced == Announced::Other {
        return Err(CaseworkError::Field { pointer: "/announced", reason: "loud or silent" });
    }
    Ok(())
}

fn language_of(facts: &Facts) -> Lang {
    facts.language.as_ref().and_then(|tag| Lang::from_tag(tag.as_str())).unwrap_or(Lang::Kk)
}
