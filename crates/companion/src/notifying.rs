//! Who is told of what, and when: each thing once, committed before it is shown, delivered once it was.

use contract::{ids::EntryId, place::Area};
use jiff::Timestamp;

use crate::{
    advisories::{self, Part, Warning},
    concern::Concern,
    facts::Facts,
    host::NotShown,
    notices::{self, Notice},
    session::Session,
    store::{Saying, Told},
};

/// What is to be shown, and what is remembered of it.
struct Due {
    entry: EntryId,
    version: u32,
    notice: Notice,
    saying: Saying,
    headline: String,
    areas: Vec<Area>,
    report: bool,
}

impl Session {
    /// Notifies what newly concerns the traveller.
    pub(crate) fn notify_due(&self) {
        self.notify(None);
    }

    /// What just came is judged by the time it was signed too: a wrong clock keeps no warning quiet.
    pub(crate) fn notify(&self, just_came: Option<&EntryId>) {
        let claimed = self.with_facts(|facts| {
            let mut claimed = due(facts, just_came);
            let mut failed = None;
            claimed.retain(|due| match self.store.claim_notice(&due.told(), facts.now) {
                Ok(is_claimed) => is_claimed,
                Err(error) => {
                    failed = Some(error);
                    false
                }
            });
            if facts.discreet {
                for due in &mut claimed {
                    due.notice = notices::discreet(facts.lang, due.notice.clone());
                }
            }
            (claimed, failed, facts.now)
        });
        match claimed {
            Ok((claimed, failed, now)) => {
                if let Some(error) = failed {
                    tracing::error!(%error, "a notification could not be kept");
                }
                claimed.into_iter().for_each(|due| self.show(due, now));
            }
            Err(error) => tracing::error!(%error, "advisories could not be matched"),
        }
    }

    /// One that the system does not show is claimed again later.
    fn show(&self, due: Due, at: Timestamp) {
        let store = self.store.clone();
        let Due { entry: id, version, notice, saying, .. } = due;
        let shown =
            move |shown: Result<(), NotShown>| match shown.map(|()| store.notice_shown(&id, version, saying, at)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, %id, "that it was shown could not be kept"),
                Err(error) => tracing::error!(%error, %id, "it is tried again later"),
            };
        self.window.notify(notice, Box::new(shown));
    }
}

impl Due {
    fn told(&self) -> Told {
        Told {
            entry: self.entry.clone(),
            version: self.version,
            saying: self.saying,
            headline: self.headline.clone(),
            areas: self.areas.clone(),
            loudness: Some(self.notice.loudness),
            report: self.report,
            shown_at: None,
            warned_at: None,
            dismissed: false,
        }
    }
}

fn due(facts: &Facts, just_came: Option<&EntryId>) -> Vec<Due> {
    let mut due = Vec::new();
    for warning in advisories::warnings(facts.bulletin) {
        due.extend(warned(facts, &warning, just_came).or_else(|| ended(facts, &warning)));
    }
    due.extend(facts.told.iter().filter(|told| told.saying == Saying::Void).filter_map(|told| voided(facts, told)));
    due
}

fn concerns(facts: &Facts, part: &Part, past: bool) -> bool {
    // home is only assumed: what holds in a part of the country rings nobody for it
    let holds_in_all = part.areas.iter().all(|area| !area.has_shape());
    let here = if holds_in_all { facts.where_now() } else { facts.leg() };
    advisories::concern(part, facts.legs(), here, facts.now, past) != Concern::Elsewhere
}

/// A warning to whom it concerns, from when it is said on, however much later it begins.
fn warned(facts: &Facts, warning: &Warning, just_came: Option<&EntryId>) -> Option<Due> {
    let signed_at = warning.entry.issued_at;
    let doubts_clock = just_came == Some(&warning.entry.id) && facts.bulletin.doubts(facts.now, signed_at);
    let is_said = |part: &Part| part.is_said(facts.now) || doubts_clock && part.is_said(signed_at);
    let due = warning.parts.iter().filter(|part| is_said(part) && concerns(facts, part, false));
    let part = due.max_by_key(|part| (part.severity, part.urgency))?;
    // a place that was only chosen here is told to nobody, by no receipt either
    let report = advisories::concern(part, facts.legs(), None, facts.now, false) != Concern::Elsewhere;
    Some(Due {
        entry: warning.entry.id.clone(),
        version: warning.entry.version,
        notice: notices::warning(facts, warning, part)?,
        saying: Saying::Warning,
        headline: notices::heading(facts, part)?.words,
        areas: part.areas.to_vec(),
        report,
    })
}

/// An ending to those who were told of what it ends. Where it ends some parts only, to those whom these concerned and
/// no other does.
fn ended(facts: &Facts, warning: &Warning) -> Option<Due> {
    let told = facts.told_before(&warning.entry.id, warning.entry.version)?;
    if told.saying != Saying::Warning || facts.is_told(&warning.entry.id, warning.entry.version) {
        return None;
    }
    let is_whole = warning.is_ending();
    let still_warns = |part: &Part| part.is_said(facts.now) && concerns(facts, part, false);
    if !is_whole && warning.parts.iter().any(still_warns) {
        return None;
    }
    let over = warning.parts.iter().filter(|part| part.is_ended && (is_whole || concerns(facts, part, true)));
    let part = over.max_by_key(|part| (concerns(facts, part, true), part.severity));
    if part.is_none() && !is_whole {
        return left_out(facts, warning, told);
    }
    let headline = part.and_then(|part| notices::heading(facts, part)).map(|heading| heading.words);
    Some(Due {
        entry: warning.entry.id.clone(),
        version: warning.entry.version,
        notice: notices::ending(facts, warning, part, told),
        saying: Saying::Ending,
        headline: headline.unwrap_or_else(|| told.headline.clone()),
        areas: Vec::new(),
        report: told.report,
    })
}

/// The end for those who were told of a warning and still are, or will be, where it held, when its new version names
/// other places alone.
fn left_out(facts: &Facts, warning: &Warning, told: &Told) -> Option<Due> {
    let holds = warning.parts.iter().find(|part| !advisories::state(part, facts.now).is_over())?;
    let before = Part { areas: &told.areas, ..*holds };
    if warning.parts.iter().any(|part| concerns(facts, part, false)) || !concerns(facts, &before, false) {
        return None;
    }
    Some(Due {
        entry: warning.entry.id.clone(),
        version: warning.entry.version,
        notice: notices::left_out(facts, warning, told),
        saying: Saying::Ending,
        headline: told.headline.clone(),
        areas: Vec::new(),
        report: told.report,
    })
}

fn voided(facts: &Facts, told: &Told) -> Option<Due> {
    if told.shown_at.is_some() {
        return None;
    }
    Some(Due {
        entry: told.entry.clone(),
        version: told.version,
        notice: notices::void(facts, told),
        saying: Saying::Void,
        headline: told.headline.clone(),
        areas: Vec::new(),
        report: false,
    })
}
