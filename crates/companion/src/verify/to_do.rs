//! What an entry says is to be done: a headline, and steps in their order.

use std::collections::BTreeMap;

use super::words::{Sentence, in_words};

/// What an entry says is to be done, in one language.
pub struct ToDo {
    headline: Vec<Sentence>,
    steps: Vec<Sentence>,
}

impl ToDo {
    pub fn of(headline: &str, steps: &[String]) -> Self {
        let said = |words: &str| in_words(words).map(|(sentence, _)| sentence).collect::<Vec<_>>();
        Self { headline: said(headline), steps: steps.iter().flat_map(|step| said(step)).collect() }
    }

    pub fn all(&self) -> impl Iterator<Item = &Sentence> {
        self.headline.iter().chain(&self.steps)
    }

    /// Where those of some sentences stand that are steps; what is said twice stands anywhere.
    pub fn places(&self, sentences: &[&Sentence]) -> BTreeMap<&Sentence, usize> {
        let steps = self.steps.iter().enumerate();
        let once = steps.filter(|(_, step)| self.all().filter(|other| other == step).count() == 1);
        once.filter(|(_, step)| sentences.contains(step)).map(|(at, step)| (step, at)).collect()
    }
}
