//! Pieces of text, wherever they were drawn, as the lines that people read.

/// What was written in one go.
pub struct Piece {
    pub text: String,
    /// From the left of the page.
    pub x: f64,
    /// From the foot of the page.
    pub y: f64,
    pub end: f64,
    pub size: f64,
}

/// Pieces of one height are a line, in the order in which they stand; where a gap is, a space is.
pub fn of(mut pieces: Vec<Piece>) -> Vec<String> {
    pieces.retain(|piece| [piece.x, piece.y, piece.end, piece.size].iter().all(|number| number.is_finite()));
    pieces.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row[0].y - piece.y < row[0].size.min(piece.size) * 0.4 => row.push(piece),
            Some(_) | None => rows.push(vec![piece]),
        }
    }
    rows.into_iter().map(line).filter(|line| !line.is_empty()).collect()
}

fn line(mut row: Vec<Piece>) -> String {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut line = String::new();
    let mut end = f64::INFINITY;
    for piece in row {
        if piece.x - end > piece.size * 0.15 && !line.ends_with(' ') {
            line.push(' ');
        }
        end = piece.end;
        line.extend(piece.text.chars().filter(|letter| !letter.is_control()));
    }
    line.trim().to_owned()
}
