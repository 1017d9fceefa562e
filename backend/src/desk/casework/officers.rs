//! Who works at the desk: officers, their passkeys, the links by which they enrol, their sessions.

use std::collections::{HashMap, HashSet};

use contract::hash::Hash;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::Passkey;

use super::{CaseworkError, Change, Reading, Result, at_some, next_id, of_word, pushes::PushSet, stamp, word};
use crate::officers::roles::{Right, Role};

/// How long a link may be used, once.
pub const LINK: SignedDuration = SignedDuration::from_mins(15);
/// A shift and its handover; then the passkey is asked for again.
pub const SESSION: SignedDuration = SignedDuration::from_hours(13);
/// The longest name, in letters.
const NAME: usize = 80;

/// An officer as others see one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Badge {
    pub id: i64,
    pub name: String,
    pub role: Role,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Officer {
    #[serde(flatten)]
    pub badge: Badge,
    /// How many passkeys they have; without one they enrol by a link.
    pub passkeys: u32,
    /// The desk has a number by which they can be woken.
    pub has_number: bool,
    #[serde(flatten)]
    pub push: PushSet,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_seen: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
}

/// All who ever worked here, by their ids: what they did keeps their name.
pub struct Officers(HashMap<i64, Badge>);

impl Officers {
    pub fn badge(&self, id: i64) -> Option<Badge> {
        self.0.get(&id).cloned()
    }
}

/// A session as a request names it.
#[derive(Debug, Clone)]
pub struct Session {
    pub officer: Badge,
    /// P-256, uncompressed.
    pub public_key: Vec<u8>,
    /// From which it was begun.
    pub address: String,
    pub until: Timestamp,
}

