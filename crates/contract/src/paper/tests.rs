use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};

use super::*;
use crate::letters::{GROUP, LETTERS};

fn paper(seed: u64) -> Paper {
    let mut rng = StdRng::seed_from_u64(seed);
    Paper::new(DeviceId::random(&mut rng), &mut rng)
}

fn ours() -> Hash {
    Hash::of(b"this ministry")
}

fn written(seed: u64) -> String {
    paper(seed).groups(ours()).join(" ")
}

#[test]
fn a_code_is_thirteen_groups_of_five_and_the_same_for_ever() {
    let text = written(1);
    assert_eq!(text.split(' ').map(str::len).collect::<Vec<_>>(), [GROUP; GROUPS]);
    // whoever printed this years ago still has it read
    insta::assert_snapshot!(text);
    let keys = paper(1).keys();
    insta::assert_snapshot!(format!("{}\n{}", key_text(&keys.public), keys.token_hash()));
}

#[test]
fn it_is_read_as_people_type() {
    let text = written(1);
    let small = text.to_lowercase().replace(' ', "-");
    let alike: String = text
        .chars()
        .map(|letter| match letter {
            '0' => 'O',
            '1' => 'l',
            'A' => 'А',
            'T' => 'т',
            other => other,
        })
        .collect();
    for typed in [text.clone(), text.replace(' ', ""), format!("  {small}\n"), alike] {
        assert_eq!(Paper::read(&typed, ours()), Ok(paper(1)), "{typed}");
    }
}

#[test]
fn what_is_wrong_is_said_by_its_group() {
    let text = written(1);
    let groups: Vec<&str> = text.split(' ').collect();
    let without_a_letter = format!("{} {} {}", groups[..3].join(" "), &groups[3][..4], groups[4..].join(" "));
    let (mut turned, mut unknown) = (groups.clone(), groups.clone());
    turned.swap(5, 6);
    unknown[7] = "ABUCD";
    for (typed, misread) in [
        (without_a_letter, Misread::Mistyped(Mistyped::Group(4))),
        (turned.join(" "), Misread::Mistyped(Mistyped::Group(6))),
        (unknown.join(" "), Misread::Mistyped(Mistyped::Group(8))),
        (groups[..9].join(" "), Misread::Mistyped(Mistyped::Short(9))),
        (String::new(), Misread::Mistyped(Mistyped::Short(0))),
        (format!("{text} 00000"), Misread::Mistyped(Mistyped::Long)),
    ] {
        assert_eq!(Paper::read(&typed, ours()), Err(misread), "{typed}");
    }
    assert_eq!(Paper::read(&text, Hash::of(b"another ministry")), Err(Misread::Another));
}

#[test]
fn no_two_codes_have_keys_in_common_and_no_log_has_a_secret() {
    let (one, other) = (paper(1), paper(2));
    assert_ne!(one.keys().public, other.keys().public);
    assert_ne!(one.keys().token_hash(), other.keys().token_hash());
    let of_another = Paper { device: other.device, ..one.clone() };
    assert_ne!(one.keys().token_hash(), of_another.keys().token_hash(), "a secret is of its device");
    assert_ne!(*one.keys().private, one.keys().public);
    assert_eq!(format!("{one:?}"), format!("Paper {{ device: {:?}, .. }}", one.device));
}

proptest! {
    #[test]
    fn whatever_was_written_is_read(seed: u64) {
        prop_assert_eq!(Paper::read(&written(seed), ours()), Ok(paper(seed)));
    }

    #[test]
    fn one_wrong_letter_and_two_that_changed_places_are_found_in_their_group(seed: u64, at in 0_usize..65, other in 0_usize..32) {
        let letters: Vec<char> = written(seed).replace(' ', "").chars().collect();
        let read = |letters: &[char]| Paper::read(&letters.iter().collect::<String>(), ours());
        let mut wrong = letters.clone();
        wrong[at] = char::from(LETTERS[other]);
        if wrong != letters {
            prop_assert_eq!(read(&wrong), Err(Misread::Mistyped(Mistyped::Group(at / GROUP + 1))));
        }
        let mut turned = letters.clone();
        if at % GROUP < GROUP - 1 {
            turned.swap(at, at + 1);
        }
        if turned != letters {
            prop_assert_eq!(read(&turned), Err(Misread::Mistyped(Mistyped::Group(at / GROUP + 1))));
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,200}") {
        let _ = Paper::read(&text, ours());
    }
}
