//! The list as it is kept, and who may be there twice.

use contract::record::{Needs, Person};
use proptest::prelude::*;
use testkit::country;

use super::super::{Party, against, named, same, same::counted_as_one};
use crate::error::{Failure, FailureCode};

fn person(number: u16, name: &str, phone: &str) -> Person {
    Person { number, name: name.into(), phone: phone.into(), ..Person::default() }
}

fn party(people: &[Person]) -> Party {
    Party { people: people.to_vec(), ..Party::default() }
}

fn tidied(party: Party, before: &Party) -> Result<Party, Failure> {
    party.tidied(before, country("KZ"))
}

#[test]
fn whoever_is_new_gets_a_number_that_nobody_has_or_had() {
    let before = party(&[person(1, "Айгүл", ""), person(2, "Марат", ""), person(3, "Ерлан", "")]);
    let before = tidied(before, &Party::default()).unwrap();
    let after = party(&[person(1, "Айгүл", ""), person(0, "Дана", ""), person(2, "Марат", ""), person(2, "Асел", "")]);
    let numbers: Vec<_> = tidied(after, &before).unwrap().people.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [1, 4, 2, 5]);
}

#[test]
fn whoever_is_brought_again_is_known_by_name_and_a_namesake_is_one_more() {
    let in_bus = |group: &str, person: Person| Person { group: group.into(), ..person };
    let list = [
        in_bus("Автобус 1", person(1, "Айгүл Серікова", "+77011112233")),
        in_bus("Автобус 1", person(2, "Марат", "")),
        in_bus("Автобус 2", person(3, "Марат", "+77022223344")),
        in_bus("Автобус 2", person(4, "Дана", "")),
    ];
    let brought = vec![
        in_bus("Автобус 3", person(0, "СЕРІКОВА Айгүл", "+77011112233")),
        in_bus("Автобус 2", person(0, "Марат", "+77022223344")),
        person(0, "Марат", ""),
        person(0, "Марат", "+77033334455"),
        in_bus("Автобус 2", person(0, "Дана", "")),
        person(0, "Ерлан", "+77011112233"),
    ];
    let found = against(&list, brought.clone());
    assert_eq!(found.changed, [in_bus("Автобус 3", list[0].clone())], "in another bus");
    assert_eq!(found.known, 3, "what a list leaves out stays");
    assert_eq!(found.new, [brought[3].clone(), brought[5].clone()], "a third of the name, and another with the phone");
    assert_eq!(against(&[], brought.clone()).new, brought);
}

#[test]
fn each_fault_names_its_field() {
    let fault = |person: Person| {
        let failure = tidied(party(&[self::person(1, "Айгүл", ""), person]), &Party::default()).unwrap_err();
        (failure.code, failure.field.unwrap())
    };
    assert_eq!(fault(person(2, " \u{200b}", "")), (FailureCode::NoName, "/people/1/name".into()));
    assert_eq!(fault(person(2, &"Ә".repeat(61), "")), (FailureCode::TextTooLong, "/people/1/name".into()));
    assert_eq!(fault(person(2, "Марат", "112")), (FailureCode::PhoneInvalid, "/people/1/phone".into()));
    let needs = Needs { medicine: "м".repeat(41), ..Needs::default() };
    let sick = Person { needs, ..person(2, "Марат", "") };
    assert_eq!(fault(sick), (FailureCode::TextTooLong, "/people/1/needs/medicine".into()));
    let many = party(&vec![person(0, "Айгүл", ""); 501]);
    assert_eq!(tidied(many, &Party::default()), Err(Failure::at(FailureCode::TooManyPeople, "/people")));
}

#[test]
fn the_same_name_in_any_letters_and_order_or_the_same_phone_is_perhaps_one_person() {
    let of = |people: &[Person]| same(&party(people));
    let aigul = person(1, "Айгүл Серікова", "");
    assert_eq!(of(&[aigul.clone(), person(2, "СЕРІКОВА  Айгүл", "")]), [[1, 2]]);
    assert_eq!(of(&[aigul.clone(), person(2, "Aigul Serikova", "")]), [[1, 2]], "as a passport writes it");
    assert_eq!(of(&[aigul.clone(), person(2, "Марат", "")]), [] as [Vec<u16>; 0]);
    let family = [person(1, "Айгүл", "+77011112233"), person(2, "Дана", "+77011112233"), person(3, "Дана", "")];
    assert_eq!(of(&family), [[1, 2, 3]]);
    let mut told = party(&family);
    told.part(&[1, 2]);
    assert_eq!(same(&told), [[2, 3]]);
    told.part(&[3, 2]);
    assert_eq!(same(&told), [] as [Vec<u16>; 0]);
    // as many as a trip may have, all of one phone
    let everybody: Vec<_> = (1..=500).map(|number| person(number, "Айгүл", "+77011112233")).collect();
    let mut many = party(&everybody);
    assert_eq!(same(&many), [(1..=500).collect::<Vec<u16>>()]);
    many.part(&(1..=500).collect::<Vec<u16>>());
    assert_eq!((same(&many).len(), many.apart.len()), (0, 1));
    assert_eq!(of(&[person(1, "王小明", ""), person(2, "王小明", ""), person(3, "李小明", "")]), [[1, 2]]);
}

