//! How soon somebody must act, by the criteria of `docs/ranks.md`. It is a proposal: a named officer accepts or changes it.

use std::collections::BTreeSet;

use contract::record::{CaseKind, Need, Rank};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::facts::Facts;

/// Why a rank is proposed. The console has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Trapped,
    Violence,
    MedicineOut,
    Injured,
    ChildAlone,
    Detained,
    MedicineSoon,
    CallUnanswered,
    Infant,
    Pregnant,
    /// What was sealed does not open, and nobody knows what it says.
    Shut,
    NeedHelp,
    Shelter,
    Wheelchair,
    Stranded,
    Documents,
    Money,
    LostTouch,
}

/// A proposal with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub rank: Rank,
    pub because: Because,
}

/// The reason that weighs most, the facts in its sentence, and what else was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Because {
    pub code: Reason,
    #[serde(default)]
    pub facts: Weighed,
    #[serde(default)]
    pub also: Vec<Reason>,
}

/// The figures that a sentence names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Weighed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine_days: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
}

/// The criteria: a reason alone gives this rank.
pub fn rank_of(reason: Reason) -> Rank {
    match reason {
        Reason::Trapped | Reason::Violence | Reason::MedicineOut | Reason::Injured => Rank::Life,
        Reason::ChildAlone
        | Reason::Detained
        | Reason::MedicineSoon
        | Reason::CallUnanswered
        | Reason::Infant
        | Reason::Pregnant
        | Reason::Shut
        | Reason::NeedHelp => Rank::Hours,
        Reason::Shelter | Reason::Wheelchair | Reason::Stranded => Rank::Today,
        Reason::Documents | Reason::Money | Reason::LostTouch => Rank::Planned,
    }
}

/// Within what time somebody must have taken a case of this rank.
pub fn to_be_taken_within(rank: Rank) -> SignedDuration {
    match rank {
        Rank::Life => SignedDuration::from_mins(5),
        Rank::Hours | Rank::Other => SignedDuration::from_mins(30),
        Rank::Today => SignedDuration::from_hours(4),
        Rank::Planned => SignedDuration::from_hours(24),
    }
}

/// Medicine for so many days or fewer is as good as none: tomorrow it is gone.
const OUT_DAYS: u16 = 1;
/// Medicine for so many days or fewer is gone before a flight is found.
const SOON_DAYS: u16 = 3;

/// The most urgent of all reasons gives the rank; the rest stand beside it.
pub fn propose(facts: &Facts) -> Proposal {
    let mut found = reasons(facts);
    found.sort_by_key(|reason| (rank_of(*reason), *reason));
    // whoever asks for help and says no more is asked within hours
    let code = found.first().copied().unwrap_or(Reason::NeedHelp);
    let also = found.into_iter().skip(1).collect();
    let weighed = Weighed { medicine_days: facts.medicine_days, people: facts.people };
    Proposal { rank: rank_of(code), because: Because { code, facts: weighed, also } }
}

/// What is left of a proposal whose person was erased.
pub fn unknown() -> Because {
    Because { code: Reason::NeedHelp, facts: Weighed::default(), also: Vec::new() }
}

fn reasons(facts: &Facts) -> Vec<Reason> {
    let medicine = match facts.medicine_days {
        Some(days) if days <= OUT_DAYS => Some(Reason::MedicineOut),
        Some(days) if days <= SOON_DAYS => Some(Reason::MedicineSoon),
        Some(_) | None => None,
    };
    let more = [
        (facts.call_unanswered, Reason::CallUnanswered),
        (facts.infant, Reason::Infant),
        (facts.pregnant, Reason::Pregnant),
        (facts.wheelchair, Reason::Wheelchair),
        (facts.shut, Reason::Shut),
        (facts.lost_touch, Reason::LostTouch),
    ];
    let said: BTreeSet<Reason> = facts.needs.iter().map(|need| reason_of(*need)).collect();
    // medicine that lasts longer needs a doctor today, and not this hour
    let more = more.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason);
    said.into_iter().chain(medicine).chain(more).collect()
}

fn reason_of(need: Need) -> Reason {
    match need {
        Need::Trapped => Reason::Trapped,
        Need::Violence => Reason::Violence,
        Need::Injured => Reason::Injured,
        Need::ChildAlone => Reason::ChildAlone,
        Need::Detained => Reason::Detained,
        Need::Medical | Need::Other => Reason::NeedHelp,
        Need::Shelter => Reason::Shelter,
        Need::Stranded => Reason::Stranded,
        Need::Documents => Reason::Documents,
        Need::Money => Reason::Money,
    }
}

