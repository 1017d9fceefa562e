//! Two cases that are one: joined nothing is lost, parted each is what it was.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use contract::{
    entry::advisory::Announced,
    ids::{DeviceId, KeyId},
    keys::key_text,
    record::{Need, QuickAnswer, Rank},
    seal,
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    desk::{
        casework::{
            Casework, CaseworkError, Hold,
            acts::{Act, Outcome},
            cases::{CameBy, Row, WordBy},
            closed::StoreKey,
            facts::Facts,
            intake::{Intake, Saved},
            letters::{LetterDraft, Pen},
            officers::Badge,
            page::{EventWord, What},
            ranks,
        },
        folder::ConsularKeys,
        mirror::Mirror,
    },
    officers::roles::Role,
    register::changes::digest,
};
use proptest::{prelude::*, test_runner::TestCaseError};
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;
use testkit::at;
use zeroize::Zeroizing;

struct Desk {
    folder: TempDir,
    casework: Casework,
    dana: Badge,
    rng: StdRng,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut rng = StdRng::seed_from_u64(11);
        let now = at("2026-03-01T12:00:00Z");
        let key = StoreKey::of_file(&folder.path().join("store.key"), &mut rng).unwrap();
        let path = folder.path().join("desk.db");
        let mut casework = Casework::open(&path, key, Hold::Lease(1), StdRng::from_rng(&mut rng)).unwrap();
        let dana = casework.change(|change| change.add_officer("Дана", Role::Silver, now)).unwrap();
        Self { folder, casework, dana, rng, now }
    }

    fn later(&mut self) {
        self.now += SignedDuration::from_mins(1);
    }

    /// A call that was taken down.
    fn call(&mut self, intake: &Intake) -> u32 {
        self.later();
        let Self { casework, dana, now, rng, .. } = self;
        let draft = DeviceId::random(rng).to_string();
        let saved = Saved { draft: &draft, intake, trip: None };
        casework.change(|change| change.take_down(&saved, dana, *now)).unwrap().0
    }

    /// A case of a phone.
    fn phone(&mut self, facts: &Facts) -> u32 {
        self.later();
        let Self { casework, now, rng, .. } = self;
        let device = DeviceId::random(rng);
        let made = casework.change(|change| {
            let number = change.insert_case(device, "place AE", CameBy::CheckIn, (*now, *now, *now))?;
            change.set_facts(number, facts, &ranks::propose(facts))?;
            let (_, public) = seal::key_pair(rng);
            change.keep_device_key(device, &key_text(&public))?;
            Ok(number)
        });
        made.unwrap()
    }

    fn act(&mut self, number: u32, act: &Act) -> Result<Row, CaseworkError> {
        self.later();
        let version = self.casework.reading().whole_case(number)?.version;
        let Self { casework, dana, now, .. } = self;
        casework.change(|change| change.act(number, version, act, dana, *now))
    }

    fn device(&self, number: u32) -> DeviceId {
        self.casework.reading().case(number).unwrap().device
    }

    /// Another case of the phone of this one.
    fn beside(&mut self, number: u32, facts: &Facts) -> u32 {
        self.later();
        let (device, now) = (self.device(number), self.now);
        let made = self.casework.change(|change| {
            let number = change.insert_case(device, &format!("place {now}"), CameBy::CheckIn, (now, now, now))?;
            change.set_facts(number, facts, &ranks::propose(facts))?;
            Ok(number)
        });
        made.unwrap()
    }

    /// A word of theirs comes in.
    fn says(&mut self, number: u32, facts: &Facts) {
        let heard = self.casework.change(|change| {
            change.set_facts(number, facts, &ranks::propose(facts))?;
            let sql = "UPDATE cases SET unread = unread + 1, waiting = 0, version = version + 1 WHERE number = ?1";
            Ok(change.transaction.execute(sql, [number])?)
        });
        assert_eq!(heard.unwrap(), 1);
    }

    fn pen() -> Pen {
        Pen { key_id: KeyId::of_paper(), private: Zeroizing::new([7; 32]) }
    }

    fn answer(&mut self, number: u32, draft: &LetterDraft) -> Result<String, CaseworkError> {
        self.later();
        let version = self.casework.reading().whole_case(number)?.version;
        let Self { casework, dana, now, .. } = self;
        casework.change(|change| change.answer(number, version, draft, dana, &Self::pen(), *now))
    }

    /// To which phones letters go, and how.
    fn letters(&self) -> Vec<(DeviceId, Announced)> {
        let letters = self.casework.reading().waiting_letters(100).unwrap();
        letters.into_iter().map(|letter| (letter.device, letter.announced)).collect()
    }

    fn join(&mut self, head: u32, other: u32) -> Result<Row, CaseworkError> {
        self.act(head, &Act::Join { other, reason: "same number".into() })
    }

    fn part(&mut self, head: u32, other: u32) -> Result<Row, CaseworkError> {
        self.act(head, &Act::Part { other, reason: String::new() })
    }

    /// The phone of a case is erased by its person.
    fn erase(&mut self, number: u32) {
        self.later();
        let mirror = Mirror::open(&self.folder.path().join("records.db")).unwrap();
        let device = self.casework.reading().case(number).unwrap().device.to_string();
        let erased = HashSet::from([("device".to_owned(), digest(&device))]);
        let now = self.now;
        self.casework.change(|change| change.erase(&erased, &mirror, &ConsularKeys::default(), now)).unwrap();
    }

    fn open(&self) -> BTreeMap<u32, Row> {
        let open = self.casework.reading().open_cases().unwrap();
        open.into_iter().map(|row| (row.number, row)).collect()
    }

    /// Every byte that stands of cases, but for which version they are and that they were joined and parted.
    fn bytes(&self) -> Vec<Vec<Value>> {
        let connection = Connection::open(self.folder.path().join("desk.db")).unwrap();
        let mut all = Vec::new();
        for (table, columns) in [("cases", 40), ("sources", 4), ("promises", 5), ("messages", 8), ("events", 6)] {
            let sql = match table {
                "events" => "SELECT * FROM events WHERE what NOT IN ('joined', 'parted') ORDER BY id".to_owned(),
                _ => format!("SELECT * FROM {table} ORDER BY 1, 2"),
            };
            let mut statement = connection.prepare(&sql).unwrap();
            let version = statement.column_names().iter().position(|name| *name == "version");
            assert!(statement.column_count() <= columns, "{table}");
            let width = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values = (0..width).filter(|at| Some(*at) != version || table == "messages");
                all.push(values.map(|at| row.get(at).unwrap()).collect());
            }
        }
        all
    }
}

