//! Passing on another authority's alert: what one file does may be several entries, or none.

use contract::{
    entry::{Body, relayed_alert::RelayedAlert},
    hash::Hash,
    ids::{EntryId, InvalidId},
};
use jiff::Timestamp;

use super::{Desk, SignError, believed::Believed, draft::Draft, ledger::Signed};
use crate::cap::{
    life::{Message, Name, Remark},
    relay::{Relayed, ended},
};

impl Desk {
    /// Signs what an alert says and ends, keeps it for posting, and remembers the alert.
    ///
    /// # Errors
    /// Something cannot be signed or kept; the same file again goes on where it stopped.
    pub fn relay(&mut self, relayed: Relayed, now: Timestamp) -> Result<Option<Remark>, SignError> {
        let Relayed { alert, references, notes: _ } = relayed;
        let name = Name { sender: alert.sender.clone(), identifier: alert.identifier.clone() };
        let entry = entry_id(&name)?;
        let message = Message { name, sent: alert.sent, references, ends: alert.is_ending(), entry };
        let step = self.ledger.alerts().next(&message);
        let mut signed = Vec::new();
        if let Some(id) = step.says {
            signed.push(self.sign_alert(id, alert.clone(), now)?);
        }
        for id in step.ends {
            let Some(held) = self.held_alert(&id) else { continue };
            let is_by_this = held.identifier == alert.identifier && held.sent == alert.sent;
            if held.is_ending() {
                // signed already, if this file's work stopped half-way
                signed.extend(self.ledger.newest(&id).filter(|_| is_by_this).cloned());
            } else {
                signed.push(self.sign_alert(id, ended(&held, &alert), now)?);
            }
        }
        for signed in &signed {
            self.unposted.keep(signed).map_err(SignError::Keep)?;
        }
        // only now: a file whose work stopped half-way must not be taken for one that was heard
        self.ledger.hear(message)?;
        Ok(step.remark)
    }

    fn sign_alert(&mut self, id: EntryId, alert: RelayedAlert, now: Timestamp) -> Result<Signed, SignError> {
        self.sign(Draft { id, version: None, body: Body::RelayedAlert(alert) }, now)
    }

    fn held_alert(&self, id: &EntryId) -> Option<RelayedAlert> {
        let newest = Believed::of(self).version(self.ledger.newest(id)?)?;
        if let Body::RelayedAlert(alert) = newest.body { Some(alert) } else { None }
    }
}

/// `cap.` and the identifier's plain characters and digest: readable, and no two alike.
fn entry_id(name: &Name) -> Result<EntryId, InvalidId> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let slug: String = name.identifier.chars().map(plain).take(60).collect();
    let whole = format!("{},{}", name.sender, name.identifier);
    let digest = Hash::of(whole.as_bytes()).to_string();
    let digest: String = digest.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    format!("cap.{}.{}", slug.trim_matches('-'), digest.to_ascii_lowercase()).parse()
}
