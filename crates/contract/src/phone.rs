//! Phone numbers, checked once where they enter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// E.164: a plus, then 7 to 15 digits. Whether such a number can exist is the desk's to say, by libphonenumber.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
#[schema(value_type = String, pattern = r"^\+[0-9]{7,15}$")]
pub struct PhoneNumber(String);

/// Not a plus and 7 to 15 digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a phone number in E.164: a plus, then 7 to 15 digits")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// As it is written: E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PhoneNumber {
    type Err = InvalidPhoneNumber;

    fn from_str(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let digits = text.strip_prefix('+').ok_or(InvalidPhoneNumber)?;
        if (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidPhoneNumber)
        }
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = InvalidPhoneNumber;

    fn try_from(text: String) -> Result<Self, InvalidPhoneNumber> {
        text.parse()
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

/// Whether a dialler takes `text` for a number and for nothing else: 2 to 15 digits, perhaps behind a plus. Local
/// emergency numbers are; service codes, pauses and parameters are not.
pub fn is_dialled(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (2..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_plus_and_seven_to_fifteen_digits() {
        for good in ["+1234567", "+442079460100", "+123456789012345"] {
            let number = good.parse::<PhoneNumber>().unwrap();
            assert_eq!((number.as_str(), number.to_string().as_str()), (good, good));
        }
        for bad in [
            "",
            "+",
            "112",
            "442079460100",
            "+123456",
            "+1234567890123456",
            "+44 2079460100",
            "+４４２０７９４６",
            "++1234567",
        ] {
            assert_eq!(bad.parse::<PhoneNumber>(), Err(InvalidPhoneNumber), "{bad}");
        }
    }

    #[test]
    fn only_phone_numbers_are_dialled() {
        for number in ["112", "999", "+442079460101"] {
            assert!(is_dialled(number), "{number}");
        }
        for other in ["", "1", "*%2306%23", "*#06#", "+44,1", "112;ext=1", "+4420794601011234", "٩٩٩"] {
            assert!(!is_dialled(other), "{other}");
        }
    }
}
