//! Which column of a table holds what: by its heading in Kazakh, Russian or English, else by what stands in it.

use atlas::typing::fold;

use super::{
    cells::{PHONE, digits, is_phone},
    line,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// The whole of it.
    Name,
    /// A surname, a given name, a father's name, or several of them: what stands in all such columns is the name.
    PartOfName,
    /// The name, or a part of it, as a passport writes it.
    Latin,
    Phone,
    /// A bus, a group.
    Group,
    /// A room, a family.
    Room,
    Medicine,
    Days,
    Wheelchair,
    Pregnant,
    Infant,
}

/// Words that headings have; one that ends with a star may go on. The first that fits counts.
const HEADINGS: [(Holds, &str); 10] = [
    (Holds::Days, "дней күнге күн days"),
    (Holds::Medicine, "лекарств* медикамент* препарат* дәрі* medic* drug*"),
    (Holds::Wheelchair, "коляск* арба* арбада инвалид* мүгедек* wheelchair*"),
    (Holds::Pregnant, "берем* жүкті* pregnan*"),
    (Holds::Infant, "младен* грудн* нәресте* сәби infant* baby"),
    (Holds::Phone, "тел телефон* моб мобильн* ұялы phone* mobile* tel whatsapp"),
    (
        Holds::Name,
        "фио жөні жөн паломник* пассажир* жолаушы* қажы қажылар турист* участник* pilgrim* passenger* fullname",
    ),
    (
        Holds::PartOfName,
        "фамил* имя имени отчеств* тегі аты есімі есім әкесінің name names surname firstname lastname forename given patronym*",
    ),
    (Holds::Group, "автобус* bus групп* group* топ тобы вагон*"),
    (Holds::Room, "комнат* room* бөлме* семья семьи отбасы family"),
];
/// What a number alone in such a column is the number of, by how its heading begins: nobody reads 400 as a room.
const NUMBERED: [(&str, &str); 11] = [
    ("автобус", "Автобус"),
    ("bus", "Bus"),
    ("групп", "Группа"),
    ("group", "Group"),
    ("топ", "Топ"),
    ("тобы", "Топ"),
    ("вагон", "Вагон"),
    ("комнат", "Комната"),
    ("room", "Room"),
    ("бөлме", "Бөлме"),
    ("семь", "Семья"),
];
/// So many share a room, where no heading says what a column is.
const MOST_IN_A_ROOM: usize = 4;
/// A heading with one of these is of a name in Latin letters, whatever else it says.
const LATIN: &str = "лат латин* латынша latin* транслит* translit*";
/// A name "as in the passport".
const PASSPORT: &str = "паспорт* загранпаспорт* төлқұжат* passport*";
/// A heading with one of these is of something else, whatever else it says.
const OTHER: &str = "отел* гостиниц* қонақ* hotel* турфирм* агент* agency";
/// What a row of sums begins with.
const SUM: &str = "итого всего барлығы барлыгы жиыны жиынтығы total";
/// A title or a logo may stand above the headings.
const LOOKED_AT: usize = 10;

/// The columns of a table, and how many rows its headings take.
pub struct Columns {
    pub holds: Vec<Option<Holds>>,
    /// Of each column what a number alone in it is the number of; empty where nothing says so.
    pub numbered: Vec<&'static str>,
    pub first_row: usize,
    /// Headings of columns that are not taken.
    pub ignored: Vec<String>,
    words: Words,
}

impl Columns {
    /// Whether a row is the headings once more.
    pub fn is_heading(&self, row: &[String]) -> bool {
        self.words.is_heading(row)
    }

    /// Whether a row is a sum of those above it.
    pub fn is_sum(&self, row: &[String]) -> bool {
        let first = row.iter().flat_map(|cell| tokens(cell)).find(|token| token.chars().any(char::is_alphabetic));
        first.is_some_and(|first| is_one_of(&first, &self.words.sum))
    }
}

pub fn columns(rows: &[Vec<String>]) -> Columns {
    let words = Words::new();
    let heading = rows.iter().take(LOOKED_AT).position(|row| words.is_heading(row));
    match heading {
        Some(at) => {
            let (holds, ignored) = words.by_heading(&rows[at]);
            let numbered = rows[at].iter().map(|heading| numbered(heading)).collect();
            Columns { holds, numbered, first_row: at + 1, ignored, words }
        }
        None => {
            let holds = words.by_content(rows);
            Columns { numbered: vec![""; holds.len()], holds, first_row: 0, ignored: Vec::new(), words }
        }
    }
}

fn numbered(heading: &str) -> &'static str {
    let tokens = tokens(heading);
    let is_of = |stem: &str| tokens.iter().any(|token| token.starts_with(&fold(stem)));
    NUMBERED.iter().find(|(stem, _)| is_of(stem)).map_or("", |(_, word)| word)
}

/// A folded word, and whether it may go on.
type Word = (String, bool);

/// The words of headings, folded once.
struct Words {
    of: Vec<(Holds, Vec<Word>)>,
    latin: Vec<Word>,
    passport: Vec<Word>,
    other: Vec<Word>,
    sum: Vec<Word>,
}

fn words(text: &str) -> Vec<Word> {
    let word = |word: &str| match word.strip_suffix('*') {
        Some(begins) => (fold(begins), true),
        None => (fold(word), false),
    };
    text.split(' ').map(word).collect()
}

fn is_one_of(token: &str, words: &[Word]) -> bool {
    words.iter().any(|(word, goes_on)| if *goes_on { token.starts_with(word.as_str()) } else { token == word })
}

