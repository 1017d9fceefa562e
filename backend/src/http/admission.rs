//! Who is let in: so many connections in all, so many of one address, and a reserve for what travellers send.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Files that are no connection of the public: databases, logs, the inside listener.
const OTHER_FILES: usize = 160;
/// What a listener gets where the system says nothing of a limit.
const USUAL: usize = 16 * 1024;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// For any request.
    pub open: usize,
    /// Of these, what one address may hold: generous, since an airport's Wi-Fi is one address.
    pub of_an_address: usize,
    /// Of these, what streams may hold.
    pub streams: usize,
    /// Of these, what the streams of one address may hold.
    pub streams_of_an_address: usize,
    /// Beyond these, for writes only: a cry for help finds room when readers fill the front.
    pub reserve: usize,
    /// Of these, what one address may hold: little, since a write is short.
    pub reserve_of_an_address: usize,
    /// Bytes of answers that are not yet sent, long ones alone: a reader may take its time, and memory is finite.
    pub unsent: usize,
    /// Of these, what one address may hold.
    pub unsent_of_an_address: usize,
}

/// What an answer takes of the memory on the average, for each connection that may be open.
const UNSENT: usize = 32 * 1024;
/// And never less in all.
const LEAST_UNSENT: usize = 64 * 1024 * 1024;

impl Room {
    /// The desk's own commands and what watches the front.
    pub const INSIDE: Self = Self {
        open: 48,
        of_an_address: 48,
        streams: 4,
        streams_of_an_address: 4,
        reserve: 16,
        reserve_of_an_address: 16,
        unsent: 64 * 1024 * 1024,
        unsent_of_an_address: 64 * 1024 * 1024,
    };

    /// For a process that may have so many files open.
    pub fn for_files(files: Option<usize>) -> Self {
        let all = files.map_or(USUAL, |files| files.saturating_sub(OTHER_FILES).max(16));
        let reserve = all / 8;
        let open = all - reserve;
        let streams = open / 4 * 3;
        let unsent = (open * UNSENT).max(LEAST_UNSENT);
        Self {
            open,
            of_an_address: open / 2,
            streams,
            streams_of_an_address: streams / 2,
            reserve,
            reserve_of_an_address: reserve.div_ceil(8),
            unsent,
            unsent_of_an_address: unsent / 2,
        }
    }

    /// Where proxies of our own stand before it: a connection is a proxy's, and says nothing of who asks.
    pub fn behind_proxies(self) -> Self {
        Self { of_an_address: self.open, reserve_of_an_address: self.reserve, ..self }
    }
}

/// What a connection may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Anything,
    /// It came in by the reserve.
    Writes,
}

#[derive(Default)]
struct Taken {
    open: usize,
    reserve: usize,
    /// Open, and of the reserve.
    by_address: HashMap<IpAddr, (usize, usize)>,
    streams: usize,
    streams_by_address: HashMap<IpAddr, usize>,
    unsent: usize,
    unsent_by_address: HashMap<IpAddr, usize>,
}

/// Counts who is in.
pub struct Admission {
    room: Room,
    taken: Mutex<Taken>,
}

impl Admission {
    pub fn new(room: Room) -> Arc<Self> {
        Arc::new(Self { room, taken: Mutex::default() })
    }

