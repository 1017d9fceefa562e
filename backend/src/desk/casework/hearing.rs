//! What people write is joined to their cases.

use std::collections::HashMap;

use contract::{
    ids::DeviceId,
    record::{About, Kind, MAX_TEXT, Message, PrivateMessage, QuickAnswer},
};
use jiff::Timestamp;
use rusqlite::params;
use serde::Deserialize;

use super::{
    Change, Result,
    cases::CameBy,
    facts::Facts,
    letters::Kept,
    page::{EventWord, SourceName, What},
    ranks, stamp,
};
use crate::desk::{
    audit::Deed,
    folder::ConsularKeys,
    leads::Leads,
    mirror::{Held, Mirror},
    opening::{Opened, of_message, open},
};

impl Change<'_> {
    /// Joins what people wrote since to their cases.
    ///
    /// # Errors
    /// Something cannot be read or written.
    pub fn hear(&mut self, mirror: &Mirror, keys: &ConsularKeys, now: Timestamp) -> Result<Vec<Deed>> {
        let (known, leads) = (self.versions()?, self.reading().confirmed(mirror.leads()?)?);
        let mut deeds = Vec::new();
        for held in mirror.all::<Message>(Kind::Message)? {
            if known.get(&held.id) != Some(&held.record.version) {
                deeds.push(self.hear_one(held, &leads, keys, now)?);
            }
        }
        Ok(deeds)
    }

    fn versions(&self) -> Result<HashMap<String, u32>> {
        let mut statement =
            self.transaction.prepare_cached("SELECT id, version FROM messages WHERE officer IS NULL")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    fn hear_one(&mut self, held: Held<Message>, leads: &Leads, keys: &ConsularKeys, now: Timestamp) -> Result<Deed> {
        let (id, device, version) = (held.id.clone(), held.device, held.record.version);
        let said_at = held.record.at.min(held.received_at);
        let received_at = held.received_at;
        let opened = open(of_message(held), keys);
        let read = opened.content.as_ref().map(PrivateMessage::deserialize).transpose();
        let (said, fault) = match read {
            Ok(said) => (said, opened.fault.clone()),
            Err(error) => (None, Some(error.to_string())),
        };
        // their own cases, and those of a trip that was moved from this phone
        let all: Vec<_> = [device].into_iter().chain(leads.from(device).iter().map(|moved| moved.to)).collect();
        let number = match self.case_of_message(device, &all, said.as_ref())? {
            Some(number) => number,
            None => self.begin_by_message(device, &opened, (said_at, received_at), now)?,
        };
        let kept = kept(said.as_ref(), fault);
        let private = self.key.close_json(["messages", "private", &id], &kept, self.rng)?;
        self.transaction.execute(
            "INSERT INTO messages (id, number, version, at_us, private) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (id) DO UPDATE SET version = excluded.version, private = excluded.private",
            params![id, number, version, stamp(said_at), private],
        )?;
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, unread = unread + 1, waiting = 0, \
             objection = max(objection, ?2) WHERE number = ?1",
            params![number, kept.objection],
        )?;
        let what = match (kept.objection, kept.closes) {
            (true, _) => What::Objected,
            (false, true) => What::AsksToClose,
            (false, false) => What::TheyWrote,
        };
        self.hear_sign(kept.answers, kept.quick, device, said_at, now)?;
        let source = Some(SourceName { kind: Kind::Message, id });
        let said = EventWord { source, ..EventWord::text(&kept.text) };
        self.tell(number, now, what, None, &said)?;
        Ok(Deed::opened_by_desk(now, number, device, std::slice::from_ref(&opened)))
    }

    /// By what it speaks of or answers, else the newest of its device; an open one: what is written after a case was closed
    /// begins another, where somebody sees it.
    fn case_of_message(
        &self,
        person: DeviceId,
        all: &[DeviceId],
        said: Option<&PrivateMessage>,
    ) -> Result<Option<u32>> {
        let named = match said.and_then(|said| said.about) {
            Some(About::CheckIn { id }) => self.case_of_source(Kind::CheckIn, &id.to_string())?,
            Some(About::Call { id }) => self.case_of_source(Kind::Call, &id.to_string())?,
            Some(About::Trip { id }) => self.reading().newest_open("whose = ?2", all, &format!("trip {id}"))?,
            Some(About::Other) | None => None,
        };
        // nobody writes into another's case
        let own = |condition: &str, by: String| self.reading().newest_open(condition, all, &by);
        let named = match named {
            Some(number) => own("number = ?2", number.to_string())?,
            None => None,
        };
        let answered = match said.and_then(|said| said.answers) {
            Some(letter) => own("number = (SELECT number FROM messages WHERE id = ?2)", letter.to_string())?,
            None => None,
        };
        match named.or(answered) {
            Some(number) => Ok(Some(number)),
            None => self.reading().newest_open("?2 = ''", &[person], ""),
        }
    }

    fn begin_by_message(
        &mut self,
        device: DeviceId,
        opened: &Opened,
        (said_at, received_at): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Result<u32> {
        let number = self.insert_case(device, "message", CameBy::Message, (said_at, said_at, received_at))?;
        let facts = Facts::read(std::slice::from_ref(opened));
        self.learn(number, &facts, &ranks::propose(&facts), now)?;
        Ok(number)
    }
}

fn kept(said: Option<&PrivateMessage>, fault: Option<String>) -> Kept {
    let Some(said) = said else { return Kept { fault, ..Kept::default() } };
    Kept {
        // an app keeps the bound; whoever wrote another is heard as far as it goes
        text: said.text.chars().take(MAX_TEXT).collect(),
        language: said.language.clone(),
        quick: said.quick.filter(|quick| *quick != QuickAnswer::Other),
        answers: said.answers,
        objection: said.objection,
        closes: said.closes,
        fault,
        ..Kept::default()
    }
}
