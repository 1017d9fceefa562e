//! A ministry that signs everything: its roots, its desk and its front in one, and the log they have written.

use std::collections::BTreeMap;

use contract::{
    entry::Entry,
    hash::Hash,
    hours::Hours,
    ids::{DeviceId, EntryId, MessageId},
    jws::{Document, Jws, Purpose, Signatory, sign_by_all},
    keys::{KeySet, NamedKey, Positions, Role, Roots, key_bytes, key_text},
    log::{Frame, Head, LogPosition, SnapshotLine, SnapshotName, Watermark, snapshot_bytes},
    profile::{ConsentText, Law, NEXT_OF_KIN, Profile, ProfileLine, REGISTERING, Retention, Shipped},
    record::{Letter, PrivateLetter},
    seal::{self, Context, LetterContext, Sealed},
    words::{Lang, Tag},
};
use jiff::{SignedDuration, Timestamp};
use rand::{SeedableRng, rngs::StdRng};

use crate::{at, country, named, roots, signatory, words};

/// How long a head or a watermark is in force.
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub struct Ministry {
    root: [Signatory; 1],
    /// Signs entries.
    pub publisher: Signatory,
    /// Signs heads, as the front does.
    pub header: Signatory,
    /// Signs watermarks.
    pub desk: Signatory,
    /// Private, public.
    consular: ([u8; 32], [u8; 32]),
    /// Private, public.
    pub gateway: ([u8; 32], [u8; 32]),
    /// Where the log stands.
    pub position: LogPosition,
    /// The newest of each id, as a snapshot has it.
    pub live: BTreeMap<EntryId, SnapshotLine>,
    /// The number of the newest key set.
    pub keys: u32,
}

impl Ministry {
    /// Two seeds give two ministries whose keys bear the same names.
    pub fn new(seed: u8) -> Self {
        let signatory = |kid, number| signatory(kid, seed * 16 + number);
        let pair = |seed| {
            let (private, public) = seal::key_pair(&mut StdRng::seed_from_u64(seed));
            (*private, public)
        };
        Self {
            root: [signatory("root-1", 1)],
            publisher: signatory("publish-1", 2),
            header: signatory("head-1", 3),
            desk: signatory("watermark-1", 5),
            consular: pair(seed.into()),
            gateway: pair(u64::from(seed) + 1000),
            position: LogPosition::default(),
            live: BTreeMap::new(),
            keys: 1,
        }
    }

    pub fn roots(&self) -> Roots {
        roots(1, &self.root)
    }

    /// Home is Kazakhstan; nobody listens at its front's address.
    pub fn profile(&self) -> Profile {
        let consent = |text: &str| ConsentText { version: 1, text: words(text) };
        Profile {
            identifier: "org.example.companion".into(),
            name: words("Ministry"),
            demo: true,
            languages: Lang::ALL.map(Tag::from).to_vec(),
            front: "http://127.0.0.1:9".into(),
            roots: self.roots(),
            home_country: country("KZ"),
            home_time_zone: "Asia/Almaty".into(),
            home_city: words("Astana"),
            line: ProfileLine { name: words("Duty"), hours: Hours::Always, number: "+442079460100".parse().unwrap() },
            disputed: Vec::new(),
            law: Law {
                country: country("KZ"),
                responsible: words("Responsible"),
                consents: [(REGISTERING, "I agree"), (NEXT_OF_KIN, "They agree")]
                    .map(|(name, text)| (name.to_owned(), consent(text)))
                    .into(),
                retention: Retention {
                    trip: 30,
                    check_in: 30,
                    case: 365,
                    message: 365,
                    sms: 30,
                    call: 90,
                    audit: 365,
                    backup: 30,
                },
                breach: words("Breach"),
            },
            shipped: None,
        }
    }

    /// The keys of set 1, all of them good for the whole log.
    pub fn named_keys(&self) -> Vec<NamedKey> {
        let opening = |kid: &str, role, public| NamedKey {
            kid: kid.parse().unwrap(),
            role,
            public: key_text(public),
            valid: vec![Positions::ALL],
            void: Vec::new(),
        };
        vec![
            named(&self.publisher, Role::Publish, 0, None),
            named(&self.header, Role::Head, 0, None),
            named(&self.desk, Role::Watermark, 0, None),
            opening("consular-1", Role::Consular, &self.consular.1),
            opening("gateway-1", Role::Gateway, &self.gateway.1),
        ]
    }

