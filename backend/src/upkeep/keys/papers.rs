//! The papers that open sealed keys: each has a share of one secret, any few of them give it back, and fewer say nothing
//! of it (Shamir's scheme, over the field of 256).
//!
//! A paper is three lines of three groups of [letters]: which sealed keys it opens (20 bits), how many are needed (5),
//! the share with its number before it (136), and a check of it all (19).

use std::{fmt, str::FromStr};

use blahaj::Sharks;
use contract::letters::{self, BITS, LETTERS, Mistyped, bits_of};
use rand::CryptoRng;
use ring::digest;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Lines of a paper.
pub const LINES: usize = 3;
/// Groups of a line.
const GROUPS: usize = 3;
const LINE_BITS: usize = GROUPS * BITS;
/// More papers than anybody hands out, and no more than five bits can tell apart.
pub const MOST: u8 = 31;

const NUMBER_BITS: usize = BITS;
const NEED_BITS: usize = 5;
const SECRET: usize = 16;
const SHARE_BITS: usize = 8 * (1 + SECRET);
const CHECK_BITS: usize = LINES * LINE_BITS - NUMBER_BITS - NEED_BITS - SHARE_BITS;

/// What the papers give together.
pub type Secret = Zeroizing<[u8; SECRET]>;

/// By which papers and the file that they open know each other: four letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number(u32);

impl Number {
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self(rng.next_u32() >> (32 - NUMBER_BITS))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = (0..4).rev().map(|at| LETTERS[(self.0 >> (5 * at) & 31) as usize]);
        f.write_str(&letters.map(char::from).collect::<String>())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the number of sealed keys is four letters")]
pub struct NoNumber;

impl FromStr for Number {
    type Err = NoNumber;

    fn from_str(text: &str) -> Result<Self, NoNumber> {
        let value = |letter: u8| LETTERS.iter().position(|one| *one == letter).ok_or(NoNumber);
        let values: Vec<usize> = text.bytes().map(value).collect::<Result<_, _>>()?;
        let [one, two, three, four] = values.as_slice() else { return Err(NoNumber) };
        Ok(Self(u32::try_from(one << 15 | two << 10 | three << 5 | four).map_err(|_| NoNumber)?))
    }
}

impl TryFrom<String> for Number {
    type Error = NoNumber;

    fn try_from(text: String) -> Result<Self, NoNumber> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

/// What one paper says.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    of: Number,
    need: u8,
    /// The share's number, and the share.
    share: Zeroizing<Vec<u8>>,
}

/// No log has a share.
impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("of", &self.of).finish_non_exhaustive()
    }
}

/// Shares a secret out among papers, of which any `need` give it back.
pub fn share_out(secret: &Secret, of: Number, papers: u8, need: u8, rng: &mut impl CryptoRng) -> Vec<Paper> {
    let shares = Sharks(need).dealer_rng(&secret[..], rng).take(papers.into());
    shares.map(|share| Paper { of, need, share: Zeroizing::new(Vec::from(&share)) }).collect()
}

/// The secret of as many papers as are needed; of fewer, or of papers of others, none or another.
pub fn together(papers: &[Paper]) -> Option<Secret> {
    let need = papers.first()?.need;
    let shares: Result<Vec<_>, _> = papers.iter().map(|paper| blahaj::Share::try_from(&paper.share[..])).collect();
    let secret = Zeroizing::new(Sharks(need).recover(&shares.ok()?).ok()?);
    <[u8; SECRET]>::try_from(&secret[..]).ok().map(Zeroizing::new)
}

impl Paper {
    /// As it is written down.
    pub fn lines(&self) -> Vec<String> {
        let bits: Zeroizing<Vec<bool>> = Zeroizing::new(self.bits().chain(self.check()).collect());
        let groups = letters::write(&bits, 0);
        groups.chunks(GROUPS).map(|line| line.join(" ")).collect()
    }

    fn bits(&self) -> impl Iterator<Item = bool> {
        let head = bits_of(self.of.0.into(), NUMBER_BITS).chain(bits_of(self.need.into(), NEED_BITS));
        head.chain(self.share.iter().flat_map(|byte| bits_of(u128::from(*byte), 8)))
    }

    fn check(&self) -> impl Iterator<Item = bool> + use<> {
        let mut hashing = digest::Context::new(&digest::SHA256);
        hashing.update(format!("saparlas key paper 1\n{}\n{}\n", self.of, self.need).as_bytes());
        hashing.update(&self.share);
        let hash = hashing.finish().as_ref().to_vec();
        hash.into_iter().flat_map(|byte| bits_of(byte.into(), 8)).take(CHECK_BITS)
    }