fn said(name: &str, needs: &[Need]) -> Intake {
    Intake {
        by: WordBy::Relative,
        name: name.into(),
        number: "+77010000001".into(),
        needs: needs.iter().copied().collect(),
        ..Intake::default()
    }
}

fn cried(name: &str, needs: &[Need]) -> Facts {
    Facts {
        name: name.into(),
        words: "Көмек керек".into(),
        word_by: Some(WordBy::Traveller),
        needs: needs.iter().copied().collect(),
        people: Some(3),
        ..Facts::default()
    }
}

#[test]
fn joined_the_one_on_the_list_says_what_both_say_and_its_rank_is_the_more_urgent() {
    let mut desk = Desk::new();
    let phone = desk.phone(&cried("Әділет", &[Need::Documents]));
    let row = desk.act(phone, &Act::Rank { rank: Rank::Planned, reason: String::new() }).unwrap();
    assert_eq!(row.rank.accepted, Some(Rank::Planned));
    let call = desk.call(&said("Жүнісов Әділет", &[Need::Injured]));
    assert!(matches!(desk.join(call, phone), Err(CaseworkError::NotPossible(_))), "the phone's case speaks");
    let row = desk.join(phone, call).unwrap();
    assert_eq!((row.rank.stands(), row.rank.accepted), (Rank::Life, None), "what was accepted knew nothing of it");
    assert_eq!((row.word_by, row.people, row.joined.as_slice()), (WordBy::Traveller, Some(3), &[call][..]));
    assert_eq!(desk.open().keys().copied().collect::<Vec<_>>(), [phone]);
    assert!(
        matches!(desk.act(call, &Act::Note { text: "x".into() }), Err(CaseworkError::Joined(head)) if head == phone)
    );
    // what is said again in either is news to whoever has read both
    let before = desk.open()[&phone].version;
    desk.says(call, &cried("Әділет", &[Need::Injured]));
    assert!(desk.open()[&phone].version > before);
    // an officer who has read both decides
    let row = desk.act(phone, &Act::Rank { rank: Rank::Today, reason: "a scratch".into() }).unwrap();
    assert_eq!(row.rank.stands(), Rank::Today);
    let row = desk.part(phone, call).unwrap();
    assert_eq!(row.joined, [0; 0]);
    assert_eq!(desk.open()[&call].rank.stands(), Rank::Life, "and the call says what it said");
}

