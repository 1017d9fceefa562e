//! What the ministry does about the traveller's need, step by step.

use contract::{
    ids::MessageId,
    record::{CaseKind, CaseStep, CaseWord, Kind, Promised, Rank},
    words::Tag,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::{Cry, Facts},
    store::{Delivery, Letter, Message},
};

/// A case that was closed is shown for so long.
const CLOSED_IS_SHOWN: SignedDuration = SignedDuration::from_hours(24 * 3);

/// How far the traveller's case is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MyCase {
    /// What the ministry said of it; absent while it has not answered a cry.
    pub case: Option<CaseView>,
    /// From the cry to the end, each step that there is.
    pub steps: Vec<StepView>,
    /// The cry that began it, on its way; absent where nothing here began it.
    pub delivery: Option<Delivery>,
    /// The newest words of the ministry; absent where it wrote none, and where they are not to be shown here.
    pub words: Option<WordsView>,
    /// "This rank is wrong", where it was said of this case.
    pub objection: Option<SaidView>,
    /// "My need is over", where it was said of this case.
    pub closing: Option<SaidView>,
    /// It is shown under a title that tells nobody what it is about.
    pub neutral: bool,
}

/// A case, as its newest letter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CaseView {
    /// Which the ministry calls it by.
    pub number: u32,
    /// What it is about.
    pub kind: CaseKind,
    /// How far it is.
    pub step: CaseStep,
    /// How soon somebody must act.
    pub rank: Option<Rank>,
    /// Why, in `language`.
    pub reason: String,
    /// What the ministry said it would do.
    pub promised: Option<PromiseView>,
    /// How it ended, in `language`.
    pub outcome: String,
    /// Of its texts.
    pub language: Tag,
    /// When the ministry said so.
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PromiseView {
    /// In the case's language.
    pub what: String,
    /// By when.
    #[ts(type = "string")]
    pub by: Timestamp,
    /// That time has passed.
    pub late: bool,
}

/// A step of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// It was reached.
    pub done: bool,
    /// When, where that is known.
    #[ts(type = "string | null")]
    pub at: Option<Timestamp>,
}

/// The steps of a case, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CaseStepName")]
pub enum Step {
    /// The traveller asked.
    Asked,
    /// The ministry has it.
    Received,
    /// An officer has opened it.
    Opened,
    /// An officer has answered.
    Answered,
    /// Something is promised by a time.
    Promised,
    /// It is over.
    Closed,
}

/// Words of the ministry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WordsView {
    /// Of the letter.
    pub id: MessageId,
    /// In `language`.
    pub text: String,
    /// Of the text.
    pub language: Tag,
    /// When it was written.
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// What the traveller said of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SaidView {
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

/// The case that is open, or was closed lately, or the cry that waits for one; none while the trips are locked.
pub fn my_case(facts: &Facts) -> Option<MyCase> {
    if facts.lock.locked {
        return None;
    }
    let cry = facts.cry();
    let newest = facts.letters.iter().rev().find_map(|letter| Some((letter, letter.private.case.as_ref()?)));
    let is_of_the_past = |letter: &Letter, case: &CaseWord| {
        let age = facts.now.duration_since(letter.at);
        case.step == CaseStep::Closed && (age > CLOSED_IS_SHOWN || cry.as_ref().is_some_and(|cry| cry.at > letter.at))
    };
    match newest.filter(|(letter, case)| !is_of_the_past(letter, case)) {
        Some((letter, case)) => Some(of_case(facts, cry, letter, case)),
        None => cry.map(before_any_case),
    }
}

fn before_any_case(cry: Cry) -> MyCase {
    let steps = vec![
        StepView { step: Step::Asked, done: true, at: Some(cry.since) },
        StepView { step: Step::Received, done: cry.received.is_some(), at: cry.received },
        StepView { step: Step::Opened, done: false, at: None },
        StepView { step: Step::Answered, done: false, at: None },
    ];
    let delivery = Some(cry.delivery);
    MyCase { case: None, steps, delivery, words: None, objection: None, closing: None, neutral: false }
}

fn of_case(facts: &Facts, cry: Option<Cry>, letter: &Letter, case: &CaseWord) -> MyCase {
    let is_of_it = |letter: &&Letter| letter.private.case.as_ref().is_some_and(|one| one.number == case.number);
    let letters: Vec<&Letter> = facts.letters.iter().filter(is_of_it).collect();
    let began = letters.first().map_or(letter.at, |first| first.at);
    let said = |says: fn(&Message) -> bool| {
        let message = facts.messages.iter().rev().find(|message| message.at >= began && says(message))?;
        Some(SaidView { at: message.at, delivery: facts.delivery(Kind::Message, &message.id.to_string()) })
    };
    let neutral = letter.private.neutral;
    let words = letters.iter().rev().find(|letter| !letter.private.text.is_empty()).filter(|_| !neutral);
    MyCase {
        case: Some(case_view(facts, letter, case)),
        steps: steps(cry.as_ref(), &letters, case),
        delivery: cry.map(|cry| cry.delivery),
        words: words.map(|letter| words_view(letter)),
        objection: said(|message| message.private.objection),
        closing: said(|message| message.private.closes),
        neutral,
    }
}

fn words_view(letter: &Letter) -> WordsView {
    let private = &letter.private;
    WordsView { id: letter.id, text: private.text.clone(), language: private.language.clone(), at: letter.at }
}

/// What a letter says of a case.
pub fn case_view(facts: &Facts, letter: &Letter, case: &CaseWord) -> CaseView {
    let promise = |promised: &Promised| PromiseView {
        what: promised.what.clone(),
        by: promised.by,
        late: promised.by < facts.now && case.step != CaseStep::Closed,
    };
    CaseView {
        number: case.number,
        kind: case.kind,
        step: case.step,
        rank: case.rank,
        reason: case.reason.clone(),
        promised: case.promised.as_ref().map(promise),
        outcome: case.outcome.clone(),
        language: letter.private.language.clone(),
        at: letter.at,
    }
}

fn step_of(step: CaseStep) -> Step {
    match step {
        CaseStep::Received => Step::Received,
        // somebody has it, and it is not over
        CaseStep::Opened | CaseStep::Other => Step::Opened,
        CaseStep::Answered => Step::Answered,
        CaseStep::Promised => Step::Promised,
        CaseStep::Closed => Step::Closed,
    }
}

/// A step is reached with the first letter that says so, or a later one.
fn steps(cry: Option<&Cry>, letters: &[&Letter], newest: &CaseWord) -> Vec<StepView> {
    let said = |letter: &&&Letter| letter.private.case.as_ref().map(|case| step_of(case.step));
    let first = |step: Step| letters.iter().find(|letter| said(letter) >= Some(step)).map(|letter| letter.at);
    let reached = step_of(newest.step);
    let is_promised = newest.promised.is_some() || letters.iter().any(|letter| said(&letter) == Some(Step::Promised));
    let mut steps = Vec::new();
    if let Some(cry) = cry {
        steps.push(StepView { step: Step::Asked, done: true, at: Some(cry.since) });
    }
    let received = cry.and_then(|cry| cry.received).or_else(|| first(Step::Received));
    steps.push(StepView { step: Step::Received, done: true, at: received });
    for step in [Step::Opened, Step::Answered, Step::Promised, Step::Closed] {
        let done = reached >= step;
        // nobody who was promised nothing reads of a promise
        if step != Step::Promised || is_promised {
            steps.push(StepView { step, done, at: first(step).filter(|_| done) });
        }
    }
    steps
}