impl Reading<'_> {
    /// # Errors
    /// They cannot be read.
    pub fn officers(&self) -> Result<Officers> {
        let mut statement = self.connection.prepare_cached("SELECT id, name, role FROM officers")?;
        let mut rows = statement.query([])?;
        let mut officers = HashMap::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            officers.insert(id, Badge { id, name: row.get(1)?, role: of_word(row.get(2)?)? });
        }
        Ok(Officers(officers))
    }

    /// The list of officers, those who ended last.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn all_officers(&self) -> Result<Vec<Officer>> {
        let sql = "SELECT id, name, role, seen_us, ended_us, (SELECT count(*) FROM passkeys WHERE officer = officers.id), \
                   number IS NOT NULL, push_gone, EXISTS (SELECT 1 FROM push_browsers WHERE officer = officers.id) \
                   FROM officers ORDER BY ended_us IS NOT NULL, name";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut officers = Vec::new();
        while let Some(row) = rows.next()? {
            officers.push(Officer {
                badge: Badge { id: row.get(0)?, name: row.get(1)?, role: of_word(row.get(2)?)? },
                last_seen: at_some(row.get(3)?)?,
                ended_at: at_some(row.get(4)?)?,
                passkeys: row.get(5)?,
                has_number: row.get(6)?,
                push: PushSet { push_gone: row.get(7)?, has_push: row.get(8)? },
            });
        }
        Ok(officers)
    }

    /// An officer who works, by name.
    ///
    /// # Errors
    /// There is none.
    pub fn officer_named(&self, name: &str) -> Result<Badge> {
        self.officer("name = ?1 AND ended_us IS NULL", &name)
    }

    /// An officer who works, by id.
    ///
    /// # Errors
    /// There is none.
    pub fn officer_at_work(&self, id: i64) -> Result<Badge> {
        self.officer("id = ?1 AND ended_us IS NULL", &id)
    }

    fn officer(&self, condition: &str, by: &dyn rusqlite::ToSql) -> Result<Badge> {
        let sql = format!("SELECT id, name, role FROM officers WHERE {condition}");
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found = self.connection.prepare_cached(&sql)?.query_row([by], read).optional()?;
        let (id, name, role) = found.ok_or(CaseworkError::NotFound)?;
        Ok(Badge { id, name, role: of_word(role)? })
    }

    /// # Errors
    /// They cannot be read.
    pub fn passkeys(&self, officer: i64) -> Result<Vec<(i64, Passkey)>> {
        let mut statement = self.connection.prepare_cached("SELECT id, passkey FROM passkeys WHERE officer = ?1")?;
        let mut rows = statement.query([officer])?;
        let mut passkeys = Vec::new();
        while let Some(row) = rows.next()? {
            passkeys.push((row.get(0)?, serde_json::from_str(&row.get::<_, String>(1)?)?));
        }
        Ok(passkeys)
    }

    /// Whose link it is, while it may be used.
    ///
    /// # Errors
    /// Nobody's, or it is over.
    pub fn link(&self, token: &str, now: Timestamp) -> Result<Badge> {
        let sql = "SELECT officer FROM links WHERE token_hash = ?1 AND until_us > ?2";
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        let found =
            self.connection.prepare_cached(sql)?.query_row(params![digest(token), stamp(now)], read).optional()?;
        self.officer_at_work(found.ok_or(CaseworkError::NotFound)?)
    }

    /// Whether two officers may be one person: one made the passkeys of the other possible, or somebody those of both, be it by
    /// others. Who may not answer people, and lets a shift in, is no such somebody.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn may_be_one(&self, one: &Badge, other: &Badge) -> Result<bool> {
        let officers = self.officers()?;
        Ok(!self.behind(one, &officers)?.is_disjoint(&self.behind(other, &officers)?))
    }

    /// An officer, and who let them in, one after another, as far as each may answer people.
    fn behind(&self, officer: &Badge, officers: &Officers) -> Result<HashSet<i64>> {
        let sql = "SELECT let_in_by FROM officers WHERE id = ?1";
        let mut let_in_by = self.connection.prepare_cached(sql)?;
        let (mut behind, mut next) = (HashSet::new(), Some(officer.clone()));
        while let Some(one) = next.filter(|one| behind.insert(one.id)) {
            let maker: Option<i64> = let_in_by.query_row([one.id], |row| row.get(0))?;
            next = maker.and_then(|id| officers.badge(id)).filter(|maker| maker.role.may(Right::Answer));
        }
        Ok(behind)
    }

    /// A session, while it lasts and its officer works.
    ///
    /// # Errors
    /// There is none.
    pub fn session(&self, token: &str, now: Timestamp) -> Result<Session> {
        let sql = "SELECT officer, public_key, address, until_us FROM sessions WHERE token_hash = ?1 AND until_us > ?2";
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?));
        let found =
            self.connection.prepare_cached(sql)?.query_row(params![digest(token), stamp(now)], read).optional()?;
        let (officer, public_key, address, until) = found.ok_or(CaseworkError::NotFound)?;
        Ok(Session { officer: self.officer_at_work(officer)?, public_key, address, until: super::at(until)? })
    }
}