#[test]
fn closed_as_one_they_are_opened_as_one() {
    let mut desk = Desk::new();
    let phone = desk.phone(&cried("Әділет", &[]));
    let call = desk.call(&said("Әділет", &[]));
    desk.join(phone, call).unwrap();
    let close = Act::Close { outcome: Outcome::Helped, word: Some("Рақмет".into()), word_missing: None };
    desk.act(phone, &close).unwrap();
    let closed_at = |desk: &Desk, number| desk.casework.reading().case(number).unwrap().closed_at;
    assert!(closed_at(&desk, call).is_some() && desk.open().is_empty());
    desk.act(phone, &Act::Reopen { reason: "not yet".into() }).unwrap();
    assert!(closed_at(&desk, call).is_none() && desk.open().len() == 1);
}

#[test]
fn who_is_parted_from_a_closed_case_is_told_that_theirs_is_open() {
    let mut desk = Desk::new();
    let (head, other) = (desk.phone(&cried("Әділет", &[])), desk.phone(&cried("Айгүл", &[])));
    desk.join(head, other).unwrap();
    desk.act(head, &Act::Close { outcome: Outcome::Helped, word: Some("Рақмет".into()), word_missing: None }).unwrap();
    assert_eq!(desk.casework.reading().untold().unwrap(), [0; 0]);
    desk.part(head, other).unwrap();
    assert_eq!(desk.casework.reading().untold().unwrap(), [other]);
}

#[test]
fn who_stays_closed_where_the_others_are_opened_again_is_no_part_of_them() {
    let mut desk = Desk::new();
    let (head, other) = (desk.phone(&cried("Әділет", &[])), desk.phone(&cried("Айгүл", &[])));
    desk.join(head, other).unwrap();
    let close = Act::Close { outcome: Outcome::Helped, word: Some("Рақмет".into()), word_missing: None };
    desk.act(head, &close).unwrap();
    let read = desk.casework.reading().whole_case(head).unwrap().version;
    // closed, they cry again: that is another case, and theirs stays closed
    let (device, now) = (desk.device(other), desk.now);
    let at = (now, now, now);
    desk.casework.change(|change| change.insert_case(device, "place AE", CameBy::CheckIn, at)).unwrap();
    desk.act(head, &Act::Reopen { reason: "not yet".into() }).unwrap();
    let board = desk.open()[&head].clone();
    assert!(board.version > read, "no version comes again");
    let (dana, note) = (desk.dana.clone(), Act::Note { text: "x".into() });
    let group = desk.casework.change(|change| {
        change.act(head, board.version, &note, &dana, now)?;
        change.group(head)
    });
    assert_eq!(group.unwrap(), [head], "nobody is told of a case that is closed");
}

#[test]
fn what_was_read_of_two_does_not_come_again_of_the_one_that_is_left() {
    let mut desk = Desk::new();
    let (head, other) = (desk.phone(&cried("Әділет", &[])), desk.phone(&cried("Айгүл", &[])));
    let read = desk.join(head, other).unwrap().version;
    desk.erase(other);
    assert!(desk.open()[&head].version > read);
}

#[test]
fn whose_objection_was_heard_before_it_was_ranked_is_answered_and_one_after_is_not() {
    let mut desk = Desk::new();
    let (head, other) = (desk.phone(&cried("Әділет", &[])), desk.phone(&cried("Айгүл", &[])));
    let object = |desk: &mut Desk| {
        desk.later();
        let now = desk.now;
        let objected = desk.casework.change(|change| {
            let sql = "UPDATE cases SET objection = 1, version = version + 1 WHERE number = ?1";
            change.transaction.execute(sql, [other])?;
            change.tell(other, now, What::Objected, None, &EventWord::default())
        });
        objected.unwrap();
    };
    let rank = |desk: &mut Desk| {
        let rank = desk.open()[&head].rank.proposed;
        desk.act(head, &Act::Rank { rank, reason: String::new() }).unwrap()
    };
    object(&mut desk);
    rank(&mut desk);
    assert!(desk.join(head, other).unwrap().objection, "whoever ranked before they were one knew nothing of it");
    assert!(!rank(&mut desk).objection && !desk.open()[&head].objection);
    object(&mut desk);
    assert!(desk.open()[&head].objection);
    assert!(!rank(&mut desk).objection);
    desk.part(head, other).unwrap();
    assert!(desk.open()[&other].objection, "parted, it is what it was");
}

