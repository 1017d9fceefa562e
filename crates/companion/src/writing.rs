//! An SMS to the ministry begins with what it would have to ask: where somebody is, how many they are, what they need.

#![deny(missing_docs)]

use contract::{
    record::{Need, PlaceSource, PrivateCheckIn},
    words::{Lang, Preference},
};

use crate::{facts::Facts, family::escaped};

/// The same for another phone, which reads it as a picture.
pub fn qr(number: &str, words: &str) -> String {
    format!("SMSTO:{number}:{words}")
}

/// `sms:` address (RFC 5724) of `number`, its text begun.
pub fn sms(facts: &Facts, number: &str) -> String {
    format!("sms:{number}?body={}", escaped(&first_words(facts)))
}

/// In the reader's language, and open at its end: the rest is theirs to write. While the trips are locked it says nothing
/// of them, nor of what was said.
pub fn first_words(facts: &Facts) -> String {
    let wanted = Preference::new(facts.lang, &facts.languages());
    let shown = !facts.lock.locked;
    let place = facts.leg().filter(|_| shown).map(|leg| {
        let (place, country) = (leg.place.shown(&wanted), leg.country_name.shown(&wanted));
        let airport = leg.airport.map(|code| format!(" ({code})")).unwrap_or_default();
        if place == country || facts.has_left() {
            format!("{country}. ")
        } else {
            format!("{place}{airport}, {country}. ")
        }
    });
    let people = facts.trip_now().map(|(_, trip)| trip.people).filter(|people| shown && *people > 1);
    let we_are = facts.lang.of(["{} адамбыз. ", "Нас {}. ", "{} of us. "]);
    let people = people.map(|people| we_are.replace("{}", &people.to_string()));
    let said = facts.latest_details.as_ref().filter(|_| shown && facts.cry().is_some());
    // where somebody hides is not for whoever reads the phone
    let told = said.filter(|said| !said.needs.iter().any(|need| need.is_quiet())).and_then(|said| said.place.as_ref());
    let told = told.filter(|place| place.source == PlaceSource::OwnWord);
    let address = told.map(|place| place.words.trim()).filter(|words| !words.is_empty());
    let address = address.map(|address| format!("{}. ", address.trim_end_matches('.')));
    let writes = facts.prefers_text || said.is_some_and(|said| said.write_only);
    let write = ["Қоңырау шалмаңыз, жазыңыз. ", "Не звоните, пишите. ", "Do not call, write. "];
    let writes = writes.then(|| facts.lang.of(write).to_owned());
    let asks = facts.lang.of(["Көмек керек", "Нужна помощь", "I need help"]);
    // open at its end, but where the trips are locked and somebody may see no more of it
    let asks = format!("{asks}{}", if shown { ": " } else { ". " });
    let needs = said.map(|said| needs(said, facts.lang)).filter(|needs| !needs.is_empty());
    let needs = needs.map(|needs| format!("{}. ", needs.trim_end_matches('.')));
    [place, address, people, writes, Some(asks), needs].into_iter().flatten().collect()
}

/// Those that anybody may read: an SMS stays on the phone, and whoever holds it sees it.
fn needs(said: &PrivateCheckIn, lang: Lang) -> String {
    let open = said.needs.iter().filter(|need| !need.is_quiet());
    open.filter_map(|need| words_of(*need, said.medicine_days, lang)).collect::<Vec<_>>().join(", ")
}

fn words_of(need: Need, medicine_days: Option<u16>, lang: Lang) -> Option<String> {
    let words = match (need, medicine_days) {
        (Need::Medical, Some(_)) => ["дәрі {} күнге жетеді", "лекарств на {} дн.", "medicine for {} days"],
        (Need::Medical, None) => ["дәрі не дәрігер керек", "нужны лекарства или врач", "medicine or a doctor"],
        (Need::Trapped, _) => ["шыға алмаймын", "не могу выбраться", "trapped"],
        (Need::Injured, _) => ["жаралы бар", "есть раненые", "somebody is hurt"],
        (Need::Shelter, _) => ["баспана жоқ", "негде жить", "nowhere to stay"],
        (Need::Stranded, _) => ["кете алмаймын", "не могу выехать", "cannot leave"],
        (Need::Documents, _) => ["құжатым жоқ", "нет документов", "no documents"],
        (Need::Money, _) => ["ақшам жоқ", "нет денег", "no money"],
        // what they are is theirs to write
        (Need::Other | Need::Violence | Need::Detained | Need::ChildAlone, _) => return None,
    };
    Some(lang.of(words).replace("{}", &medicine_days.unwrap_or_default().to_string()))
}
