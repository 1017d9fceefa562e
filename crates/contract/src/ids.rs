//! Ids, checked once where they enter.

use std::{fmt, str::FromStr};

use rand::Rng;
use serde::{Deserialize, Serialize};
use uuid::{Uuid, fmt::Hyphenated};

/// A text that is not such an id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a valid {what}")]
pub struct InvalidId {
    /// What it should have been, for a log.
    pub what: &'static str,
}

/// Version 4: what an app makes. Another kind could tell the time or the machine it was made on.
fn is_random(uuid: Uuid) -> bool {
    uuid.get_version() == Some(uuid::Version::Random) && uuid.get_variant() == uuid::Variant::RFC4122
}

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "Uuid")]
        #[ts(type = "string")]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(Uuid);

        impl $name {
            /// The id of what is never sent.
            pub const NIL: Self = Self(Uuid::nil());

            /// A new random (version 4) id.
            pub fn random(rng: &mut impl Rng) -> Self {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                // in the one form of RFC 9562, and not braced, as a URN, or without hyphens
                let uuid: Hyphenated = text.parse().map_err(|_| InvalidId { what: $what })?;
                uuid.into_uuid().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl TryFrom<Uuid> for $name {
            type Error = InvalidId;
            fn try_from(uuid: Uuid) -> Result<Self, InvalidId> {
                if is_random(uuid) || uuid.is_nil() { Ok(Self(uuid)) } else { Err(InvalidId { what: $what }) }
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

uuid_id! {
    /// One installation of the app.
    DeviceId, "device id";
    /// A trip, made by the app.
    TripId, "trip id";
    /// A check-in, made by the app.
    CheckInId, "check-in id";
    /// A tap on the call button, made by the app.
    CallId, "call id";
    /// A message between desk and device, made by who writes it.
    MessageId, "message id";
}

/// A short printable token: lower-case letters, digits, `.`, `_` and `-`, 1 to 120 of them.
fn is_slug(text: &str) -> bool {
    (1..=120).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

macro_rules! slug_id {
    ($($(#[$doc:meta])* $name:ident, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId { what: $what }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

slug_id! {
    /// What an entry is about; its versions share it.
    EntryId, "entry id";
    /// The name of a key in a key set.
    KeyId, "key id";
}

impl KeyId {
    /// Of the key that is made from a code on paper; each device has one at most.
    pub fn of_paper() -> Self {
        Self("paper".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_record_is_a_random_uuid() {
        assert!("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse::<TripId>().is_ok());
        // versions 1 and 7, and a variant of Microsoft's
        for other in [
            "c232ab00-9414-11ec-b3c8-9f6bdeced846",
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
            "5f0c2d0e-7f6e-4a52-ca5e-6f1f0a6f3f11",
            // other ways to write one
            "5f0c2d0e7f6e4a529a5e6f1f0a6f3f11",
            "{5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11}",
            "urn:uuid:5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11",
            "x",
        ] {
            assert!(other.parse::<TripId>().is_err(), "{other}");
            assert!(serde_json::from_value::<TripId>(other.into()).is_err(), "{other}");
        }
    }

    #[test]
    fn slugs_take_only_plain_characters() {
        assert!("advisory.ae-1".parse::<EntryId>().is_ok());
        for bad in ["", "Capital", "a b", "ә", "a/b"] {
            assert!(bad.parse::<EntryId>().is_err(), "{bad}");
        }
        assert!("a".repeat(121).parse::<EntryId>().is_err());
    }
}
