//! Which number the call bar dials: the best line for where the traveller is.

use contract::{
    ids::EntryId,
    lines::{Line, LineState, Mission},
    profile::{Profile, ProfileLine},
    words::Words,
};

use crate::{
    trips::PlannedLeg,
    view::{CallBar, CallBarKind},
};

/// The number that works on a mobile phone in most of the world, for an app with no ministry.
pub const EMERGENCY: &str = "112";

/// A mission's line where one serves the country of `here` (one in the same city first, an open one before an
/// overloaded one), else the ministry's own line, else the profile's.
pub fn best_line<'a>(
    profile: &Profile,
    lines: impl Iterator<Item = &'a Line> + Clone,
    mission: impl Fn(&EntryId) -> Option<&'a Mission>,
    here: Option<&PlannedLeg>,
) -> CallBar {
    let answering = |line: &&Line| matches!(line.state, LineState::Open | LineState::Overloaded);
    let of_mission = here.and_then(|here| {
        lines
            .clone()
            .filter(answering)
            .filter_map(|line| Some((line, mission(line.mission.as_ref()?)?)))
            .filter(|(_, mission)| mission.serves.contains(&here.country))
            .min_by_key(|(line, mission)| {
                (mission.city != here.place, line.state == LineState::Overloaded, mission.country != here.country)
            })
    });
    if let Some((line, mission)) = of_mission {
        return CallBar { name: mission.name.clone(), ..call_bar(line, CallBarKind::Mission) };
    }
    let of_ministry = lines
        .filter(answering)
        .filter(|line| line.mission.is_none())
        .min_by_key(|line| line.state == LineState::Overloaded);
    match of_ministry {
        Some(line) => call_bar(line, CallBarKind::Ministry),
        None => of_profile(profile),
    }
}

fn call_bar(line: &Line, kind: CallBarKind) -> CallBar {
    CallBar { number: line.number.clone(), name: line.name.clone(), hours: line.hours.clone(), demo: line.demo, kind }
}

pub fn of_profile(profile: &Profile) -> CallBar {
    let ProfileLine { name, hours, number } = profile.line.clone();
    CallBar { number, name, hours, demo: profile.demo, kind: CallBarKind::Ministry }
}

pub fn of_nobody() -> CallBar {
    CallBar {
        number: EMERGENCY.to_owned(),
        name: Words::new("Жергілікті жедел қызметтер", "Местные экстренные службы", "Local emergency services"),
        hours: Words::new("тәулік бойы", "круглосуточно", "day and night"),
        demo: false,
        kind: CallBarKind::Emergency,
    }
}

#[cfg(test)]
mod tests;
