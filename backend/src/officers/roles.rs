//! Who may do what: `docs/roles.md` as code; a test holds the two together.

use serde::{Deserialize, Serialize};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Role {
    /// Decides what the ministry does.
    Gold,
    /// Leads a shift.
    Silver,
    /// Works on cases.
    Bronze,
    /// Takes calls; sees no list.
    CallTaker,
    /// Writes what is published.
    Publisher,
    /// Is the second who agrees to it.
    Approver,
    /// Keeps the keys.
    KeyKeeper,
    /// Reads what was done.
    Auditor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    SeeBoard,
    OpenCase,
    OwnCase,
    Take,
    Assign,
    Answer,
    Rank,
    Close,
    LookUp,
    Headcount,
    Audit,
    Officers,
    Publish,
    Approve,
    Keys,
    Decide,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Gold,
        Self::Silver,
        Self::Bronze,
        Self::CallTaker,
        Self::Publisher,
        Self::Approver,
        Self::KeyKeeper,
        Self::Auditor,
    ];

    pub fn rights(self) -> &'static [Right] {
        use Right::{
            Answer, Approve, Assign, Audit, Close, Decide, Headcount, Keys, LookUp, Officers, OpenCase, OwnCase,
            Publish, Rank, SeeBoard, Take,
        };
        match self {
            Self::Gold => &[
                SeeBoard, OpenCase, OwnCase, Take, Assign, Answer, Rank, Close, LookUp, Headcount, Audit, Officers,
                Approve, Decide,
            ],
            Self::Silver => {
                &[SeeBoard, OpenCase, OwnCase, Take, Assign, Answer, Rank, Close, LookUp, Headcount, Officers]
            }
            Self::Bronze => &[SeeBoard, OpenCase, OwnCase, Take, Assign, Answer, Rank, Close, LookUp],
            Self::CallTaker => &[OwnCase],
            Self::Publisher => &[Headcount, Publish],
            Self::Approver => &[Headcount, Approve],
            Self::KeyKeeper => &[Officers, Keys],
            Self::Auditor => &[Audit],
        }
    }

    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// Whether an officer of this role makes and ends officers of the other: nobody makes one who may more, but Gold, and
    /// who holds the keys, who makes no Gold.
    pub fn may_make(self, other: Self) -> bool {
        let below = other.rights().iter().all(|right| self.may(*right));
        self == Self::Gold || self == Self::KeyKeeper && other != Self::Gold || self.may(Right::Officers) && below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(value: impl Serialize) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn the_published_table_is_this_one() {
        let published = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/roles.md")).unwrap();
        for role in Role::ALL {
            let rights: Vec<_> = role.rights().iter().map(|right| format!("`{}`", word(right))).collect();
            let row = format!("| `{}` | {} |", word(role), rights.join(" "));
            assert!(published.contains(&row), "{row}");
        }
    }

    #[test]
    fn nobody_makes_an_officer_who_may_more_than_they() {
        for (maker, other) in Role::ALL.into_iter().flat_map(|maker| Role::ALL.map(|other| (maker, other))) {
            let more = other.rights().iter().any(|right| !maker.may(*right));
            let any = [Role::Gold, Role::KeyKeeper].contains(&maker);
            assert!(any || !maker.may_make(other) || !more, "{maker:?} {other:?}");
        }
        assert!(!Role::KeyKeeper.may_make(Role::Gold) && Role::KeyKeeper.may_make(Role::Silver));
        assert!(Role::Silver.may_make(Role::CallTaker) && !Role::Silver.may_make(Role::Gold));
        assert!(!Role::Bronze.may_make(Role::CallTaker), "only who may make officers at all");
    }
}
