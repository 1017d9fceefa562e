//! Somebody at home hears nothing from a person: the person is asked, and says themselves whether those at home are told.

use contract::{
    entry::advisory::Announced,
    ids::{DeviceId, MessageId},
    record::QuickAnswer,
    words::{Lang, Tag},
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::{
    CaseworkError, Change, Reading, Result, at, at_some,
    facts::Facts,
    letters::{LetterDraft, Pen},
    officers::Badge,
    page::{EventWord, What},
    sentences, stamp,
};

/// That the person was asked, and what they answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Sign {
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub answer: Option<QuickAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Timestamp>,
}

impl Reading<'_> {
    /// When the person of a case was asked last, and what they said.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn sign(&self, number: u32) -> Result<Option<Sign>> {
        let sql =
            "SELECT letter, asked_us, answer, answered_us FROM signs WHERE number = ?1 ORDER BY asked_us DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (letter, asked, answered): (String, _, _) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let answer: Option<Vec<u8>> = row.get(2)?;
        let answer = answer.map(|closed| self.key.open_json(["signs", "answer", &letter], &closed)).transpose()?;
        Ok(Some(Sign { asked_at: at(asked)?, answer, answered_at: at_some(answered)? }))
    }
}

impl Change<'_> {
    /// Asks the person whether those at home may be told that they are well: a letter with a yes and a no.
    ///
    /// # Errors
    /// Nobody looks for them, nothing may be written to them, or their phone is not known.
    pub fn ask_for_sign(
        &mut self,
        number: u32,
        version: u32,
        language: &Tag,
        officer: &Badge,
        pen: &Pen,
        now: Timestamp,
    ) -> Result<()> {
        let group = self.group(number)?;
        let mut all = Vec::new();
        for member in &group {
            all.extend(self.reading().facts(*member)?);
        }
        let sought: Option<&Facts> = all.iter().find(|facts| facts.lost_touch);
        let sought = sought.ok_or(CaseworkError::NotPossible("nobody has lost touch with this person"))?;
        self.may_be_written_to(number)?;
        if self.phones(&group)?.len() > 1 {
            return Err(CaseworkError::NotPossible("it is of two phones: part the cases, and ask the one"));
        }
        let lang = Lang::from_tag(language.as_str()).unwrap_or(Lang::Kk);
        let draft = LetterDraft {
            text: sentences::sign(&sought.caller_name, lang),
            language: lang.into(),
            asks: vec![QuickAnswer::Yes, QuickAnswer::No],
            announced: Announced::Silent,
            neutral: false,
            promise: None,
        };
        let letter = self.answer(number, version, &draft, officer, pen, now)?;
        self.transaction.execute(
            "INSERT INTO signs (letter, number, asked_us) SELECT id, number, ?2 FROM messages WHERE id = ?1",
            params![letter, stamp(now)],
        )?;
        self.tell(number, now, What::AskedForSign, Some(officer.id), &EventWord::default())
    }

    /// Notes what a person answered to a letter that asked for a sign, from the phone that it was written to; what they said
    /// last counts, in whatever order it came.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn hear_sign(
        &mut self,
        letter: Option<MessageId>,
        quick: Option<QuickAnswer>,
        device: DeviceId,
        said_at: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        let (Some(letter), Some(quick @ (QuickAnswer::Yes | QuickAnswer::No))) = (letter, quick) else {
            return Ok(());
        };
        let letter = letter.to_string();
        // a phone from which the case was moved since answers nothing: who holds it now nobody knows
        let sql = "SELECT signs.number FROM signs JOIN cases ON cases.number = signs.number \
                   WHERE letter = ?1 AND device = ?2 AND (answered_us IS NULL OR answered_us < ?3)";
        let asked = self
            .transaction
            .query_row(sql, params![letter, device.to_string(), stamp(said_at)], |row| row.get(0))
            .optional()?;
        let Some(number) = asked else { return Ok(()) };
        let answer = self.key.close_json(["signs", "answer", &letter], &quick, self.rng)?;
        self.transaction.execute(
            "UPDATE signs SET answer = ?2, answered_us = ?3 WHERE letter = ?1",
            params![letter, answer, stamp(said_at)],
        )?;
        let what = if quick == QuickAnswer::Yes { What::GaveSign } else { What::RefusedSign };
        self.tell(number, now, what, None, &EventWord::default())
    }
}