#[test]
fn a_call_with_two_cries_is_well_when_both_are() {
    let mut desk = Desk::new();
    let call = desk.call(&said("Әділет", &[]));
    let (first, second) = (desk.phone(&cried("Әділет", &[])), desk.phone(&cried("Айгүл", &[])));
    let is_well = |desk: &mut Desk, number: u32| {
        desk.later();
        let us = desk.now.as_microsecond();
        let sql = "UPDATE cases SET well_us = ?2 WHERE number = ?1";
        desk.casework.change(|change| Ok(change.transaction.execute(sql, (number, us))?)).unwrap();
    };
    let found = "UPDATE cases SET whose = 'call ' || number WHERE number = ?1";
    desk.casework.change(|change| Ok(change.transaction.execute(found, [call])?)).unwrap();
    desk.join(call, first).unwrap();
    desk.join(call, second).unwrap();
    is_well(&mut desk, second);
    assert_eq!(desk.casework.reading().whole_case(call).unwrap().well, None);
    is_well(&mut desk, first);
    let well = desk.casework.reading().whole_case(call).unwrap().well;
    assert_eq!(well.map(|well| well.at), Some(desk.now));
}

#[test]
fn who_is_erased_takes_along_what_is_theirs_and_destroys_nothing_of_anybody_else() {
    let mut desk = Desk::new();
    let phone = desk.phone(&cried("Әділет", &[]));
    let spouse = desk.phone(&cried("Айгүл", &[]));
    let call = desk.call(&said("Марат", &[]));
    desk.join(phone, call).unwrap();
    desk.join(phone, spouse).unwrap();
    desk.erase(phone);
    assert_eq!(desk.open().keys().copied().collect::<Vec<_>>(), [spouse, call], "who still waits is seen");
    assert_eq!(desk.casework.reading().facts(phone).unwrap(), None);
    assert_eq!(desk.casework.reading().facts(call).unwrap().unwrap().name, "Марат");
    // and who speaks for others is left alone as well
    let (head, other) = (desk.phone(&cried("Сәуле", &[])), desk.phone(&cried("Болат", &[])));
    desk.join(head, other).unwrap();
    desk.erase(other);
    assert!(desk.open()[&head].joined.is_empty());
}

/// What an officer writes.
fn words(asks: &[QuickAnswer]) -> LetterDraft {
    LetterDraft {
        text: "Көмек жолда".into(),
        language: Lang::Kk.into(),
        asks: asks.to_vec(),
        announced: Announced::Loud,
        neutral: false,
        promise: None,
    }
}

#[test]
fn two_phones_are_not_joined_where_one_must_not_be_heard() {
    let mut desk = Desk::new();
    let husband = desk.phone(&cried("Арман", &[]));
    let wife = desk.phone(&cried("Айгүл", &[Need::Violence]));
    for (head, other) in [(husband, wife), (wife, husband)] {
        assert!(matches!(desk.join(head, other), Err(CaseworkError::NotPossible(_))));
    }
    // she writes of it after they were joined: nothing goes to his phone that was meant for her
    let wife = desk.phone(&cried("Айгүл", &[]));
    desk.join(husband, wife).unwrap();
    desk.says(wife, &cried("Айгүл", &[Need::Violence]));
    assert!(matches!(desk.answer(husband, &words(&[])), Err(CaseworkError::NotPossible(_))));
    assert_eq!(desk.letters(), []);
    let row = desk.part(husband, wife).unwrap();
    assert_eq!((row.unread, desk.open()[&wife].unread), (0, 1), "what she wrote is still unread");
    desk.answer(wife, &words(&[])).unwrap();
    assert_eq!(desk.letters(), [(desk.device(wife), Announced::Silent)]);
}

