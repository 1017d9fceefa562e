//! What the desk knows of a case: from the words, and from what was sealed with them and with the device's trips.

use std::collections::BTreeSet;

use contract::{
    record::{GivenBy, Kind, Need, Needs, PrivateTrip, SafeContact},
    words::Tag,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cases::WordBy;
use crate::desk::{alike::Description, opening::Opened};

/// What a list shows of a case, and what its rank rests on. It stands closed in the database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Empty where nobody has given one.
    pub name: String,
    pub phone: String,
    pub language: Option<Tag>,
    /// The newest, as they were said.
    pub words: String,
    pub word_by: Option<WordBy>,
    pub people: Option<u32>,
    pub needs: BTreeSet<Need>,
    pub medicine_days: Option<u16>,
    pub wheelchair: bool,
    pub pregnant: bool,
    pub infant: bool,
    pub call_unanswered: bool,
    /// Something that was sealed does not open.
    pub shut: bool,
    /// Nobody calls them: they cannot speak, or must not be heard.
    pub write_only: bool,
    /// Nobody writes to them either, but when they said that it is safe.
    pub no_letters: bool,
    /// When it is safe, in their words.
    pub safe_when: String,
    /// Where they are, in their words.
    pub place: String,
    /// Of what was told by voice: `YYYY-MM-DD`, or the year.
    pub birth_date: String,
    pub document: String,
    /// Who called about them.
    pub caller_name: String,
    pub caller_phone: String,
    /// To speak with who called.
    pub caller_language: Option<Tag>,
    /// Number and name were read back to who called.
    pub read_back: bool,
    /// Nobody hears from them.
    pub lost_touch: bool,
    /// It is not proven that the device wrote it: nothing of the device's own is known of them.
    pub unconfirmed: bool,
}

impl Facts {
    /// From what was opened of the word and of the trips.
    pub fn read(opened: &[Opened]) -> Self {
        let mut facts = Self { shut: opened.iter().any(|part| part.fault.is_some()), ..Self::default() };
        for part in opened {
            let Some(content) = &part.content else { continue };
            match part.kind {
                Kind::Trip => facts.add_trip(content),
                Kind::CheckIn => facts.add_word(content),
                Kind::Message => facts.add_text(content),
                Kind::Device | Kind::Call | Kind::Receipts => {}
            }
        }
        facts
    }

    fn add_trip(&mut self, content: &Value) {
        // what another app sealed in another shape is shown on the case's page as it is
        let Ok(trip) = PrivateTrip::deserialize(content) else { return };
        let first = trip.people.first();
        if self.name.is_empty() {
            self.name = first.map(|person| person.name.clone()).unwrap_or_default();
        }
        if self.phone.is_empty() {
            self.phone = trip.phone.clone();
        }
        self.language = self.language.take().or(trip.language);
        self.add_needs(&trip.needs);
        trip.people.iter().for_each(|person| self.add_needs(&person.needs));
    }

    fn add_needs(&mut self, needs: &Needs) {
        self.medicine_days = self.medicine_days.into_iter().chain(needs.medicine_days).min();
        self.wheelchair |= needs.wheelchair;
        self.pregnant |= needs.pregnant;
        self.infant |= needs.infant;
    }

    fn add_word(&mut self, content: &Value) {
        let word = Word::deserialize(content).unwrap_or_else(|_| Word::bare(content));
        if !word.words.is_empty() {
            self.words = word.words;
        }
        self.word_by = word.by.map(WordBy::from);
        self.needs.extend(word.needs);
        self.medicine_days = self.medicine_days.into_iter().chain(word.medicine_days).min();
        self.write_only |= word.write_only || word.contact.may_call == Some(false);
        self.no_letters |= word.contact.may_write == Some(false);
        if !word.contact.when.is_empty() {
            self.safe_when = word.contact.when;
        }
        if let Some(place) = word.place.filter(|place| !place.words.is_empty()) {
            self.place = place.words;
        }
        self.language = word.language.or(self.language.take());
    }

