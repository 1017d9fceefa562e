//! Single values: the ministry this folder is bound to, the language, how far the log was followed.

use rusqlite::{Connection, OptionalExtension};

use super::database::{Damage, Result, Store};

/// What a setting that is on holds; one that is off is not kept.
pub const YES: &str = "yes";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Ministry,
    DeviceId,
    DeviceToken,
    DevicePrivateKey,
    DevicePublicKey,
    Language,
    Head,
    HeadTag,
    WatermarkTag,
    Watermark,
    FollowedSeq,
    FollowedHash,
    ProvenSeq,
    /// The number of the key set whose watermark names a snapshot that is wanted.
    SnapshotWanted,
    /// The lowest schema that may open this file: what was added since stands in nobody's way.
    LowestSchema,
    LastHeard,
    RegisterEpoch,
    PrefersText,
    /// Who this app is of was read and put away.
    Welcomed,
    /// In which the family is told.
    FamilyLanguage,
    /// Notifications say neither what nor where.
    Discreet,
    /// What locks the trips, as JSON.
    Pin,
    /// PINs that were wrong, as JSON.
    PinTries,
    /// What was damaged and made good, as JSON.
    Mended,
    /// Which key closed what names people when the app was opened last.
    ClosedWith,
    /// The place chosen by hand, as JSON.
    Choice,
    /// In which country they were as a trip under way was deleted, and when, as JSON.
    WasIn,
    /// Digest of the bulletin that came with the app and was taken.
    Shipped,
    /// What was agreed to last, as JSON.
    Consent,
    /// The same for naming the next of kin.
    ConsentOfKin,
    /// What the ministry holds of devices that this phone was, as JSON.
    LeftBehind,
    /// What is kept of the code on paper that was made last, as JSON.
    Paper,
    /// The last split of a trip, while it can be taken back, as JSON.
    Split,
    /// The trip and its list before it, as JSON.
    BeforeSplit,
    /// The last word that was written as an SMS, and what that says, as JSON.
    BySms,
    /// The call whose outcome is asked no more.
    Unasked,
    /// The last change of a plan by one press, while it can be taken back, as JSON.
    PlanChange,
    /// The trip before it, as JSON.
    BeforePlanChange,
    /// The tokens by which trips moved here from other devices, as JSON.
    TakenOver,
    /// How far the ministry's letters were read: the next number, the register's epoch.
    LettersRead,
}

impl Setting {
    /// What the ministry said, the language of the screens, what is of the file itself, and what cannot be erased from
    /// here. All others are the traveller's, those to come too, and go where everything of theirs is erased.
    pub const NOT_PERSONAL: [Self; 17] = [
        Self::Ministry,
        Self::Language,
        Self::Head,
        Self::HeadTag,
        Self::Watermark,
        Self::WatermarkTag,
        Self::FollowedSeq,
        Self::FollowedHash,
        Self::ProvenSeq,
        Self::SnapshotWanted,
        Self::LowestSchema,
        Self::LastHeard,
        Self::RegisterEpoch,
        Self::Welcomed,
        Self::ClosedWith,
        Self::Shipped,
        Self::LeftBehind,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::DeviceId => "device_id",
            Self::DeviceToken => "device_token",
            Self::DevicePrivateKey => "device_private_key",
            Self::DevicePublicKey => "device_public_key",
            Self::Language => "language",
            Self::Head => "newest_head",
            Self::HeadTag => "newest_head_tag",
            Self::Watermark => "watermark",
            Self::WatermarkTag => "watermark_tag",
            Self::FollowedSeq => "followed_seq",
            Self::FollowedHash => "followed_hash",
            Self::ProvenSeq => "proven_seq",
            Self::SnapshotWanted => "snapshot_wanted",
            Self::LowestSchema => "lowest_schema",
            Self::LastHeard => "last_heard",
            Self::RegisterEpoch => "register_epoch",
            Self::PrefersText => "prefers_text",
            Self::Welcomed => "welcomed",
            Self::FamilyLanguage => "family_language",
            Self::Discreet => "discreet",
            Self::Pin => "pin",
            Self::PinTries => "pin_tries",
            Self::Mended => "mended",
            Self::ClosedWith => "closed_with",
            Self::Choice => "choice",
            Self::WasIn => "was_in",
            Self::Shipped => "shipped_snapshot",
            Self::Consent => "consent",
            Self::ConsentOfKin => "consent_of_kin",
            Self::LeftBehind => "left_behind",
            Self::Paper => "paper",
            Self::Split => "split",
            Self::BeforeSplit => "before_split",
            Self::BySms => "by_sms",
            Self::Unasked => "unasked",
            Self::PlanChange => "plan_change",
            Self::BeforePlanChange => "before_plan_change",
            Self::TakenOver => "taken_over",
            Self::LettersRead => "letters_read",
        }
    }
}

pub(super) fn write(connection: &Connection, setting: Setting, value: &str) -> Result<()> {
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (setting.name(), value),
    )?;
    Ok(())
}

pub(super) fn write_all(connection: &Connection, settings: &[(Setting, String)]) -> Result<()> {
    settings.iter().try_for_each(|(setting, value)| write(connection, *setting, value))
}

pub(super) fn read(connection: &Connection, setting: Setting) -> Result<Option<String>> {
    Ok(connection
        .query_row("SELECT value FROM setting WHERE name = ?1", [setting.name()], |row| row.get(0))
        .optional()?)
}

/// The same for what can be had again: as if it were not kept where it cannot be read.
pub(super) fn read_any(connection: &Connection, setting: Setting, damage: &Damage) -> Result<Option<String>> {
    Ok(damage.readable(read(connection, setting))?.flatten())
}

/// A setting that is of a trip names it as `trip`.
const OF_THE_TRIP: &str = "name = ?1 AND json_valid(value) AND json_extract(value, '$.trip') = ?2";

/// The trip is no more: a setting that is of it goes too.
pub(super) fn remove_of(connection: &Connection, setting: Setting, trip: &str) -> Result<()> {
    connection.execute(&format!("DELETE FROM setting WHERE {OF_THE_TRIP}"), (setting.name(), trip))?;
    Ok(())
}

/// The trip has another id now.
pub(super) fn rename_trip(connection: &Connection, setting: Setting, before: &str, after: &str) -> Result<()> {
    let sql = format!("UPDATE setting SET value = json_set(value, '$.trip', ?3) WHERE {OF_THE_TRIP}");
    connection.execute(&sql, (setting.name(), before, after))?;
    Ok(())
}

/// Of all that are kept.
pub(super) fn names(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM setting")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn remove(connection: &Connection, setting: Setting) -> Result<()> {
    connection.execute("DELETE FROM setting WHERE name = ?1", [setting.name()])?;
    Ok(())
}

impl Store {
    pub fn setting(&self, setting: Setting) -> Result<Option<String>> {
        read_any(&self.lock(), setting, &Damage::default())
    }

    pub fn set(&self, setting: Setting, value: &str) -> Result<()> {
        write(&self.lock(), setting, value)
    }

    pub fn unset(&self, setting: Setting) -> Result<()> {
        remove(&self.lock(), setting)
    }

    /// Keeps that a setting is on, or off.
    pub fn turn(&self, setting: Setting, on: bool) -> Result<()> {
        if on { self.set(setting, YES) } else { self.unset(setting) }
    }
}