fn tokens(text: &str) -> Vec<String> {
    let apart = |letter: char| if letter.is_alphanumeric() { letter } else { ' ' };
    fold(&text.chars().map(apart).collect::<String>()).split_whitespace().map(str::to_owned).collect()
}

impl Words {
    fn new() -> Self {
        Self {
            of: HEADINGS.map(|(holds, text)| (holds, words(text))).to_vec(),
            latin: words(LATIN),
            passport: words(PASSPORT),
            other: words(OTHER),
            sum: words(SUM),
        }
    }

    fn headed(&self, text: &str) -> Option<Holds> {
        let tokens = tokens(text);
        let has = |words: &[Word]| tokens.iter().any(|token| is_one_of(token, words));
        let found = self.of.iter().find(|(_, words)| has(words)).map(|(holds, _)| *holds);
        let is_name = matches!(found, Some(Holds::Name | Holds::PartOfName));
        if has(&self.latin) {
            return Some(Holds::Latin);
        }
        if has(&self.passport) {
            return is_name.then_some(Holds::Latin);
        }
        if has(&self.other) {
            return None;
        }
        let is_whole = found == Some(Holds::PartOfName) && tokens.iter().any(|token| token == "full");
        // "Ф. И. О."
        let is_spelled = tokens.len() == 3 && tokens.concat() == fold("фио");
        if is_whole || is_spelled { Some(Holds::Name) } else { found }
    }

    fn is_heading(&self, row: &[String]) -> bool {
        let said: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let found: Vec<Holds> = said.iter().filter_map(|cell| self.headed(cell)).collect();
        let is_named = found.iter().any(|holds| matches!(holds, Holds::Name | Holds::PartOfName | Holds::Latin));
        if said.iter().any(|cell| digits(cell) >= *PHONE.start()) || !is_named {
            return false;
        }
        // a person alone in a row may be called like a heading
        let is_known =
            |token: &String| is_one_of(token, &self.latin) || self.of.iter().any(|(_, words)| is_one_of(token, words));
        let all_known = |cell: &str| tokens(cell).iter().all(is_known);
        found.len() > 1 || said.len() == 1 && said.iter().all(|cell| all_known(cell))
    }

    fn by_heading(&self, row: &[String]) -> (Vec<Option<Holds>>, Vec<String>) {
        let mut holds: Vec<Option<Holds>> = row.iter().map(|cell| self.headed(cell)).collect();
        if !holds.iter().flatten().any(|holds| matches!(holds, Holds::Name | Holds::PartOfName)) {
            // it is the only name that they have
            for latin in holds.iter_mut().filter(|holds| **holds == Some(Holds::Latin)) {
                *latin = Some(Holds::PartOfName);
            }
        }
        let has_whole = holds.contains(&Some(Holds::Name));
        for at in 0..holds.len() {
            let is_twice = holds[..at].contains(&holds[at])
                && !matches!(holds[at], Some(Holds::Group | Holds::Room | Holds::PartOfName | Holds::Latin));
            if is_twice || has_whole && holds[at] == Some(Holds::PartOfName) {
                holds[at] = None;
            }
        }
        let is_counter = |text: &str| tokens(text).iter().all(|token| ["no", "n", "п", "р"].contains(&token.as_str()));
        let ignored = row.iter().zip(&holds).filter(|(cell, holds)| holds.is_none() && !is_counter(cell));
        let ignored = ignored.map(|(cell, _)| cell.clone()).collect();
        (holds, ignored)
    }

    /// Without headings: a phone has digits, a name has letters, and what many share is a group.
    fn by_content(&self, rows: &[Vec<String>]) -> Vec<Option<Holds>> {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.is_empty());
        let share = |at: usize, is: &dyn Fn(&str) -> bool| {
            let all = cells(at).count();
            all > 0 && cells(at).filter(|cell| is(cell)).count() * 2 > all
        };
        let is_name = |text: &str| text.chars().any(char::is_alphabetic) && digits(text) == 0;
        let distinct = |at: usize| cells(at).collect::<std::collections::BTreeSet<_>>().len();
        let is_shared = |at: usize| cells(at).count() > 2 && distinct(at) * 2 <= cells(at).count();
        let mut holds = vec![None; width];
        for at in 0..width {
            let has = |wanted| holds[..at].contains(&Some(wanted));
            holds[at] = if share(at, &is_phone) {
                (!has(Holds::Phone)).then_some(Holds::Phone)
            } else if let Some(said) =
                [Holds::Group, Holds::Room].into_iter().find(|said| share(at, &|text| self.headed(text) == Some(*said)))
            {
                Some(said)
            } else if is_shared(at) {
                let is_of_few = cells(at).count() <= distinct(at) * MOST_IN_A_ROOM;
                Some(if is_of_few { Holds::Room } else { Holds::Group })
            } else if share(at, &is_name) {
                Some(Holds::PartOfName)
            } else if !has(Holds::Room) && share(at, &line::is_room) {
                Some(Holds::Room)
            } else {
                None
            };
        }
        if !holds.contains(&Some(Holds::PartOfName)) {
            // names with numbers before them, or phones behind
            let letters =
                |at: usize| cells(at).map(|cell| cell.chars().filter(|letter| letter.is_alphabetic()).count()).sum();
            if let Some(at) = (0..width).max_by_key(|at| -> usize { letters(*at) }) {
                holds[at] = Some(Holds::PartOfName);
            }
        }
        holds
    }
}
