//! Lists as people have them: pasted, exported, with headings in three languages or none, and broken.

use contract::record::{Needs, Person};
use proptest::prelude::*;
use testkit::country;

use super::super::{Listed, Refusal, read};
use crate::error::FailureCode;

fn listed(bytes: &[u8]) -> Listed {
    read(bytes, country("KZ")).unwrap()
}

/// Name, phone and bus of those who can go in.
fn people(text: &str) -> Vec<(String, String, String)> {
    let said = |person: Person| (person.name, person.phone, person.group);
    listed(text.as_bytes()).people.into_iter().map(said).collect()
}

fn one(name: &str, phone: &str, group: &str) -> (String, String, String) {
    (name.into(), phone.into(), group.into())
}

const AIGUL: &str = "+77011112233";
const MARAT: &str = "+77022223344";

#[test]
fn columns_are_known_by_their_headings_in_three_languages_whatever_stands_between_cells() {
    for (headings, group) in [
        (["Аты-жөні", "Ұялы телефон", "Автобус"], "Автобус 2"),
        (["ФИО", "Номер телефона", "Группа"], "Группа 2"),
        (["Full name", "Phone", "Bus"], "Bus 2"),
        (["Ф. И. О.", "Тел.", "Вагон"], "Вагон 2"),
        (["Фамилия, имя, отчество", "Моб.", "№ автобуса"], "Автобус 2"),
    ] {
        let expected = [one("Айгүл Серікқызы", AIGUL, group), one("Марат Серікұлы", MARAT, group)];
        for between in ["\t", ";", ",", "|"] {
            let row = |cells: [&str; 3]| cells.map(|cell| format!("\"{cell}\"")).join(between);
            let rows = [
                row(headings),
                row(["Айгүл Серікқызы", "8 701 111 22 33", "2"]),
                row(["Марат Серікұлы", "+7 (702) 222-33-44", "2"]),
            ];
            assert_eq!(people(&rows.join("\r\n")), expected, "{headings:?} {between:?}");
        }
    }
}

#[test]
fn a_bus_and_a_room_are_two_things_whichever_column_stands_first_and_a_number_says_of_which() {
    let together = |text: &str| {
        let said = |person: Person| (person.group, person.room);
        listed(text.as_bytes()).people.into_iter().map(said).collect::<Vec<_>>()
    };
    let pair = |group: &str, room: &str| (group.to_owned(), room.to_owned());
    for text in [
        "ФИО;Комната;Автобус\nАйгүл;400;1\nМарат;12А;Автобус №2\n",
        "ФИО;№ автобуса;Номер комнаты\nАйгүл;1;400\nМарат;Автобус №2;12А\n",
    ] {
        assert_eq!(together(text), [pair("Автобус 1", "Комната 400"), pair("Автобус №2", "Комната 12А")], "{text}");
    }
    assert_eq!(together("Аты-жөні;Бөлме;Отбасы\nАйгүл;400;Серік\n"), [pair("", "Бөлме 400, Серік")]);
    let row = |at: usize| format!("Марат {}\t{}\t{}\n", "а".repeat(at + 1), 400 + at / 3, 1 + at / 12);
    let without_headings = together(&(0..24).map(row).collect::<String>());
    assert_eq!(without_headings[0], pair("1", "400"), "nobody said what these are: what few share is a room");
    assert_eq!(without_headings[23], pair("2", "407"));
}

#[test]
fn a_name_in_parts_is_one_name_in_the_order_of_its_columns() {
    let text = "№;Фамилия;Имя;Отчество;Дата рождения;Паспорт\n1;Асқарова;Айгүл;Серікқызы;01.02.1970;N01234567\n";
    let listed = listed(text.as_bytes());
    assert_eq!(listed.people[0].name, "Асқарова Айгүл Серікқызы");
    assert_eq!(listed.ignored, ["Дата рождения", "Паспорт"], "a passport is nobody's to keep here");
    assert_eq!((listed.people[0].phone.as_str(), listed.people[0].group.as_str()), ("", ""));
}