    /// What the bits of all its lines say, if the check holds.
    fn of(bits: &[bool]) -> Option<Self> {
        let (Head { of, need, .. }, rest) = Head::of(bits)?;
        let (share, check) = rest.split_at_checked(SHARE_BITS)?;
        let bytes = share.chunks(8).map(byte).collect();
        let paper = Self { of, need, share: Zeroizing::new(bytes) };
        paper.check().eq(check.iter().copied()).then_some(paper)
    }
}

/// What the first line says already.
struct Head {
    of: Number,
    need: u8,
    place: u8,
}

impl Head {
    /// With the bits of the share and of what comes after.
    fn of(bits: &[bool]) -> Option<(Self, &[bool])> {
        let (number, rest) = bits.split_at_checked(NUMBER_BITS)?;
        let (need, rest) = rest.split_at_checked(NEED_BITS)?;
        let (place, _) = rest.split_at_checked(8)?;
        let number = number.iter().fold(0, |all, bit| all << 1 | u32::from(*bit));
        Some((Self { of: Number(number), need: byte(need), place: byte(place) }, rest))
    }
}

fn byte(bits: &[bool]) -> u8 {
    bits.iter().fold(0, |all, bit| all << 1 | u8::from(*bit))
}

/// Why a line was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("{paper}, line {line}: {why}; type line {line} again")]
    Line { paper: String, line: usize, why: Mistyped },
    #[error("this paper is of keys-{0}.sealed, another file: begin with another paper")]
    OfAnother(Number),
    #[error("paper {0} was typed already: begin with another one")]
    Twice(u8),
    #[error("the lines of paper {0} are not of one paper: begin it again with line 1")]
    Mixed(u8),
}

/// What became of a line that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The paper goes on.
    Line,
    /// The paper is whole; so many more are needed.
    Paper { place: u8, more: usize },
    /// That was the last one.
    All(Secret),
}

/// Papers while they are typed, line by line.
pub struct Typing {
    of: Number,
    need: u8,
    papers: Vec<Paper>,
    /// Of the paper that is typed now.
    bits: Zeroizing<Vec<bool>>,
}

impl Typing {
    pub fn new(of: Number, need: u8) -> Self {
        Self { of, need, papers: Vec::new(), bits: Zeroizing::default() }
    }

    /// What is to be typed now.
    pub fn asks(&self) -> String {
        format!("{}, line {}", self.paper(), self.line() + 1)
    }

    /// How many papers are still to be typed.
    pub fn more(&self) -> usize {
        usize::from(self.need).saturating_sub(self.papers.len())
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// [`Mistake`]: what of it is wrong; it is asked for again.
    pub fn take(&mut self, typed: &str) -> Result<Heard, Mistake> {
        let line = self.line();
        let wrong = |why| Mistake::Line { paper: self.paper(), line: line + 1, why };
        let read = Zeroizing::new(letters::read(typed, line * GROUPS, GROUPS).map_err(wrong)?);
        if line == 0
            && let Some((head, _)) = Head::of(&read)
        {
            self.must_be_new(&head)?;
        }
        self.bits.extend_from_slice(&read);
        if self.line() < LINES {
            return Ok(Heard::Line);
        }
        let place = self.place().unwrap_or_default();
        let bits = std::mem::take(&mut self.bits);
        self.papers.push(Paper::of(&bits).ok_or(Mistake::Mixed(place))?);
        match self.more() {
            0 => together(&self.papers).map(Heard::All).ok_or(Mistake::Mixed(place)),
            more => Ok(Heard::Paper { place, more }),
        }
    }

    fn must_be_new(&self, head: &Head) -> Result<(), Mistake> {
        if (head.of, head.need) != (self.of, self.need) {
            return Err(Mistake::OfAnother(head.of));
        }
        let is_here = self.papers.iter().any(|paper| paper.share.first() == Some(&head.place));
        if is_here { Err(Mistake::Twice(head.place)) } else { Ok(()) }
    }

    fn line(&self) -> usize {
        self.bits.len() / LINE_BITS
    }

    fn place(&self) -> Option<u8> {
        Head::of(&self.bits).map(|(head, _)| head.place)
    }

    /// By its number, once its first line has said it.
    fn paper(&self) -> String {
        let next = || format!("the next paper ({} of {})", self.papers.len() + 1, self.need);
        self.place().map_or_else(next, |place| format!("paper {place}"))
    }
}