    fn add_text(&mut self, content: &Value) {
        let text = |name: &str| content.get(name).and_then(Value::as_str);
        self.words = text("text").unwrap_or_default().to_owned();
        self.word_by = Some(WordBy::Traveller);
        self.language = text("language").and_then(|tag| tag.parse().ok()).or(self.language.take());
    }

    /// Whether somebody else may see or hear what comes: everything goes silent and under a neutral title.
    pub fn is_quiet(&self) -> bool {
        self.needs.iter().any(|need| need.is_quiet())
    }

    /// Of whom they speak.
    pub fn description(self) -> Description {
        let Self { phone, name, birth_date, document, caller_phone, .. } = self;
        Description { number: phone, name, birth_date, document, kin: caller_phone }
    }

    pub fn has_children_alone(&self) -> bool {
        self.needs.contains(&Need::ChildAlone)
    }
}

/// What the desk reads of a check-in's sealed part, whichever app wrote it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Word {
    words: String,
    by: Option<GivenBy>,
    needs: Vec<Need>,
    medicine_days: Option<u16>,
    write_only: bool,
    language: Option<Tag>,
    contact: SafeContact,
    place: Option<Place>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Place {
    words: String,
}

impl Word {
    /// What is of another shape than this desk knows still has words.
    fn bare(content: &Value) -> Self {
        let words = content.get("words").and_then(Value::as_str).unwrap_or_default();
        Self { words: words.to_owned(), needs: vec![Need::Other], ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn opened(kind: Kind, content: Value) -> Opened {
        Opened { kind, id: "x".into(), legs: Vec::new(), content: Some(content), fault: None }
    }

    #[test]
    fn the_shortest_medicine_of_anybody_counts_and_a_need_that_is_not_known_is_one() {
        let consent = json!({
            "text": "x", "version": 1, "language": "kk", "at": "2026-03-01T06:00:00Z", "by": "traveller",
        });
        let trip = json!({
            "consent": consent, "adults": 2, "legs": [], "phone": "+77010000001", "language": "kk",
            "people": [
                { "number": 1, "name": "Айгүл", "needs": { "medicine_days": 5 } },
                { "number": 2, "name": "Марат", "needs": { "medicine_days": 2, "wheelchair": true } },
            ],
        });
        let word = json!({ "words": "Көмек керек", "by": "proxy", "needs": ["violence", "of_a_later_app"] });
        let facts = Facts::read(&[opened(Kind::Trip, trip), opened(Kind::CheckIn, word)]);
        assert_eq!((facts.name.as_str(), facts.medicine_days, facts.wheelchair), ("Айгүл", Some(2), true));
        assert_eq!(facts.needs, BTreeSet::from([Need::Violence, Need::Other]));
        assert!(facts.is_quiet() && !facts.has_children_alone());
        assert_eq!(facts.word_by, Some(WordBy::Proxy));
    }

    #[test]
    fn what_does_not_open_or_is_of_another_shape_loses_nothing_else() {
        let shut = Opened {
            kind: Kind::CheckIn,
            id: "x".into(),
            legs: Vec::new(),
            content: None,
            fault: Some("sealed to another".into()),
        };
        let facts = Facts::read(&[shut, opened(Kind::Trip, json!("x")), opened(Kind::Message, json!({ "text": "y" }))]);
        assert!(facts.shut);
        assert_eq!(facts.words, "y");
        let strange = Facts::read(&[opened(Kind::CheckIn, json!({ "words": "z", "needs": { "trapped": true } }))]);
        assert_eq!((strange.words.as_str(), strange.needs), ("z", BTreeSet::from([Need::Other])));
    }

    #[test]
    fn whom_a_call_can_harm_is_not_called() {
        let contact = json!({ "may_write": true, "may_call": false, "when": "21-23" });
        let facts = Facts::read(&[opened(Kind::CheckIn, json!({ "needs": ["detained"], "contact": contact }))]);
        assert!(facts.write_only && !facts.no_letters && facts.is_quiet());
        assert_eq!(facts.safe_when, "21-23");
    }
}
