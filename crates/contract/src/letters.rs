//! Letters that people copy from paper, in groups of five. Four of a group carry twenty bits, the fifth checks the four and
//! the group's place.

use std::iter;

/// Crockford's: none of I, L, O, U.
pub const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a group, the checking one among them.
pub const GROUP: usize = 5;
/// Bits that a group carries.
pub const BITS: usize = 5 * (GROUP - 1);

/// Why what was typed is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// A group holds a letter that is wrong, missing or too many.
    #[error("a letter of group {0} is wrong")]
    Group(usize),
    /// Whole groups are missing at its end, or it has not begun.
    #[error("it ends after {0} groups")]
    Short(usize),
    /// More groups than were written.
    #[error("it goes on after its end")]
    Long,
}

/// Writes bits as groups, of which the first stands at the place `first`.
pub fn write(bits: &[bool], first: usize) -> Vec<String> {
    let values: Vec<u8> =
        bits.chunks(5).map(|five| five.iter().fold(0, |all, bit| all << 1 | u8::from(*bit))).collect();
    let group = |(place, four): (usize, &[u8])| {
        let letters = four.iter().copied().chain([checking(first + place, four)]);
        letters.map(|value| char::from(LETTERS[usize::from(value)])).collect()
    };
    values.chunks(GROUP - 1).enumerate().map(group).collect()
}

/// Reads what was typed or seen: in small letters too, with anything between the groups, and where a letter looks like
/// another. The first group stood at the place `first`.
///
/// # Errors
/// The first group that is wrong, or that there are not as many.
pub fn read(text: &str, first: usize, groups: usize) -> Result<Vec<bool>, Mistyped> {
    let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut bits = Vec::with_capacity(groups * BITS);
    for (place, group) in letters.chunks(GROUP).take(groups).enumerate() {
        let read: Option<Vec<u8>> = group.iter().map(|letter| value(*letter)).collect();
        let read = read.ok_or(Mistyped::Group(place + 1))?;
        match read.split_last_chunk::<1>() {
            Some((four, [check])) if four.len() == GROUP - 1 && checking(first + place, four) == *check => {
                bits.extend(four.iter().flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1 == 1)));
            }
            Some(_) | None => return Err(Mistyped::Group(place + 1)),
        }
    }
    if letters.len() < GROUP * groups {
        return Err(Mistyped::Short(letters.len() / GROUP));
    }
    if letters.len() > GROUP * groups {
        return Err(Mistyped::Long);
    }
    Ok(bits)
}

/// The bits of a number, the last `width` of them.
pub fn bits_of(number: u128, width: usize) -> impl Iterator<Item = bool> {
    (0..width).rev().map(move |bit| number >> bit & 1 == 1)
}

/// The number that bits are.
pub fn number_of(bits: impl IntoIterator<Item = bool>) -> u128 {
    bits.into_iter().fold(0, |all, bit| all << 1 | u128::from(bit))
}

/// What checks the letters of a group: a sum over the field of 32, in which each place has a weight of its own. So one
/// letter that is wrong, two that changed places and a group in another's place are told.
fn checking(place: usize, four: &[u8]) -> u8 {
    let times_x = |value: u8| if value & 16 == 0 { value << 1 } else { (value << 1 ^ 0b10_0101) & 31 };
    let first = iter::once(u8::try_from(place).unwrap_or_default());
    times_x(first.chain(four.iter().copied()).fold(0, |sum, value| times_x(sum) ^ value))
}

/// Of a letter, or of one that looks like it in Latin or Cyrillic.
fn value(letter: char) -> Option<u8> {
    let letter = letter.to_uppercase().next()?;
    let latin = match letter {
        'O' | 'О' => '0',
        'I' | 'L' | 'І' => '1',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        'З' => '3',
        other => other,
    };
    LETTERS.iter().position(|one| char::from(*one) == latin).and_then(|at| u8::try_from(at).ok())
}