#[test]
fn nothing_is_written_to_two_phones_of_which_one_asked_for_no_letters() {
    let mut desk = Desk::new();
    let wish = Facts { no_letters: true, ..cried("Айгүл", &[]) };
    let (one, other) = (desk.phone(&cried("Арман", &[])), desk.phone(&wish));
    assert!(matches!(desk.join(one, other), Err(CaseworkError::NotPossible(_))));
    let other = desk.phone(&cried("Айгүл", &[]));
    desk.join(one, other).unwrap();
    desk.says(other, &wish);
    assert!(matches!(desk.answer(one, &words(&[])), Err(CaseworkError::NotPossible(_))));
    assert_eq!(desk.letters(), []);
    desk.part(one, other).unwrap();
    desk.answer(one, &words(&[])).unwrap();
    assert_eq!(desk.letters(), [(desk.device(one), Announced::Loud)]);
}

#[test]
fn nothing_goes_to_the_phone_that_an_unproven_sms_names() {
    let mut desk = Desk::new();
    let sms = desk.phone(&Facts { unconfirmed: true, ..cried("Әділет", &[]) });
    let phone = desk.phone(&cried("Әділет", &[]));
    assert!(matches!(desk.join(sms, phone), Err(CaseworkError::NotPossible(_))), "the phone's case speaks");
    desk.join(phone, sms).unwrap();
    desk.answer(phone, &words(&[])).unwrap();
    assert_eq!(desk.letters(), [(desk.device(phone), Announced::Loud)]);
    // a call is joined to what came by SMS: nobody is answered until it is proven, and then that phone is
    let sms = desk.phone(&Facts { unconfirmed: true, ..cried("Сәуле", &[]) });
    let call = desk.call(&said("Сәуле", &[]));
    desk.join(call, sms).unwrap();
    assert!(matches!(desk.answer(call, &words(&[])), Err(CaseworkError::NotPossible(_))));
    desk.says(sms, &cried("Сәуле", &[]));
    desk.answer(call, &words(&[])).unwrap();
    assert_eq!(desk.letters().len(), 2);
    assert!(desk.letters().contains(&(desk.device(sms), Announced::Loud)));
}

#[test]
fn an_answer_to_two_phones_goes_to_both_and_clears_neither_behind_its_back() {
    let mut desk = Desk::new();
    let (one, other) = (desk.phone(&cried("Арман", &[])), desk.phone(&cried("Арман", &[])));
    desk.says(other, &cried("Арман", &[]));
    assert_eq!(desk.join(one, other).unwrap().unread, 1);
    desk.answer(one, &words(&[])).unwrap();
    assert_eq!(desk.open()[&one].unread, 0);
    let phones: BTreeSet<DeviceId> = desk.letters().into_iter().map(|(device, _)| device).collect();
    assert_eq!(phones, BTreeSet::from([desk.device(one), desk.device(other)]));
    desk.part(one, other).unwrap();
    assert_eq!(desk.open()[&other].unread, 1, "parted it is what it was");
}

