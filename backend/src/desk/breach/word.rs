//! The word to those who were touched, as it is proposed: an officer fills in what happened, and sends it.

use std::collections::BTreeSet;

use contract::words::{Lang, Preference, Words};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::What;

/// The working day by which they are told: the next of Monday to Friday. Holidays are the ministry's to know.
pub fn due(to: Date) -> Date {
    let next = |day: &Date| day.checked_add(1.day()).ok();
    let mut days = std::iter::successors(next(&to), next);
    days.find(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)).unwrap_or(to)
}

/// The word in one language: what happened is left for an officer to say.
pub fn draft(what: &BTreeSet<What>, (from, to): (&str, &str), responsible: Option<&Words>, lang: Lang) -> String {
    let mut named: Vec<&str> = Vec::new();
    for text in what.iter().map(|what| touched(*what, lang)) {
        if !named.contains(&text) {
            named.push(text);
        }
    }
    let named = named.join("; ");
    // of a ministry that does not speak this language, whom to ask is said in one of its own
    let whom = responsible.and_then(|words| words.best(&Preference::new(lang, &[]))).map_or("…", |(_, text)| text);
    match lang {
        Lang::Kk => format!(
            "Министрліктегі деректеріңізді бөтен біреу көрген болуы мүмкін.\n\
             Не істеу керек: қоңырау шалып немесе жазып, код, ақша, құжат сұраған ешкімге сенбеңіз, министрліктің атын атаса да. \
             Тұтқаны қойып, қолданбадағы нөмірге өзіңіз қоңырау шалыңыз. Бұл сізге қауіп төндірсе, бізге бірден айтыңыз.\n\
             Не болды: …\n\
             Қашан: {from} – {to}\n\
             Мыналардың бәрін немесе бірін көрген болуы мүмкін: {named}.\n\
             Сұрағыңыз болса: {whom}"
        ),
        Lang::Ru => format!(
            "Ваши данные в министерстве мог увидеть посторонний.\n\
             Что делать: не верьте тем, кто звонит или пишет и просит код, деньги или документы, даже от имени министерства. \
             Положите трубку и позвоните сами по номеру в приложении. Если это вам угрожает, скажите нам сразу.\n\
             Что случилось: …\n\
             Когда: {from} – {to}\n\
             Могли увидеть всё это или часть: {named}.\n\
             Если есть вопросы: {whom}"
        ),
        Lang::En => format!(
            "Somebody who had no right to may have seen what the ministry holds about you.\n\
             What to do: do not believe anybody who calls or writes and asks for a code, money or documents, even in the \
             ministry's name. Hang up, and ring the number in the app yourself. If this puts you in danger, tell us at once.\n\
             What happened: …\n\
             When: {from} – {to}\n\
             All or some of this may have been seen: {named}.\n\
             If you have questions: {whom}"
        ),
    }
}

fn touched(what: What, lang: Lang) -> &'static str {
    let words = match what {
        What::Case => [
            "аты-жөніңіз, нөміріңіз, сапарыңыз, қайда екеніңіз, не керек екені",
            "имя, номер, поездка, где вы и что вам нужно",
            "your name, number, trip, where you are and what you need",
        ],
        What::Letters | What::Written => ["хат-хабарларыңыз", "ваша переписка с нами", "your messages with us"],
        What::Call => ["қоңырауда айтылғандар", "то, что сказано по телефону", "what was said in a call"],
        What::Changed => ["ісіңіздің жайы", "ход вашего дела", "how your case stands"],
        What::Found => ["аты-жөніңіз, туған күніңіз", "имя и дата рождения", "your name and birth date"],
        What::Known => ["бізде тіркелгеніңіз", "то, что вы у нас записаны", "that you are known to us"],
        What::Named => ["аты-жөніңіз, нөміріңіз", "имя и номер", "your name and number"],
        What::List => [
            "тізімдегі атыңыз, сөзіңіз, қай жерде екеніңіз",
            "имя, слова и место в списке",
            "your name, words and place on a list",
        ],
        What::ClosedList => {
            ["жабылған істер тізіміндегі атыңыз", "имя в списке закрытых дел", "your name on a list of closed cases"]
        }
    };
    lang.of(words)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::desk::casework::mailings::Texts;

    #[test]
    fn they_are_told_on_the_next_day_that_is_worked() {
        // a Wednesday, a Friday, a Saturday, a Sunday
        for (to, by) in [(4, 5), (6, 9), (7, 9), (8, 9)] {
            assert_eq!(due(date(2026, 3, to)), date(2026, 3, by));
        }
    }

    #[test]
    fn the_longest_word_is_one_that_the_desk_sends_and_says_whom_to_ask() {
        let all = [
            What::Case,
            What::Letters,
            What::Call,
            What::Written,
            What::Changed,
            What::Found,
            What::Known,
            What::Named,
            What::List,
            What::ClosedList,
        ];
        let mut responsible = Words::default();
        for lang in Lang::ALL {
            responsible.insert(lang.into(), format!("{lang:?} +7 7172 00-00-00"));
        }
        let text =
            |lang| draft(&BTreeSet::from(all), ("2026-03-01 09:00", "2026-03-02 09:00"), Some(&responsible), lang);
        for lang in Lang::ALL {
            assert!(text(lang).ends_with(&format!("{lang:?} +7 7172 00-00-00")), "{}", text(lang));
        }
        Texts { kk: text(Lang::Kk), ru: text(Lang::Ru), en: text(Lang::En) }.check().unwrap();
    }
}
