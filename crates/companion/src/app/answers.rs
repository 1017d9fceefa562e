//! What is asked of the app and it answers with no network, with or without a store.

use atlas::PlaceKey;
use contract::{
    guidance::Topic,
    place::{CountryCode, Position},
};

use super::{Companion, State, lock};
use crate::{
    advice,
    bulletin::Bulletin,
    compose,
    error::Failure,
    guidance,
    search::{self, Index},
    store::StoreError,
    trips::Place,
    view::{AdvisoryState, Contacts, CountryPage, Hit, LevelView, PlaceAt, Target},
};

/// A longer text was pasted by mistake.
const MOST_TYPED: usize = 200;

impl Companion {
    /// The shipped topics, and the ministry's own over them.
    pub fn topics(&self) -> Vec<Topic> {
        match &self.state {
            State::Ready(ready) => ready.topics(),
            State::NoMinistry | State::Trouble { .. } => guidance::topics([]),
        }
    }

    pub fn country_page(&self, code: CountryCode) -> Result<CountryPage, Failure> {
        match &self.state {
            State::Ready(ready) => compose::country_page(ready, code),
            State::NoMinistry | State::Trouble { .. } => compose::country_page_without_store(code, (self.clock)()),
        }
    }

    /// All missions, lines and chats.
    pub fn contacts(&self) -> Result<Contacts, Failure> {
        match &self.state {
            State::Ready(ready) => Ok(compose::contacts(ready)?),
            State::NoMinistry | State::Trouble { .. } => Ok(Contacts::default()),
        }
    }

    /// The level of every country that has one.
    pub fn levels(&self) -> Vec<LevelView> {
        self.ready().map_or_else(|_| Vec::new(), |ready| compose::levels(ready))
    }

    /// Places as a person types them.
    pub fn look_up(&self, typed: &str) -> Result<Vec<Place>, Failure> {
        Ok(compose::look_up(&shortened(typed), &self.own_places()?))
    }

    /// The answers to what was typed, from everything the app knows. Nothing of it is kept.
    pub fn search(&self, typed: &str) -> Result<Vec<Hit>, Failure> {
        let own = self.own_places()?;
        let mut index = lock(&self.index);
        let newest = self.ready().map_or(0, |ready| ready.bulletin().revision());
        if index.as_ref().is_none_or(|(revision, _)| *revision != newest) {
            let topics = self.topics();
            let documents = match self.ready() {
                Ok(ready) => search::documents(&topics, &ready.bulletin()),
                Err(_no_store) => search::documents(&topics, &Bulletin::default()),
            };
            *index = Some((newest, Index::new(documents).map_err(StoreError::from)?));
        }
        let Some((_, index)) = index.as_ref() else { return Ok(Vec::new()) };
        let mut hits = search::search(index, &shortened(typed), self.lang(), &own).map_err(StoreError::from)?;
        hits.retain(|hit| self.holds(&hit.target));
        Ok(hits)
    }

    /// False for an advisory that is over: it passes without a word of the ministry.
    fn holds(&self, target: &Target) -> bool {
        let Target::Advisory { id } = target else { return true };
        let now = (self.clock)();
        self.ready().is_ok_and(|ready| {
            let bulletin = ready.bulletin();
            let state =
                bulletin.advisories().find(|(entry, _)| entry.id == *id).map(|(_, one)| advice::state(one, now));
            matches!(state, Some(AdvisoryState::InForce | AdvisoryState::Upcoming))
        })
    }

    fn own_places(&self) -> Result<Vec<PlaceKey>, Failure> {
        match &self.state {
            State::Ready(ready) => Ok(ready.own_places()?),
            State::NoMinistry | State::Trouble { .. } => Ok(Vec::new()),
        }
    }

    /// The country at a point on the map.
    pub fn place_at(&self, position: Position) -> PlaceAt {
        let profile = match &self.state {
            State::Ready(ready) => Some(&ready.profile),
            State::Trouble { profile, .. } => profile.as_deref(),
            State::NoMinistry => None,
        };
        compose::place_at(position, profile.map_or(&[], |profile| &profile.disputed))
    }

    /// Whether something the app vouches for names this address: no other is opened.
    pub fn names_link(&self, url: &str) -> bool {
        guidance::names_link(url) || self.ready().is_ok_and(|ready| ready.names_link(url))
    }
}

/// As much of what was typed as a person types.
fn shortened(typed: &str) -> String {
    typed.chars().take(MOST_TYPED).collect()
}

#[cfg(test)]
mod tests;