    pub fn key_set(&self) -> String {
        self.key_set_of(1, self.named_keys())
    }

    pub fn key_set_of(&self, number: u32, keys: Vec<NamedKey>) -> String {
        self.sign_keys(&KeySet { number, roots: self.roots(), keys })
    }

    /// Whatever the roots sign as a key set.
    pub fn sign_keys(&self, set: &(impl Document + serde::Serialize)) -> String {
        sign_by_all(&self.root, set).unwrap()
    }

    pub fn sign(&self, entry: &Entry) -> Jws {
        self.publisher.sign(entry).unwrap()
    }

    /// What would come next in the log, not yet in it.
    pub fn next(&self, entry: Jws) -> Frame {
        Frame { seq: self.position.seq + 1, prev: self.position.hash, entry }
    }

    /// Appends an entry to the log.
    pub fn publish(&mut self, entry: &Entry) -> Frame {
        let frame = self.append(self.sign(entry));
        let line = SnapshotLine { seq: frame.seq, entry: frame.entry.clone() };
        self.live.insert(entry.id.clone(), line);
        frame
    }

    /// Appends what the publishing key signs as an entry, whether it is one or not.
    pub fn publish_json(&mut self, payload: &serde_json::Value) -> Frame {
        let entry = self.publisher.sign_text(Purpose::Entry, payload.to_string()).unwrap();
        self.append(entry)
    }

    /// Appends whatever was signed.
    pub fn append(&mut self, entry: Jws) -> Frame {
        let frame = self.next(entry);
        self.position = self.position.after(&frame).unwrap();
        frame
    }

    pub fn snapshot(&self) -> String {
        let mut lines: Vec<&SnapshotLine> = self.live.values().collect();
        lines.sort_by_key(|line| line.seq);
        String::from_utf8(snapshot_bytes(lines).unwrap()).unwrap()
    }

    /// The head of the log, in force for a day.
    pub fn head(&self, issued_at: &str) -> String {
        self.head_of(self.position, issued_at)
    }

    pub fn head_of(&self, position: LogPosition, issued_at: &str) -> String {
        let (issued_at, expires_at) = day_from(issued_at);
        let LogPosition { seq, hash } = position;
        self.header.sign(&Head { seq, hash, keys: self.keys, issued_at, expires_at }).unwrap().compact()
    }

    /// The desk's word on the log as it is, with the snapshot of what lives, in force for a day.
    pub fn watermark(&self, issued_at: &str) -> String {
        self.watermark_of(self.position, self.position.seq, &self.snapshot(), issued_at)
    }

    pub fn watermark_of(&self, position: LogPosition, snapshot_seq: u64, snapshot: &str, issued_at: &str) -> String {
        let (issued_at, expires_at) = day_from(issued_at);
        let snapshot = SnapshotName { seq: snapshot_seq, hash: Hash::of(snapshot.as_bytes()) };
        let LogPosition { seq, hash } = position;
        let watermark = Watermark { seq, hash, snapshot, keys: self.keys, issued_at, expires_at };
        self.desk.sign(&watermark).unwrap().compact()
    }

    /// What the desk writes to a device, whose public key is as a device's record has it.
    pub fn letter(
        &self,
        (device, public): (DeviceId, &str),
        id: MessageId,
        private: &PrivateLetter,
        rng: &mut impl rand::CryptoRng,
    ) -> Letter {
        let key = "consular-1".parse().unwrap();
        let context = LetterContext { device, id, at: private.at };
        let public = key_bytes(public).unwrap();
        let sealed = seal::seal_letter(private, context, (&key, &self.consular.0), &public, rng).unwrap();
        Letter { id, device, at: private.at, announced: private.announced, sealed }
    }

    /// What a device sealed to the desk.
    pub fn open<T: serde::de::DeserializeOwned>(&self, sealed: &Sealed, context: Context) -> T {
        seal::open(sealed, context, &self.consular.0).unwrap()
    }

    /// What would come with an app that is made now.
    pub fn shipped(&self, issued_at: &str) -> Shipped {
        Shipped { keys: vec![self.key_set()], watermark: self.watermark(issued_at), snapshot: self.snapshot() }
    }
}

fn day_from(issued_at: &str) -> (Timestamp, Timestamp) {
    let issued_at = at(issued_at);
    (issued_at, issued_at + DAY)
}