#[test]
fn a_family_with_one_phone_is_many_and_so_is_a_name_in_two_buses() {
    let of_bus = |number, name, group: &str| Person { group: group.into(), ..person(number, name, "+77011112233") };
    let count = |people: &[Person]| counted_as_one(&party(people)).len();
    assert_eq!(count(&[of_bus(1, "Айгүл", ""), of_bus(2, "Дана", ""), of_bus(3, "Марат", "")]), 3);
    assert_eq!(count(&[of_bus(1, "Айгүл", ""), of_bus(2, "Aigul", "2")]), 1);
    assert_eq!(count(&[of_bus(1, "Айгүл", "1"), of_bus(2, "Айгүл", "2"), of_bus(3, "Айгүл", "")]), 3);
    let in_room = |number, room: &str| Person { room: room.into(), ..of_bus(number, "Айгүл", "1") };
    assert_eq!(
        (count(&[in_room(1, "400"), in_room(2, "400")]), count(&[in_room(1, "400"), in_room(2, "401")])),
        (1, 2)
    );
}

#[test]
fn whoever_is_one_after_all_has_what_either_said() {
    let needs = Needs { medicine: "инсулин".into(), infant: true, ..Needs::default() };
    let latin = || "Aigul Askarova".to_owned();
    let other =
        Person { latin: latin(), group: "2".into(), needs: needs.clone(), ..person(2, "Aigul", "+77022223344") };
    let mut party = party(&[person(1, "Айгүл", "+77011112233"), other, person(3, "Марат", "")]);
    party.part(&[2, 3]);
    assert!(party.merge(1, 2));
    let merged = Person { latin: latin(), group: "2".into(), needs, ..person(1, "Айгүл", "+77011112233") };
    assert_eq!(party.people, [merged, person(3, "Марат", "")]);
    assert_eq!(party.apart, [] as [Vec<u16>; 0]);
    assert!(!party.merge(1, 1) && !party.merge(1, 9) && !party.merge(9, 1));
    assert_eq!(party.people.len(), 2);
}

fn anybody() -> impl Strategy<Value = Person> {
    let phone = prop::sample::select(&["", "+77011112233", "8 702 222 33 44", "+442079460123"][..]);
    (0_u16..6, "\\PC{1,60}", "[A-Za-z '-]{0,39}", phone, "\\PC{0,24}", "\\PC{0,16}").prop_map(
        |(number, name, latin, phone, group, room)| Person {
            number,
            name,
            latin,
            phone: phone.into(),
            group,
            room,
            needs: Needs::default(),
        },
    )
}

proptest! {
    #[test]
    fn a_list_that_was_kept_is_kept_as_it_is_again(
        people in prop::collection::vec(anybody(), 0..12),
        apart in prop::collection::vec(prop::collection::vec(0_u16..8, 0..4), 0..6),
    ) {
        let before = Party::default();
        if let Ok(kept) = tidied(Party { leader: "Нұр".into(), people, apart, last: 0, leads: None }, &before) {
            let numbers: std::collections::BTreeSet<_> = kept.people.iter().map(|one| one.number).collect();
            prop_assert_eq!(numbers.len(), kept.people.len(), "everybody has a number of their own");
            prop_assert!(!numbers.contains(&0));
            prop_assert_eq!(tidied(kept.clone(), &kept), Ok(kept.clone()));
            let alike = same(&kept);
            let mut all: Vec<u16> = alike.concat();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), alike.concat().len(), "nobody is proposed twice");
        }
    }
}

#[test]
fn a_name_for_a_passport_is_in_its_letters_or_is_refused_at_its_field() {
    let kept = |latin: &str| named::tidied(Person { latin: latin.into(), ..person(1, "Айгүл", "") }, country("KZ"));
    assert_eq!(kept("  Aigul  Askarova-Kim ").unwrap().latin, "Aigul Askarova-Kim");
    assert_eq!(kept("Айгүл").unwrap_err(), Failure::at(FailureCode::NotLatin, "/latin"));
    assert_eq!(kept(&"A".repeat(40)).unwrap_err(), Failure::at(FailureCode::TextTooLong, "/latin"));
}
