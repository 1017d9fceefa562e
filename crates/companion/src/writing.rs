//! An SMS to the ministry begins with what it would have to ask: where somebody is, and how many they are.

#![deny(missing_docs)]

use contract::words::{Lang, Preference};

use crate::{facts::Facts, family::escaped};

/// `sms:` address (RFC 5724) of `number`, its text begun.
pub fn sms(facts: &Facts, number: &str) -> String {
    format!("sms:{number}?body={}", escaped(&first_words(facts)))
}

/// In the reader's language, and open at its end: what they need is theirs to write. While the trips are locked it says
/// nothing of them.
fn first_words(facts: &Facts) -> String {
    let wanted = Preference::new(facts.lang, &facts.languages());
    let place = facts.leg().filter(|_| !facts.lock.locked).map(|leg| {
        let (place, country) = (leg.place.shown(&wanted), leg.country_name.shown(&wanted));
        let airport = leg.airport.map(|code| format!(" ({code})")).unwrap_or_default();
        if place == country { format!("{place}. ") } else { format!("{place}{airport}, {country}. ") }
    });
    let people = facts.trip_now().map(|(_, trip)| trip.people).filter(|people| !facts.lock.locked && *people > 1);
    let people = people.map(|people| match facts.lang {
        Lang::Kk => format!("{people} адамбыз. "),
        Lang::Ru => format!("Нас {people}. "),
        Lang::En => format!("{people} of us. "),
    });
    let asks = match facts.lang {
        Lang::Kk => "Көмек керек: ",
        Lang::Ru => "Нужна помощь: ",
        Lang::En => "I need help: ",
    };
    [place, people, Some(asks.to_owned())].into_iter().flatten().collect()
}
