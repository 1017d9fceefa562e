//! The journey of the story, laid around the present moment: they landed in Dubai yesterday.

use jiff::{Timestamp, ToSpan, civil::Date, tz};

use crate::{Result, now};

pub const HOTEL: &str = "Al Bandar Creek 1407";
pub const FLIGHT: &str = "QR 391";
pub const PHONE: &str = "+77011112233";
pub const KIN_NAME: &str = "Жүсіпова Айгүл";
pub const KIN_PHONE: &str = "+77015557788";

/// What must never be readable at the front. The traveller types their own phone and four private things more.
pub const PRIVATE: [&str; 7] = [HOTEL, "Al Bandar", PHONE, "77011112233", KIN_NAME, "Жүсіпова", "77015557788"];

pub struct Plan {
    /// The day of both the transit and the arrival, in Dubai.
    pub arrival: Date,
    /// The day of leaving: five nights later.
    pub leaving: Date,
}

impl Plan {
    pub fn around_now() -> Result<Self> {
        let today = now().to_zoned(tz::offset(4).to_time_zone()).date();
        let arrival = today.checked_sub(1.day())?;
        Ok(Self { arrival, leaving: arrival.checked_add(5.days())? })
    }

    /// As the form takes days.
    pub fn typed(day: Date) -> String {
        day.strftime("%d.%m.%Y").to_string()
    }

    /// A night of the stay that is still ahead.
    pub fn a_night(&self) -> Result<Timestamp> {
        at(self.arrival.checked_add(3.days())?, 23, 4)
    }

    /// Between the landing and the take-off in Doha.
    pub fn in_transit(&self) -> Result<Timestamp> {
        at(self.arrival, 4, 3)
    }

    pub fn a_day_before(&self) -> Result<Timestamp> {
        at(self.arrival.checked_sub(1.day())?, 3, 3)
    }

    pub fn two_days_after(&self) -> Result<Timestamp> {
        at(self.leaving.checked_add(2.days())?, 12, 4)
    }
}

fn at(day: Date, hour: i8, offset: i8) -> Result<Timestamp> {
    Ok(day.at(hour, 0, 0, 0).to_zoned(tz::offset(offset).to_time_zone())?.timestamp())
}