/// What a case is about, by the need that weighs most.
pub fn kind_of(facts: &Facts) -> CaseKind {
    let kind = |need: Need| match need {
        Need::Violence => CaseKind::Violence,
        Need::ChildAlone => CaseKind::ChildAlone,
        Need::Detained => CaseKind::Detained,
        Need::Injured | Need::Medical => CaseKind::Medical,
        Need::Shelter => CaseKind::Shelter,
        Need::Stranded => CaseKind::Stranded,
        Need::Documents => CaseKind::Documents,
        Need::Money => CaseKind::Money,
        Need::Trapped | Need::Other => CaseKind::Help,
    };
    let heaviest = facts.needs.iter().copied().min_by_key(|need| (rank_of(reason_of(*need)), reason_of(*need)));
    match heaviest {
        Some(need) => kind(need),
        None if facts.medicine_days.is_some_and(|days| days <= SOON_DAYS) => CaseKind::Medical,
        None if facts.lost_touch => CaseKind::LostTouch,
        None => CaseKind::Help,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn every_need() -> Vec<Need> {
        Need::KNOWN.iter().copied().chain([Need::Other]).collect()
    }

    fn facts() -> impl Strategy<Value = Facts> {
        let needs = proptest::collection::btree_set(proptest::sample::select(every_need()), 0..4);
        let flags = proptest::array::uniform5(any::<bool>());
        (needs, proptest::option::of(0_u16..30), flags).prop_map(|(needs, medicine_days, flags)| {
            let [call_unanswered, infant, pregnant, wheelchair, shut] = flags;
            Facts { needs, medicine_days, call_unanswered, infant, pregnant, wheelchair, shut, ..Facts::default() }
        })
    }

    proptest! {
        #[test]
        fn to_know_more_never_makes_a_case_less_urgent(one in facts(), other in facts()) {
            let both = Facts {
                needs: one.needs.union(&other.needs).copied().collect(),
                medicine_days: one.medicine_days.into_iter().chain(other.medicine_days).min(),
                call_unanswered: one.call_unanswered || other.call_unanswered,
                infant: one.infant || other.infant,
                pregnant: one.pregnant || other.pregnant,
                wheelchair: one.wheelchair || other.wheelchair,
                shut: one.shut || other.shut,
                ..Facts::default()
            };
            // what says nothing is asked within hours, and may turn out to be less
            prop_assume!(!reasons(&one).is_empty());
            prop_assert!(propose(&both).rank <= propose(&one).rank);
        }

        #[test]
        fn a_rank_is_the_one_of_the_reason_that_is_told(facts in facts()) {
            let Proposal { rank, because } = propose(&facts);
            prop_assert_eq!(rank, rank_of(because.code));
            prop_assert!(because.also.iter().all(|reason| rank_of(*reason) >= rank));
        }
    }

    #[test]
    fn the_published_criteria_are_these() {
        let of = |facts: Facts| {
            let proposal = propose(&facts);
            (proposal.rank, proposal.because.code)
        };
        let needs = |need: Need| Facts { needs: BTreeSet::from([need]), ..Facts::default() };
        let medicine = |days| Facts { medicine_days: Some(days), ..Facts::default() };
        assert_eq!(of(needs(Need::Trapped)), (Rank::Life, Reason::Trapped));
        assert_eq!(of(needs(Need::Violence)), (Rank::Life, Reason::Violence));
        assert_eq!(of(needs(Need::ChildAlone)), (Rank::Hours, Reason::ChildAlone));
        assert_eq!(of(needs(Need::Documents)), (Rank::Planned, Reason::Documents));
        assert_eq!(of(medicine(1)), (Rank::Life, Reason::MedicineOut));
        assert_eq!(of(medicine(3)), (Rank::Hours, Reason::MedicineSoon));
        assert_eq!(of(medicine(4)), (Rank::Hours, Reason::NeedHelp));
        assert_eq!(of(Facts::default()), (Rank::Hours, Reason::NeedHelp));
        assert_eq!(of(Facts { shut: true, ..needs(Need::Money) }), (Rank::Hours, Reason::Shut));
        assert_eq!(of(Facts { wheelchair: true, ..needs(Need::Money) }), (Rank::Today, Reason::Wheelchair));
    }

    #[test]
    fn every_criterion_is_published() {
        let published = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ranks.md")).unwrap();
        let all = every_need().into_iter().map(reason_of);
        let rest = [
            Reason::MedicineOut,
            Reason::MedicineSoon,
            Reason::CallUnanswered,
            Reason::Infant,
            Reason::Pregnant,
            Reason::Wheelchair,
            Reason::Shut,
            Reason::LostTouch,
        ];
        for reason in all.chain(rest) {
            let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
            let code = word(serde_json::to_value(reason).unwrap());
            let rank = word(serde_json::to_value(rank_of(reason)).unwrap());
            assert!(published.contains(&format!("| `{code}` | {rank} |")), "{code} {rank}");
        }
    }
}