#[test]
fn a_row_to_mend_has_all_that_stood_in_it_but_for_what_is_nobody_s_to_keep() {
    let with_headings = listed("Фамилия;Паспорт;Телефон\n???;N01234567;8 701 11\n".as_bytes());
    assert_eq!(with_headings.faulty[0].text, "??? · 8 701 11");
    let without = listed("Айгүл;87011112233\nМарат;87022223344\n???;8 701 11;12.05\n".as_bytes());
    assert_eq!(without.faulty[0].text, "??? · 8 701 11 · 12.05", "nobody said what the last one is");
}

#[test]
fn what_has_no_letter_is_nobody_s_name_and_a_row_to_mend() {
    let listed = listed("ФИО;Телефон\n???;+77011112233\n????? ??????;\n—;\n12;\nМарат ???;\n李;\n".as_bytes());
    let names: Vec<_> = listed.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Марат ???", "李"]);
    let faulty: Vec<_> = listed.faulty.iter().map(|one| (one.row, one.fault.code)).collect();
    assert_eq!(faulty, [2, 3, 4, 5].map(|row| (row, FailureCode::NoName)));
    assert_eq!(listed.faulty[0].person.phone, "+77011112233", "as it was read");
    let read: Vec<_> = listed.faulty.iter().map(|one| one.person.name.as_str()).collect();
    assert_eq!(read, ["???", "????? ??????", "—", "12"], "who mends it sees what stood there");
}

