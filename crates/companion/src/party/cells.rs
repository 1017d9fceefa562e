//! How large the cells of a list are at most: what lies beyond is passed over as it is read.

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
