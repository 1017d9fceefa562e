//! What is written now: the ministry's word and calls for help before all else, where the disk fills up and where one
//! device writes without end.

use std::{net::IpAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use contract::{http::Code, ids::DeviceId};

use super::auth::Writer;
use crate::{
    Clock,
    disk::{self, Room},
    http::{admission::neighbourhood, problem::ApiError, rate::Allowance},
};

/// So many writes of one device at once, which is all that a traveller has when a register asks for it again; then one
/// in each period.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(300).unwrap();
const PERIOD: Duration = Duration::from_secs(1);

/// And ten times as many of what stands already.
const ASKED_AT_ONCE: NonZeroU32 = NonZeroU32::new(3000).unwrap();
const ASKED_PERIOD: Duration = Duration::from_millis(100);

/// This part of the volume is reserved, as far as it is no more than [`MOST_RESERVED`].
const RESERVED: u64 = 20;
const MOST_RESERVED: u64 = 256 * 1024 * 1024;

/// What a write is for, the most urgent last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Trips, receipts, and words that ask for nothing.
    Ordinary,
    /// A new device, without which nobody can ask for help, and what somebody writes to the desk.
    Device,
    /// A call, and a check-in that asks for help.
    Help,
}

impl Urgency {
    /// How much of the reserve must be free for it; what is left is the bulletin's.
    fn needs(self, reserve: u64) -> u64 {
        match self {
            Self::Ordinary => reserve,
            Self::Device => reserve / 2,
            Self::Help => reserve / 4,
        }
    }

    fn fits(self, room: Room) -> bool {
        let reserve = (room.all / RESERVED).min(MOST_RESERVED);
        room.free >= self.needs(reserve)
    }
}

/// So much one address writes at once: an airport's Wi-Fi is one, and so is a whole mobile network.
const KIB_AT_ONCE: NonZeroU32 = NonZeroU32::new(64 * 1024).unwrap();
/// And then a KiB in each period.
const KIB_PERIOD: Duration = Duration::from_millis(2);

/// So many bytes of a call for help are none of them.
const SHORT: u64 = 4 * 1024;

pub struct Writes {
    folder: PathBuf,
    ordinary: Allowances,
    /// Help has its own: whoever has used up the others still asks for it.
    help: Allowances,
    /// What stands already is answered without a write; not without end.
    asked: Allowance<DeviceId>,
}

/// Of writes by device, of KiB by address.
struct Allowances {
    writes: Allowance<DeviceId>,
    kib: Allowance<IpAddr>,
}

impl Allowances {
    fn new(clock: &Clock) -> Self {
        let writes = Allowance::new(AT_ONCE, PERIOD, clock.clone());
        Self { writes, kib: Allowance::new(KIB_AT_ONCE, KIB_PERIOD, clock.clone()) }
    }
}

impl Writes {
    /// Of a register in `folder`.
    pub fn new(folder: PathBuf, clock: &Clock) -> Self {
        Self {
            folder,
            ordinary: Allowances::new(clock),
            help: Allowances::new(clock),
            asked: Allowance::new(ASKED_AT_ONCE, ASKED_PERIOD, clock.clone()),
        }
    }

    /// Whether there is room for a write.
    ///
    /// # Errors
    /// The rest of the disk is for what is more urgent.
    pub fn room_for(&self, urgency: Urgency) -> Result<(), ApiError> {
        match disk::room(&self.folder) {
            Ok(room) if !urgency.fits(room) => {
                tracing::warn!(free = room.free, ?urgency, "the disk is nearly full: not written");
                Err(ApiError::new(Code::Unavailable, "the disk is nearly full: what is left is for calls for help"))
            }
            // where nobody can tell, the write itself does
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Whether a device may ask what stands now.
    ///
    /// # Errors
    /// It has asked far more often than a register that lost everything makes it.
    pub fn may_ask(&self, writer: &Writer) -> Result<(), ApiError> {
        self.asked.take(&writer.device).map_err(ApiError::too_many)
    }

    /// Whether so many bytes may be written now. Help is counted apart.
    ///
    /// # Errors
    /// It has written too often, too much is written from there, or there is no room.
    pub fn admit(&self, writer: &Writer, urgency: Urgency, bytes: u64) -> Result<(), ApiError> {
        self.room_for(urgency)?;
        let allowances = match urgency {
            Urgency::Help => &self.help,
            Urgency::Ordinary | Urgency::Device => &self.ordinary,
        };
        allowances.writes.take(&writer.device).map_err(ApiError::too_many)?;
        // a cry for help is short, and waits for nobody at the same address
        if urgency == Urgency::Help && bytes <= SHORT {
            return Ok(());
        }
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        allowances.kib.take_so_many(&neighbourhood(writer.address), kib.max(1)).map_err(ApiError::too_many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_the_disk_the_more_urgent_what_is_written() {
        const MIB: u64 = 1024 * 1024;
        let fits = |all: u64, free: u64| {
            [Urgency::Ordinary, Urgency::Device, Urgency::Help].map(|urgency| urgency.fits(Room { all, free }))
        };
        let large = 1024 * 1024 * MIB;
        assert_eq!(fits(large, 256 * MIB), [true; 3]);
        assert_eq!(fits(large, 256 * MIB - 1), [false, true, true]);
        assert_eq!(fits(large, 128 * MIB - 1), [false, false, true]);
        assert_eq!(fits(large, 64 * MIB - 1), [false; 3]);
        assert_eq!(fits(100 * MIB, 5 * MIB), [true; 3], "a twentieth of a small one");
        assert_eq!(fits(100 * MIB, 5 * MIB - 1), [false, true, true]);
    }
}