#[test]
fn a_row_that_is_not_understood_shows_all_that_stood_in_it() {
    let text = "№\tФИО\tПаспорт\tТелефон\n3\tМарат\tN12345677\t\n4\tАйгүл Серік\tN12345678\t87011112233\n\
                5. Байжанов Ермек; N12345000; 87022223344\n6\tN12345000\t\t87022223344\n";
    let listed = listed(text.as_bytes());
    assert_eq!(listed.people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Марат", "Айгүл Серік"]);
    let faulty: Vec<_> = listed.faulty.iter().map(|one| (one.fault.code, one.text.as_str())).collect();
    assert_eq!(
        faulty,
        [
            (FailureCode::NoName, "5. Байжанов Ермек; N12345000; 87022223344"),
            (FailureCode::NoName, "N12345000 · 87022223344")
        ]
    );
}

#[test]
fn sums_and_headings_that_come_again_are_nobody() {
    let text = "ФИО;Телефон\nАйгүл;87011112233\nФИО;Телефон\nМарат;\nИтого: 2 человека;\nБарлығы;2\nTotal;2\n";
    let listed = listed(text.as_bytes());
    assert_eq!(listed.people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Айгүл", "Марат"]);
    assert_eq!(listed.faulty, []);
    assert_eq!(listed.sums, ["Итого: 2 человека", "Барлығы 2", "Total 2"], "and it is said");
}

#[test]
fn the_name_of_a_passport_is_read_beside_the_name() {
    for (headings, row) in [
        ("ФИО;ФИО латиницей", "Асқарова Айгүл;ASKAROVA AIGUL"),
        ("Имя;Фамилия (лат.);Name as in passport", "Айгүл Асқарова;;Askarova Aigul"),
        ("Аты-жөні;Латынша аты-жөні;Төлқұжат", "Асқарова Айгүл;Askarova Aigul;N01234567"),
        ("Фамилия;Имя;Фамилия по загранпаспорту;Имя по загранпаспорту", "Асқарова;Айгүл;Askarova;Aigul"),
        ("Имя;Latin", "Асқарова Айгүл;Askarova Aigul"),
    ] {
        let person = listed(format!("{headings}\n{row}\n").as_bytes()).people.remove(0);
        assert_eq!(person.latin.to_lowercase(), "askarova aigul", "{headings}");
        assert!(person.name.contains("Айгүл") && !person.name.contains("Aigul"), "{headings}: {}", person.name);
    }
    let alone = listed("Имя латиницей;Телефон\nASKAROVA AIGUL;87011112233\n".as_bytes()).people.remove(0);
    assert_eq!((alone.name.as_str(), alone.latin.as_str()), ("ASKAROVA AIGUL", ""), "the only name that they have");
    let listed = listed("ФИО;ФИО латиницей\nАсқарова Айгүл;нет\nМарат;Marat\n".as_bytes());
    assert_eq!(listed.faulty, [], "nobody is left out for it");
    assert_eq!(listed.people.iter().map(|person| person.latin.as_str()).collect::<Vec<_>>(), ["", "Marat"]);
}

#[test]
fn a_heading_of_two_words_leaves_the_name_beside_it_in_its_place() {
    for (text, name) in [
        ("Surname;Given names;Phone\nAskarova;Aigul Saule;87011112233\n", "Askarova Aigul Saule"),
        ("Тегі;Аты;Әкесінің аты\nАсқарова;Айгүл;Серікқызы\n", "Асқарова Айгүл Серікқызы"),
        ("Фамилия;Имя отчество\nАсқарова;Айгүл Серікқызы\n", "Асқарова Айгүл Серікқызы"),
    ] {
        assert_eq!(listed(text.as_bytes()).people[0].name, name, "{text}");
    }
}

#[test]
fn needs_are_read_from_columns_of_their_own() {
    let text = "Имя\tЛекарства\tНа сколько дней\tКоляска\tБеременность\tМладенец\n\
                Айгүл\tинсулин\t5 дней\t+\tнет\t-\n\
                Марат\tнет\t\t\t\tда\n\
                Ерлан\tвалидол\tдве недели\t0\t\t\n";
    let needs: Vec<_> = listed(text.as_bytes()).people.into_iter().map(|person| person.needs).collect();
    let medicine =
        |medicine: &str, medicine_days| Needs { medicine: medicine.into(), medicine_days, ..Needs::default() };
    assert_eq!(needs[0], Needs { wheelchair: true, ..medicine("инсулин", Some(5)) });
    assert_eq!(needs[1], Needs { infant: true, ..Needs::default() });
    assert_eq!(needs[2], medicine("валидол (две недели)", None), "what is no number is not lost");
}

#[test]
fn without_headings_a_column_is_known_by_what_stands_in_it() {
    let rows = "1\tАйгүл Серікқызы\t87011112233\tАвтобус 1\n2\tМарат Серікұлы\t87022223344\tАвтобус 2\n";
    assert_eq!(people(rows), [one("Айгүл Серікқызы", AIGUL, "Автобус 1"), one("Марат Серікұлы", MARAT, "Автобус 2")]);
    let lines = "1. Айгүл Серікқызы +7 701 111 22 33\n2) Марат Серікұлы — 8 702 222 33 44\n3. Ерлан\n";
    assert_eq!(
        people(lines),
        [one("Айгүл Серікқызы", AIGUL, ""), one("Марат Серікұлы", MARAT, ""), one("Ерлан", "", "")]
    );
    assert_eq!(people("Айгүл Серікқызы\nМарат"), [one("Айгүл Серікқызы", "", ""), one("Марат", "", "")]);
}

#[test]
fn when_somebody_was_born_is_no_part_of_a_name_and_of_no_phone() {
    for text in [
        "Борис Константинопольский-Задунайский; 12.03.1956; +77011112233",
        "Айгүл\nМарат\nБорис Константинопольский-Задунайский; 12.03.1956; +77011112233",
        "Айгүл\nМарат\nБорис Константинопольский-Задунайский 1956-03-12 +77011112233",
        "Айгүл\nМарат\nБорис Константинопольский-Задунайский, 12/03/1956, +7 701 111 22 33",
    ] {
        let found = people(text);
        let boris = one("Борис Константинопольский-Задунайский", AIGUL, "");
        assert_eq!(found.last(), Some(&boris), "{text}");
    }
}

#[test]
fn a_list_out_of_a_messenger_has_its_buses_and_rooms_and_nothing_of_them_in_a_name() {
    let text = "Группа Умра, автобус 1\n1. Ахметов Ерлан +7 701 111 22 33 комн. 301\n3) Жумабаева Зәуре, 8 702 222 33 44, 302\n\
                Сәуле Асқар автобус 2 к.303\nBus 3:\nMarat Serikuly — room 12A — +77011112233\n\
                2-автобус\nДана Ерланқызы, 304-бөлме\n5. Асқарова, Айгүл; 1970\n6. Камила Кенесова";
    let said = |person: Person| (person.name, person.phone, person.group, person.room);
    let found = listed(text.as_bytes());
    let of = |name: &str, phone: &str, group: &str, room: &str| {
        (name.to_owned(), phone.to_owned(), group.to_owned(), room.to_owned())
    };
    assert_eq!(
        found.people.into_iter().map(said).collect::<Vec<_>>(),
        [
            of("Ахметов Ерлан", AIGUL, "Автобус 1", "Комната 301"),
            of("Жумабаева Зәуре", MARAT, "Автобус 1", "302"),
            of("Сәуле Асқар", "", "Автобус 2", "Комната 303"),
            of("Marat Serikuly", AIGUL, "Bus 3", "Room 12A"),
            of("Дана Ерланқызы", "", "Автобус 2", "Бөлме 304"),
            of("Асқарова, Айгүл; 1970", "", "Автобус 2", ""),
            of("Камила Кенесова", "", "Автобус 2", ""),
        ]
    );
    assert_eq!(found.faulty, []);
    let kazakh = people("Умра тобы, 1-автобус\nАйгүл Асқар\n2-автобус:\nМарат Серік\n");
    assert_eq!(kazakh, [one("Айгүл Асқар", "", "Автобус 1"), one("Марат Серік", "", "Автобус 2")]);
    let commas =
        "Группа Умра, автобус 1\n1. Ахметов Ерлан, комн. 301\n2. Айгүл Асқар, комн. 302\n3. Марат Серік, комн. 303\n";
    let enveloped = commas.replace("\n", "\n[30.11.2026, 15:02] Айгерим: ");
    for text in [commas.to_owned(), format!("[30.11.2026, 15:02] Айгерим: {enveloped}")] {
        let found = listed(text.as_bytes());
        let rooms = found.people.into_iter().map(|one| (one.name, one.group, one.room)).collect::<Vec<_>>();
        let of = |name: &str, room: &str| (name.to_owned(), "Автобус 1".to_owned(), format!("Комната {room}"));
        let expected = [of("Ахметов Ерлан", "301"), of("Айгүл Асқар", "302"), of("Марат Серік", "303")];
        assert_eq!((rooms.as_slice(), found.faulty.len()), (expected.as_slice(), 0), "{text}");
    }
    let split = "Группа Умра, автобус 1\n1. Ахметов Ерлан, 87011112233, 301\n2. Айгүл Асқар, 87022223344, 302\n\
                 3. Марат Серік, 87022223344, 303\n";
    let rooms = listed(split.as_bytes()).people.into_iter().map(|one| (one.name, one.group, one.room));
    let of = |name: &str, room: &str| (name.to_owned(), "Автобус 1".to_owned(), room.to_owned());
    assert_eq!(
        rooms.collect::<Vec<_>>(),
        [of("Ахметов Ерлан", "301"), of("Айгүл Асқар", "302"), of("Марат Серік", "303")]
    );
}

#[test]
fn somebody_who_is_called_like_a_heading_is_somebody() {
    assert_eq!(people("Қажыбек Сәбитов\nТоп Топович\n").len(), 2);
    assert_eq!(people("ФИО\nҚажы Мұратов\n"), [one("Қажы Мұратов", "", "")]);
}

#[test]
fn a_list_is_read_in_the_encodings_of_travellers_computers() {
    let text = "ФИО;Телефон\nАйгүл Серікқызы;87011112233\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected = listed(text.as_bytes());
    assert_eq!(expected.people[0].name, "Айгүл Серікқызы");
    assert_eq!(listed(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), expected);
    assert_eq!(listed(&[b"\xff\xfe", utf16.as_slice()].concat()), expected);
    // "ФИО;Телефон\nАйгул;87011112233": windows-1251 has no letters of Kazakh alone
    let windows = b"\xd4\xc8\xce;\xd2\xe5\xeb\xe5\xf4\xee\xed\n\xc0\xe9\xe3\xf3\xeb;87011112233\n";
    assert_eq!(listed(windows).people[0].name, "Айгул");
    assert_eq!(listed(windows).people[0].phone, AIGUL);
}

#[test]
fn rows_that_cannot_go_in_say_where_they_stand_and_why_and_the_others_go_in() {
    let long = "Ә".repeat(10_000);
    let text =
        format!("ФИО;Телефон;Автобус\nАйгүл;87011112233;1\n;87022223344;1\nМарат;12;1\n\n{long};;1\nЕрлан;;{long}\n");
    let listed = listed(text.as_bytes());
    assert_eq!(listed.people.len(), 1);
    let faults: Vec<_> =
        listed.faulty.iter().map(|row| (row.row, row.fault.code, row.fault.field.as_deref().unwrap())).collect();
    use FailureCode::{NoName, PhoneInvalid, TextTooLong};
    assert_eq!(
        faults,
        [(3, NoName, "/name"), (4, PhoneInvalid, "/phone"), (6, TextTooLong, "/name"), (7, TextTooLong, "/group")]
    );
    assert_eq!(listed.faulty[1].person.phone, "12", "as it was written");
    assert_eq!(listed.faulty[0].text, "87022223344 · 1", "the whole row");
    assert_eq!(listed.faulty[2].person.name.chars().count(), 300, "its beginning");
}

#[test]
fn two_thousand_rows_in_windows_1251_are_read_and_none_of_them_is_at_fault() {
    let rows: Vec<u8> =
        (0..2_000).flat_map(|row| [b"\xc0\xe9\xe3\xf3\xeb ", format!("{row};\r\n").as_bytes()].concat()).collect();
    let listed = listed(&rows);
    assert_eq!((listed.people.len(), listed.faulty.len()), (2_000, 0));
}

#[test]
fn names_in_other_letters_with_marks_and_signs_stay_what_they_are() {
    let text = "نور الدين\n王小明\n👩‍👧 Айгүл\n\u{202e}Марат\u{202c}\u{7}\n";
    let names: Vec<_> = people(text).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["نور الدين", "王小明", "👩‍👧 Айгүл", "Марат"], "and nothing turns what stands beside it");
}

#[test]
fn what_is_no_list_is_refused_in_words() {
    let refused = |bytes: &[u8]| read(bytes, country("KZ")).unwrap_err();
    assert_eq!(refused(b""), Refusal::Nobody);
    assert_eq!(refused(b" \n\n\t"), Refusal::Nobody);
    assert_eq!(refused(b"%PDF-1.7\n"), Refusal::UnknownKind);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n"), Refusal::UnknownKind);
    assert_eq!(refused(b"\xd0\xcf\x11\xe0 a workbook of old"), Refusal::UnknownKind);
    assert_eq!(refused(&vec![b'A'; 17 * 1024 * 1024]), Refusal::TooLarge);
    assert_eq!(refused("Айгүл\n".repeat(3_000).as_bytes()), Refusal::TooMuch);
    assert_eq!(refused("ФИО;Телефон\n".as_bytes()), Refusal::Nobody);
    assert_eq!(refused(&b"\n".repeat(16_000_000)), Refusal::Nobody);
    assert_eq!(refused(&b"a;b\n".repeat(4_000_000)), Refusal::TooMuch);
    assert_eq!(listed(&b"a;".repeat(8_000_000)).people.len() + listed(&b"a;".repeat(8_000_000)).faulty.len(), 1);
}

#[test]
fn a_quote_that_nobody_closed_loses_no_row() {
    assert_eq!(people("ФИО;Телефон\n\"Айгүл;87011112233\nМарат;87022223344\n").len(), 2);
    assert_eq!(
        people("ФИО;Автобус\n\"Айгүл;\nСерікқызы\";\"1 \"\"А\"\"\"\n"),
        [one("Айгүл; Серікқызы", "", "Автобус 1 \"А\"")]
    );
    assert_eq!(people("sep=,\nФИО,Телефон\nАйгүл,87011112233\n"), [one("Айгүл", AIGUL, "")]);
}

proptest! {
    #[test]
    fn whatever_is_brought_is_answered_and_whoever_goes_in_holds(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, country("KZ"));
    }

    #[test]
    fn every_row_goes_in_or_is_told(
        rows in prop::collection::vec(("[\\PC;,\t\n\"]{0,40}", "[\\PC+0-9]{0,20}"), 0..40),
        between in prop::sample::select(&["\t", ";", ",", "|", " "][..]),
    ) {
        let text = rows.iter().map(|(name, phone)| format!("{name}{between}{phone}\n")).collect::<String>();
        if let Ok(listed) = read(text.as_bytes(), country("KZ")) {
            for person in &listed.people {
                let again = super::super::named::tidied(person.clone(), country("KZ"));
                prop_assert_eq!(again.as_ref(), Ok(person), "what goes in holds when it is kept");
            }
            prop_assert!(listed.faulty.windows(2).all(|pair| pair[0].row < pair[1].row));
        }
    }
}