#[test]
fn what_one_case_of_a_phone_says_of_letters_holds_for_all_of_them() {
    let mut desk = Desk::new();
    let plain = desk.phone(&cried("Айгүл", &[]));
    let quiet = desk.beside(plain, &cried("Айгүл", &[Need::Violence]));
    desk.answer(plain, &words(&[])).unwrap();
    assert_eq!(desk.letters(), [(desk.device(plain), Announced::Silent)]);
    desk.says(quiet, &Facts { no_letters: true, ..cried("Айгүл", &[]) });
    assert!(
        matches!(desk.answer(plain, &words(&[])), Err(CaseworkError::NotPossible(_))),
        "nobody sees the wish there"
    );
    let (pen, now) = (Desk::pen(), desk.now);
    desk.casework.change(|change| change.tell_person(plain, &pen, now)).unwrap();
    assert_eq!(desk.letters().len(), 1, "and nothing goes by itself");
    // who sees it chooses the time
    desk.answer(quiet, &words(&[])).unwrap();
    assert_eq!(desk.letters().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parted_again_each_is_what_it_was_to_the_byte(
        phones in proptest::collection::vec(any::<bool>(), 3..6),
        moves in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..14),
    ) {
        let mut desk = Desk::new();
        let needs = [Need::Injured, Need::Money, Need::Shelter, Need::Detained, Need::Documents];
        let numbers: Vec<u32> = phones.iter().zip(needs).map(|(is_phone, need)| {
            if *is_phone { desk.phone(&cried("Әділет", &[need])) } else { desk.call(&said("Айгүл", &[need])) }
        }).collect();
        let (bytes, open) = (desk.bytes(), desk.open());
        let mut heads: BTreeMap<u32, u32> = BTreeMap::new();
        for (one, other, joins) in moves {
            let (one, other) = (*one.get(&numbers), *other.get(&numbers));
            let done = if joins { desk.join(one, other) } else { desk.part(one, other) };
            match (joins, done) {
                (true, Ok(_)) => drop(heads.insert(other, one)),
                (false, Ok(_)) => prop_assert_eq!(heads.remove(&other), Some(one)),
                (_, Err(CaseworkError::NotPossible(_) | CaseworkError::Joined(_))) => {}
                (_, Err(error)) => return Err(TestCaseError::fail(error.to_string())),
            }
            prop_assert_eq!(desk.bytes(), bytes.clone(), "nothing of any is moved or changed");
            let shown: BTreeSet<u32> = desk.open().values().flat_map(|row| row.joined.iter().copied().chain([row.number])).collect();
            prop_assert_eq!(shown, numbers.iter().copied().collect::<BTreeSet<_>>(), "each is seen, once");
        }
        // whatever was joined is parted, from the outermost on
        while let Some((other, head)) = heads.iter().map(|(other, head)| (*other, *head)).find(|(_, head)| !heads.contains_key(head)) {
            desk.part(head, other).unwrap();
            heads.remove(&other);
        }
        let without_version = |open: BTreeMap<u32, Row>| open.into_values().map(|row| Row { version: 0, ..row }).collect::<Vec<_>>();
        prop_assert_eq!(without_version(desk.open()), without_version(open));
        prop_assert_eq!(desk.bytes(), bytes);
    }

    #[test]
    fn whatever_is_done_to_the_one_that_speaks_the_other_is_parted_as_it_was(
        deeds in proptest::collection::vec(0..6_u8, 0..10),
    ) {
        let mut desk = Desk::new();
        let (head, other) = (desk.phone(&cried("Арман", &[])), desk.phone(&cried("Айгүл", &[Need::Money])));
        desk.act(other, &Act::Take { over: false, reason: String::new() }).unwrap();
        let due = desk.now + SignedDuration::from_hours(3);
        desk.act(other, &Act::Step { text: "Қоңырау шалу".into(), due }).unwrap();
        desk.says(other, &cried("Айгүл", &[Need::Money]));
        let mut was = desk.casework.reading().case(other).unwrap();
        desk.join(head, other).unwrap();
        let mut cried_anew = None;
        for deed in deeds {
            let is_closed = |desk: &Desk, number| desk.casework.reading().case(number).unwrap().closed_at.is_some();
            let done = match (deed, is_closed(&desk, head)) {
                (0, false) => {
                    let word = Some("Рақмет".into());
                    desk.act(head, &Act::Close { outcome: Outcome::Helped, word, word_missing: None }).map(drop)
                }
                (1, true) => desk.act(head, &Act::Reopen { reason: "not yet".into() }).map(drop),
                (2, false) => desk.answer(head, &words(&[])).map(drop),
                (3, false) => desk.answer(head, &words(&[QuickAnswer::Yes])).map(drop),
                (4, _) if !is_closed(&desk, other) => {
                    desk.says(other, &cried("Айгүл", &[Need::Money]));
                    (was.unread, was.waiting) = (was.unread + 1, false);
                    Ok(())
                }
                // closed, they cry again: that is another case
                (5, true) if cried_anew.is_none() => {
                    let (device, now) = (desk.device(other), desk.now);
                    let made = desk.casework.change(|change| {
                        change.insert_case(device, "place AE", CameBy::CheckIn, (now, now, now))
                    });
                    made.map(|number| cried_anew = Some(number))
                }
                (_, _) => Ok(()),
            };
            prop_assert!(done.is_ok(), "{done:?}");
        }
        desk.part(head, other).unwrap();
        let is = desk.casework.reading().case(other).unwrap();
        match cried_anew {
            None => prop_assert_eq!(Row { version: 0, ..is }, Row { version: 0, ..was }),
            Some(anew) => prop_assert!(desk.open().contains_key(&anew) && is.closed_at.is_some(), "who cries is seen"),
        }
    }
}