impl Change<'_> {
    /// A new officer.
    ///
    /// # Errors
    /// The name is none, or somebody at work has it.
    pub fn add_officer(&mut self, name: &str, role: Role, now: Timestamp) -> Result<Badge> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(CaseworkError::Field { pointer: "/name", reason: "1 to 80 letters on one line" });
        }
        if self.reading().officer_named(name).is_ok() {
            return Err(CaseworkError::NotPossible("an officer at work has this name"));
        }
        let id = next_id(&self.transaction, "officers")?;
        self.transaction.execute(
            "INSERT INTO officers (id, name, role, made_us) VALUES (?1, ?2, ?3, ?4)",
            params![id, name, word(&role)?, stamp(now)],
        )?;
        Ok(Badge { id, name: name.to_owned(), role })
    }

    /// A link to a first passkey, or another; every link before it is void.
    ///
    /// # Errors
    /// There is no such officer at work.
    pub fn add_link(&mut self, officer: i64, by: Option<i64>, now: Timestamp) -> Result<String> {
        self.reading().officer_at_work(officer)?;
        let token = self.token();
        self.transaction.execute("DELETE FROM links WHERE officer = ?1", [officer])?;
        self.transaction.execute(
            "INSERT INTO links (token_hash, officer, until_us, made_by) VALUES (?1, ?2, ?3, ?4)",
            params![digest(&token), officer, stamp(now + LINK), by],
        )?;
        Ok(token)
    }

    /// Uses a link up, and keeps the passkey that was made by it. Where another gave the link, every passkey and session before
    /// is void: who was at work sees at once that somebody else has been let in under their name.
    ///
    /// # Errors
    /// The link is nobody's any more.
    pub fn enrol(&mut self, token: &str, passkey: &Passkey, now: Timestamp) -> Result<Badge> {
        let officer = self.reading().link(token, now)?;
        let sql = "DELETE FROM links WHERE token_hash = ?1 RETURNING made_by";
        let made_by: Option<i64> = self.transaction.query_row(sql, [digest(token)], |row| row.get(0))?;
        if made_by != Some(officer.id) {
            for table in ["sessions", "passkeys"] {
                self.transaction.execute(&format!("DELETE FROM {table} WHERE officer = ?1"), [officer.id])?;
            }
            let sql = "UPDATE officers SET let_in_by = ?2 WHERE id = ?1";
            self.transaction.execute(sql, params![officer.id, made_by])?;
        }
        let id = next_id(&self.transaction, "passkeys")?;
        self.transaction.execute(
            "INSERT INTO passkeys (id, officer, passkey) VALUES (?1, ?2, ?3)",
            params![id, officer.id, serde_json::to_string(passkey)?],
        )?;
        Ok(officer)
    }

    /// Keeps what a passkey's use changed in it: its counter.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_passkey(&mut self, id: i64, passkey: &Passkey) -> Result<()> {
        let text = serde_json::to_string(passkey)?;
        self.transaction.execute("UPDATE passkeys SET passkey = ?2 WHERE id = ?1", params![id, text])?;
        Ok(())
    }

    /// Begins a session: its token is told once, and is nothing without the private key of `public_key`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin_session(
        &mut self,
        officer: i64,
        public_key: &[u8],
        address: &str,
        now: Timestamp,
    ) -> Result<(String, Timestamp)> {
        let (token, until) = (self.token(), now + SESSION);
        self.transaction.execute("DELETE FROM sessions WHERE until_us <= ?1", [stamp(now)])?;
        self.transaction.execute(
            "INSERT INTO sessions (token_hash, officer, public_key, address, until_us) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![digest(&token), officer, public_key, address, stamp(until)],
        )?;
        self.transaction.execute("UPDATE officers SET seen_us = ?2 WHERE id = ?1", params![officer, stamp(now)])?;
        Ok((token, until))
    }

    /// # Errors
    /// It cannot be written.
    pub fn end_session(&mut self, token: &str) -> Result<()> {
        self.transaction.execute("DELETE FROM sessions WHERE token_hash = ?1", [digest(token)])?;
        Ok(())
    }

    /// Takes sessions, passkeys and links at once; open cases are nobody's again.
    ///
    /// # Errors
    /// There is no such officer at work.
    pub fn end_officer(&mut self, officer: i64, now: Timestamp) -> Result<Badge> {
        let badge = self.reading().officer_at_work(officer)?;
        for table in ["sessions", "passkeys", "links"] {
            self.transaction.execute(&format!("DELETE FROM {table} WHERE officer = ?1"), [officer])?;
        }
        self.transaction.execute("UPDATE officers SET ended_us = ?2 WHERE id = ?1", params![officer, stamp(now)])?;
        self.let_sleep(officer)?;
        for column in ["owner", "handed_to"] {
            let sql = format!(
                "UPDATE cases SET {column} = NULL, version = version + 1 WHERE {column} = ?1 AND closed_us IS NULL"
            );
            self.transaction.execute(&sql, [officer])?;
        }
        Ok(badge)
    }

    fn token(&mut self) -> String {
        contract::keys::key_text(&crate::files::secret(self.rng))
    }
}

fn digest(token: &str) -> String {
    Hash::of(token.as_bytes()).to_string()
}
