//! Cells of a list: how large they are at most, and what is a phone; what lies beyond is passed over as it is read.

/// What lies beyond is no list of people.
pub const MAX_COLUMNS: usize = 100;
/// Letters, far more than anything of a person may have.
pub const MAX_LETTERS: usize = 300;

/// The beginning of a text that is longer.
pub fn cut(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(MAX_LETTERS) {
        text.truncate(end);
    }
}

/// Fewer digits are no phone.
pub const PHONE: std::ops::RangeInclusive<usize> = 9..=15;

pub fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

pub fn is_phone(text: &str) -> bool {
    let plain = text.chars().all(|letter| letter.is_ascii_digit() || "+ ()-.\u{a0}".contains(letter));
    plain && PHONE.contains(&digits(text))
}