    /// A place for a connection, for as long as the ticket lives; none where there is no room.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Ticket> {
        let address = neighbourhood(address);
        let mut taken = self.taken();
        let (open, reserve) = taken.by_address.get(&address).copied().unwrap_or_default();
        let purpose = if taken.open < self.room.open && open < self.room.of_an_address {
            Purpose::Anything
        } else if taken.reserve < self.room.reserve && reserve < self.room.reserve_of_an_address {
            Purpose::Writes
        } else {
            return None;
        };
        let of_address = taken.by_address.entry(address).or_default();
        match purpose {
            Purpose::Anything => of_address.0 += 1,
            Purpose::Writes => of_address.1 += 1,
        }
        match purpose {
            Purpose::Anything => taken.open += 1,
            Purpose::Writes => taken.reserve += 1,
        }
        Some(Ticket { admission: self.clone(), address, purpose })
    }

    /// A place for a stream of whoever is at `address`, behind proxies too.
    pub fn admit_stream(self: &Arc<Self>, address: IpAddr) -> Option<StreamTicket> {
        let address = neighbourhood(address);
        let mut taken = self.taken();
        let of_address = taken.streams_by_address.get(&address).copied().unwrap_or_default();
        if taken.streams >= self.room.streams || of_address >= self.room.streams_of_an_address {
            return None;
        }
        taken.streams += 1;
        taken.streams_by_address.insert(address, of_address + 1);
        Some(StreamTicket { admission: self.clone(), address })
    }

    /// A place in memory for so many bytes of an answer to whoever is at `address`, behind proxies too.
    pub fn admit_unsent(self: &Arc<Self>, address: IpAddr, bytes: usize) -> Option<UnsentTicket> {
        let address = neighbourhood(address);
        let mut taken = self.taken();
        let of_address = taken.unsent_by_address.get(&address).copied().unwrap_or_default();
        if taken.unsent + bytes > self.room.unsent || of_address + bytes > self.room.unsent_of_an_address {
            return None;
        }
        taken.unsent += bytes;
        taken.unsent_by_address.insert(address, of_address + bytes);
        Some(UnsentTicket { admission: self.clone(), address, bytes })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place.
pub struct Ticket {
    admission: Arc<Admission>,
    address: IpAddr,
    pub purpose: Purpose,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut taken = self.admission.taken();
        match self.purpose {
            Purpose::Anything => taken.open -= 1,
            Purpose::Writes => taken.reserve -= 1,
        }
        if let Some((open, reserve)) = taken.by_address.get_mut(&self.address) {
            match self.purpose {
                Purpose::Anything => *open -= 1,
                Purpose::Writes => *reserve -= 1,
            }
            if (*open, *reserve) == (0, 0) {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

/// One stream's place.
pub struct StreamTicket {
    admission: Arc<Admission>,
    address: IpAddr,
}

impl Drop for StreamTicket {
    fn drop(&mut self) {
        let mut taken = self.admission.taken();
        taken.streams -= 1;
        if let Some(of_address) = taken.streams_by_address.get_mut(&self.address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.streams_by_address.remove(&self.address);
            }
        }
    }
}

/// The place of one answer that is not yet sent.
pub struct UnsentTicket {
    admission: Arc<Admission>,
    address: IpAddr,
    bytes: usize,
}

impl Drop for UnsentTicket {
    fn drop(&mut self) {
        let mut taken = self.admission.taken();
        taken.unsent -= self.bytes;
        if let Some(of_address) = taken.unsent_by_address.get_mut(&self.address) {
            *of_address -= self.bytes;
            if *of_address == 0 {
                taken.unsent_by_address.remove(&self.address);
            }
        }
    }
}

/// What counts as one address: an IPv4 address, or the /64 that an IPv6 host has to itself.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Raises the number of files that may be open as far as the system lets it, and says how many that is.
pub fn raise_file_limit() -> Option<usize> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "the number of open files stays as it was");
        }
        getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok())
    }
    #[cfg(not(unix))]
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        std::net::Ipv4Addr::from_bits(number).into()
    }

    #[test]
    fn an_ipv6_host_is_one_address_with_its_whole_64_and_a_mapped_one_is_ipv4() {
        let one = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(one("2001:db8::1"), one("2001:db8::ffff:2"));
        assert_ne!(one("2001:db8::1"), one("2001:db8:0:1::1"));
        assert_eq!(one("::ffff:203.0.113.1"), one("203.0.113.1"));
        assert_ne!(one("203.0.113.1"), one("203.0.113.2"));
    }

    #[test]
    fn readers_never_take_the_reserve_and_one_address_never_takes_all() {
        let room = Room::for_files(Some(OTHER_FILES + 80));
        assert_eq!((room.open, room.of_an_address, room.reserve, room.reserve_of_an_address), (70, 35, 10, 2));
        let admission = Admission::new(room);
        let crowd: Vec<_> = (0..100).filter_map(|_| admission.admit(address(1))).collect();
        let writes = |tickets: &[Ticket]| tickets.iter().filter(|ticket| ticket.purpose == Purpose::Writes).count();
        assert_eq!((crowd.len(), writes(&crowd)), (37, 2), "half of the room, and an eighth of the reserve");
        let others: Vec<_> = (2..100).filter_map(|number| admission.admit(address(number))).collect();
        assert_eq!((others.len(), writes(&others)), (43, 8));
        assert!(admission.admit(address(1000)).is_none());
        drop(crowd);
        assert!(admission.admit(address(1)).is_some_and(|ticket| ticket.purpose == Purpose::Anything));
        drop(others);
        assert!(admission.taken().by_address.is_empty(), "nobody is remembered");
    }

    #[test]
    fn streams_leave_room_for_those_who_ask_and_go() {
        let admission = Admission::new(Room::for_files(Some(OTHER_FILES + 80)));
        let streams: Vec<_> = (0..60).filter_map(|number| admission.admit_stream(address(number))).collect();
        assert_eq!(streams.len(), 51);
        drop(streams);
        let of_one: Vec<_> = (0..60).filter_map(|_| admission.admit_stream(address(1))).collect();
        assert_eq!(of_one.len(), 25, "one address takes half of them");
        assert!(admission.admit_stream(address(2)).is_some());
        drop(of_one);
        assert!(admission.taken().streams_by_address.is_empty(), "nobody is remembered");
    }

    #[test]
    fn what_is_not_yet_sent_has_an_end() {
        let room = Room::for_files(Some(OTHER_FILES + 80));
        let admission = Admission::new(room);
        let hold = |number: u32| std::iter::from_fn(move || Some(number));
        let admit = |number| admission.admit_unsent(address(number), 2 * 1024 * 1024);
        let of_one: Vec<_> = hold(1).map_while(admit).collect();
        assert_eq!(of_one.len(), 16, "half of 64 MiB");
        let of_other: Vec<_> = hold(2).map_while(admit).collect();
        assert_eq!(of_other.len(), 16);
        assert!(admit(3).is_none());
        drop(of_one);
        assert!(admit(3).is_some());
        drop(of_other);
        assert!(admission.taken().unsent_by_address.is_empty(), "nobody is remembered");
        assert_eq!(admission.taken().unsent, 0);
    }

    #[test]
    fn behind_a_proxy_connections_are_nobodys() {
        let room = Room::for_files(Some(OTHER_FILES + 80)).behind_proxies();
        let admission = Admission::new(room);
        let all: Vec<_> = (0..100).filter_map(|_| admission.admit(address(1))).collect();
        assert_eq!(all.len(), room.open + room.reserve);
    }
}
