//! All that the ministry has said, by its sentences, numbers and links.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Bound,
    sync::Arc,
};

use contract::{
    entry::{
        Entry,
        line::{Line, TextWay},
    },
    jws::Verified,
    place::CountryCode,
    words::{Lang, Preference, Words},
};
use phonenumber::country::Id as PhoneCountry;
use url::Url;

use super::{
    answer::{Holds, Named, Passage, Piece, Printed, Said, Saying, SentOn, Tells, Whole, With},
    around::asks_whether_it_is_true,
    guides::{Guide, SHIPPED},
    letters,
    links::{self, false_letters, handle, link, page, site},
    reading::{as_dialled, numbers},
    short_numbers::ShortNumbers,
    times::{Claim, Times},
    to_do::ToDo,
    whose::Whose,
    words::{self, Sentence, in_words},
};
use crate::{
    advisories::{self, AdvisoryState, Part, Warning},
    call_bar,
    concern::Concern,
    facts::Facts,
    headings,
    places::country_name,
    search::{Target, is_about_services},
    senders,
    trips::PlannedLeg,
};

/// All that the ministry has said, to look up.
pub struct Known {
    /// Word by word, as they stand and by whom each is said: many warnings have one step in common.
    sentences: BTreeMap<Sentence, Told>,
    /// By E.164, what the ministry calls them.
    numbers: HashMap<String, Words>,
    /// By page.
    links: HashMap<String, Words>,
    /// By page, what the ministry's texts that name them are about.
    cited: HashMap<String, Words>,
    /// Of entries, in each language.
    to_do: Vec<(Target, Arc<ToDo>)>,
    /// Of warnings that are not over: what a line of the app's tells of each.
    moments: Vec<(Arc<Saying>, [Tells; 3])>,
    /// On which the missions have their pages, and others may have theirs.
    sites: HashSet<String>,
    /// What stands on the app's own pages around all that.
    of_pages: HashSet<Vec<String>>,
    home: Option<CountryCode>,
}

/// A sentence of the ministry.
#[derive(Default)]
pub struct Told {
    /// As it stands, with the marks that each of them gives it.
    pub pointed: Vec<String>,
    pub by: Vec<Arc<Saying>>,
}

impl Known {
    /// `printed` is what the app itself shows with all that; of its lines that tell a time, `times` has those of a text.
    pub fn of(facts: &Facts, printed: &[Printed], times: &Times) -> Self {
        let home = facts.profile.map(|profile| profile.home_country);
        let (sentences, numbers, links, cited, to_do, moments, sites) = <_>::default();
        let of_pages = printed.iter().filter(|one| one.with == With::Page).map(|one| words::said(&one.words)).collect();
        let mut known = Self { sentences, numbers, links, cited, to_do, moments, sites, of_pages, home };
        known.warnings(facts, printed, times);
        known.levels(facts, printed);
        known.guides(facts, printed, times);
        known.contacts(facts);
        known
    }

    fn warnings(&mut self, facts: &Facts, printed: &[Printed], times: &Times) {
        let wanted = Preference::new(facts.lang, &facts.languages());
        for warning in advisories::warnings(facts.bulletin) {
            for part in &warning.parts {
                let texts = part.texts.by_preference(&wanted);
                let relayed = warning.relayed.map(|alert| senders::name(facts, &alert.sender, &texts));
                let senders = warning.relayed.map(|alert| senders::names(facts, &alert.sender, &texts));
                let told = relayed.as_ref().map(|_| {
                    Lang::ALL.map(|lang| headings::told(part, lang, &Preference::new(lang, &facts.languages())))
                });
                let said = Said { relayed, ..Said::by_warning(&warning, part, facts) };
                let concern = advisories::concern(part, facts.legs(), facts.leg(), facts.now, false);
                let saying = Arc::new(Saying { said, concern, is_label: false });
                for text in texts {
                    let all = [&text.headline, &text.why].into_iter().chain(&text.steps);
                    all.for_each(|words| self.say(words, &saying));
                    // the app tells another authority's headline in words of its own
                    let headline = warning.relayed.is_none().then_some(text.headline.as_str());
                    self.to_do.push((
                        saying.said.page.clone(),
                        Arc::new(ToDo::of(headline.unwrap_or_default(), &text.steps)),
                    ));
                }
                told.iter().flatten().for_each(|heading| self.say(heading, &saying));
                self.label(facts, &saying, printed, |with| match with {
                    With::Warning => true,
                    With::Severity { severity } => *severity == part.severity,
                    With::OwnWarning => warning.relayed.is_none(),
                    With::RelayedWarning | With::Level { .. } | With::Topic | With::AppText => false,
                    With::Issued | With::Begins | With::Ends | With::Until | With::Age | With::Page => false,
                    With::Reviewed => false,
                });
                let relaying = printed.iter().filter(|one| one.with == With::RelayedWarning);
                let label = Arc::new(Saying { is_label: true, ..saying.as_ref().clone() });
                for (one, sender) in relaying.flat_map(|one| senders.iter().flatten().map(move |sender| (one, sender)))
                {
                    self.say(&one.words.replace("{sender}", sender), &label);
                }
                let moments = [
                    Tells::Issued { at: warning.entry.issued_at },
                    Tells::Begins { at: part.begins() },
                    Tells::Ends { at: part.expires },
                ];
                for line in moments.iter().flat_map(|tells| times.moment(*tells)) {
                    self.add(&line.sentence, &line.words, &label);
                }
                for line in times.until(part.expires).chain(times.ages()) {
                    self.add(&line.sentence, &line.words, &label);
                }
                if !saying.said.is_over() {
                    self.moments.push((Arc::clone(&saying), moments));
                }
            }
        }
    }

    fn levels(&mut self, facts: &Facts, printed: &[Printed]) {
        for (entry, level) in facts.bulletin.level_entries() {
            let page = Target::Country { code: level.country };
            let said = Said::by(Some(entry), page, vec![country_name(level.country)]);
            let is_ahead = |leg: &PlannedLeg| leg.country == level.country && leg.until > facts.now;
            let ahead = facts.legs().filter(|(_, leg)| is_ahead(leg)).map(|(whose, _)| whose);
            let concern = match facts.leg() {
                Some(leg) if leg.country == level.country => Concern::Here,
                Some(_) | None => ahead.min().unwrap_or(Concern::Elsewhere),
            };
            let saying = Arc::new(Saying { said, concern, is_label: false });
            level.why.iter().for_each(|(_, words)| self.say(words, &saying));
            // the number and the advice that stands behind it say it all
            for Printed { words, .. } in printed.iter().filter(|one| one.with == With::Level { level: level.shown() }) {
                let advice = words.split_once(':').map(|(_, advice)| advice);
                [Some(words.as_str()), advice].into_iter().flatten().for_each(|words| self.say(words, &saying));
            }
            self.label(facts, &saying, &[], |_| false);
        }
    }

    /// The bulletin's guides, and those of the app that none of them replaces.
    fn guides(&mut self, facts: &Facts, printed: &[Printed], times: &Times) {
        let told: Vec<_> = facts.bulletin.topics().filter(|(_, topic)| !topic.texts.is_empty()).collect();
        let labels: Vec<_> = printed.iter().filter(|one| one.with == With::Topic).map(|one| &one.words).collect();
        let names = facts.profile.iter().flat_map(|profile| profile.name.iter().map(|(_, name)| name));
        let labels: Vec<_> = labels.into_iter().chain(names).flat_map(|words| in_words(words)).collect();
        let of_bulletin: Vec<Guide> = told.iter().map(|(entry, topic)| Guide::of(Some(entry), topic)).collect();
        let of_app = SHIPPED.iter().filter(|guide| told.iter().all(|(_, topic)| topic.id != guide.id));
        for guide in of_bulletin.iter().chain(of_app) {
            guide.sentences.iter().for_each(|(sentence, words)| self.add(sentence, words, &guide.saying));
            self.cite(&guide.pages, &guide.saying);
            self.to_do.extend(guide.to_do.iter().map(|all| (guide.saying.said.page.clone(), Arc::clone(all))));
            let label = Arc::new(Saying { is_label: true, ..guide.saying.as_ref().clone() });
            labels.iter().for_each(|(sentence, words)| self.add(sentence, words, &label));
            guide.titles.iter().for_each(|(sentence, words)| self.add(sentence, words, &label));
            times.reviewed(guide.reviewed).for_each(|line| self.add(&line.sentence, &line.words, &label));
        }
    }

    /// What stands with an entry's own words: what the app prints there, what the entry is about, the ministry's name.
    fn label(&mut self, facts: &Facts, saying: &Saying, printed: &[Printed], is_with: impl Fn(&With) -> bool) {
        let label = Arc::new(Saying { is_label: true, ..saying.clone() });
        printed.iter().filter(|one| is_with(&one.with)).for_each(|one| self.say(&one.words, &label));
        let ministry = facts.profile.filter(|_| label.said.relayed.is_none()).map(|profile| &profile.name);
        for names in label.said.about.iter().chain(ministry) {
            names.iter().for_each(|(_, name)| self.say(name, &label));
        }
    }

    fn contacts(&mut self, facts: &Facts) {
        if let Some(profile) = facts.profile {
            self.numbers.insert(profile.line.number.to_string(), profile.line.name.clone());
        }
        for (_, line) in facts.bulletin.lines() {
            let name = name_of(facts, line);
            for number in call_bar::numbers(line) {
                self.numbers.insert(number.to_string(), name.clone());
            }
            if let Some(TextWay::Chat(link)) = &line.text {
                self.link(&link.url, &line.name);
            }
        }
        if let Some(line) = facts.bulletin.coded_sms() {
            self.numbers.insert(line.number.to_string(), line.name.clone());
        }
        for (_, chat) in facts.bulletin.chats() {
            self.link(&chat.link.url, &chat.name);
        }
        for (_, mission) in facts.bulletin.missions() {
            self.link(&mission.site, &mission.name);
            let sources = mission.sources.iter().filter_map(|source| page(&Url::parse(&source.url).ok()?));
            self.cited.extend(sources.map(|page| (page, mission.name.clone())));
            let site = Url::parse(&mission.site).ok().and_then(|url| site(&url).map(str::to_owned));
            self.sites.extend(site);
        }
    }

    fn say(&mut self, words: &str, saying: &Arc<Saying>) {
        for (sentence, words) in in_words(words) {
            self.add(&sentence, words, saying);
            self.cite(&links::pages_in(&sentence), saying);
        }
    }

    /// The ministry's own texts name these pages.
    fn cite(&mut self, pages: &[String], saying: &Saying) {
        let about = saying.said.about.first().filter(|_| !saying.is_label && saying.said.relayed.is_none());
        self.cited.extend(about.into_iter().flat_map(|about| pages.iter().map(|page| (page.clone(), about.clone()))));
    }

    fn add(&mut self, sentence: &Sentence, words: &str, saying: &Arc<Saying>) {
        let Told { pointed, by } = self.sentences.entry(Arc::clone(sentence)).or_default();
        if !pointed.iter().any(|known| known == words) {
            pointed.push(words.to_owned());
        }
        // its title is of its own words, and a name that stands with them
        if !by.iter().any(|known| known.said == saying.said && known.is_label <= saying.is_label) {
            by.push(Arc::clone(saying));
        }
    }

    /// Whether some sentences are not all that is to be done by an entry, in none of its languages.
    pub fn is_cut(&self, page: &Target, sentences: &HashSet<&Sentence>) -> bool {
        let mut texts = self.to_do.iter().filter(|(of, _)| of == page).map(|(_, all)| all).peekable();
        texts.peek().is_some() && !texts.any(|to_do| to_do.all().all(|sentence| sentences.contains(sentence)))
    }

    /// Whether the steps of an entry stand in another order than in any of its texts that has them.
    pub fn is_reordered(&self, page: &Target, sentences: &[&Sentence]) -> bool {
        let texts = || self.to_do.iter().filter(|(of, _)| of == page).map(|(_, to_do)| to_do.places(sentences));
        let is_in_order = |places: &BTreeMap<&Sentence, usize>| {
            let mut seen = HashSet::new();
            let first = sentences.iter().filter(|sentence| seen.insert(**sentence));
            first.filter_map(|sentence| places.get(sentence)).is_sorted()
        };
        let is_kept = |places: &BTreeMap<&Sentence, usize>| {
            texts().any(|all| is_in_order(&all) && places.keys().all(|sentence| all.contains_key(sentence)))
        };
        texts().any(|places| !is_kept(&places))
    }

    /// Whether a text is nothing but a name, or what stands with many entries.
    pub fn is_label(&self, text: &str) -> bool {
        let told = self.sentences.get(words::said(text).as_slice());
        told.is_some_and(|told| told.by.iter().all(|saying| saying.is_label))
    }

    /// What an entry says that is not over, and which: one with such a page first, then one of the traveller's own places.
    /// A source is only named.
    pub fn that_hold(&self, pages: &[Target]) -> impl Iterator<Item = (&Sentence, &Told, &Saying)> {
        let is_source = |sentence: &Sentence| sentence.last().is_some_and(|word| word.contains("://"));
        let all = self.sentences.iter().filter(move |(sentence, _)| !is_source(sentence));
        all.filter_map(move |(sentence, told)| {
            let holds = told.by.iter().filter(|saying| !saying.is_label && !saying.said.is_over());
            let rank = |saying: &&Arc<Saying>| (!pages.contains(&saying.said.page), saying.concern);
            Some((sentence, told, holds.min_by_key(rank)?.as_ref()))
        })
    }

    /// What such a line of the app's tells of an entry of the text, where somebody wrote another time.
    pub fn tells(&self, line: &Claim, of_text: &[Target]) -> Option<Whole> {
        let (saying, moments) = self.moments.iter().find(|(saying, _)| of_text.contains(&saying.said.page))?;
        let tells = moments.iter().find(|tells| tells.with() == *line.with)?;
        Some(Whole {
            words: String::new(),
            said: saying.said.clone(),
            tells: Some(*tells),
            is_other_figure: line.is_a_time,
            is_repointed: false,
        })
    }

    fn link(&mut self, url: &str, name: &Words) {
        if let Some(page) = Url::parse(url).ok().and_then(|url| page(&url)) {
            self.links.insert(page, name.clone());
        }
    }

    /// The sentences of the ministry that begin with a word, and by whom each is said.
    pub fn sentences_from(&self, word: String) -> impl Iterator<Item = (&Sentence, &Told)> {
        let first = [word];
        let from = self.sentences.range::<[String], _>((Bound::Included(first.as_slice()), Bound::Unbounded));
        from.take_while(move |(sentence, _)| sentence.first() == first.first())
    }

    pub fn passage(&self, piece: &Piece, whose: &Whose, short: &mut ShortNumbers) -> Passage {
        let (said, also) = whose.said(piece);
        let is_of_page = said.is_none() && self.of_pages.contains(&words::said(piece.text));
        if let Some(sender) = piece.sent_on_by.or_else(|| is_of_page.then_some("")) {
            return self.around(piece.text, sender);
        }
        let text = &piece.text;
        let links: Vec<_> = text.split_whitespace().filter_map(|word| self.named_address(word)).collect();
        let is_address = |word: &&str| link(word).is_some() || handle(word).is_some();
        let without_links: Vec<&str> = text.split_whitespace().filter(|word| !is_address(word)).collect();
        let without_links = without_links.join(" ");
        let (numbers, rest) = numbers(&without_links, |number| short.is_one(number));
        let numbers: Vec<_> = numbers.iter().map(|written| self.named_number(written)).collect();
        let (has_short, rest) = short.take(&rest);
        let names_only = !rest.chars().any(char::is_alphanumeric) && links.len() + numbers.len() > 0;
        let are_known = links.iter().chain(&numbers).all(|named| named.name.is_some());
        Passage {
            is_its_own: said.is_some() || names_only && are_known,
            is_emergency: said.is_none() && has_short && links.len() + numbers.len() == 0 && is_about_services(&rest),
            is_contact: names_only,
            is_unknown_page: names_only && numbers.is_empty() && links.iter().all(|link| link.is_on_its_site),
            false_letters: if said.is_none() { letters::false_letters(&without_links) } else { String::new() },
            said: said.cloned(),
            also,
            numbers,
            links,
            ..Passage::of(text)
        }
    }

    fn around(&self, text: &str, sender: &str) -> Passage {
        let (numbers, _) = numbers(sender, |_| false);
        let number = numbers.first().map(|written| self.named_number(written));
        let sent_on = (!sender.is_empty()).then(|| SentOn { by: sender.to_owned(), number });
        let is_asked = asks_whether_it_is_true(text);
        Passage { is_around: true, is_asked, sent_on, ..Passage::of(text) }
    }

    fn named_number(&self, written: &str) -> Named {
        let home: Option<PhoneCountry> = self.home.and_then(|home| home.as_str().parse().ok());
        let international = |written: &str| {
            let number = phonenumber::parse(home, written).ok()?;
            Some(number.format().mode(phonenumber::Mode::E164).to_string())
        };
        let dial = as_dialled(written)
            .iter()
            .find_map(|written| international(written).filter(|number| self.numbers.contains_key(number)));
        let name = dial.as_ref().and_then(|number| self.numbers.get(number).cloned());
        Named { name, dial, ..Named::of(written) }
    }

    /// Anybody may bear the same handle on another service: none is the ministry's but in its own words.
    fn named_address(&self, word: &str) -> Option<Named> {
        let false_letters = false_letters(word);
        let named = link(word).map(|url| Named { false_letters, ..self.named_link(&url) });
        named.or_else(|| handle(word).map(Named::of))
    }

    fn named_link(&self, url: &Url) -> Named {
        let page = page(url);
        let of = |links: &HashMap<String, Words>| page.as_ref().and_then(|page| links.get(page).cloned());
        let (own, cited) = (of(&self.links), of(&self.cited));
        let is_cited = own.is_none() && cited.is_some();
        let name = own.or(cited);
        let is_on_its_site = name.is_none() && site(url).is_some_and(|site| self.sites.contains(site));
        // a host with foreign letters is written out in Latin ones: no look-alike passes for another
        Named { name, is_cited, is_on_its_site, ..Named::of(url.host_str().unwrap_or_default()) }
    }
}

/// What a line is called, and of which mission it is.
fn name_of(facts: &Facts, line: &Line) -> Words {
    let mut missions = facts.bulletin.missions();
    let mission = missions.find(|(entry, _)| line.mission.as_ref() == Some(&entry.id)).map(|(_, mission)| mission);
    let named = line.name.iter().map(|(tag, name)| {
        let mission = mission.and_then(|mission| mission.name.get(tag.as_str()));
        let name = mission.map_or_else(|| name.clone(), |mission| format!("{name}, {mission}"));
        (tag.clone(), name)
    });
    named.collect()
}

impl Said {
    /// `entry` is absent where the app itself brings the words.
    pub fn by(entry: Option<&Verified<Entry>>, page: Target, about: Vec<Words>) -> Self {
        Self { page, about, issued_at: entry.map(|entry| entry.issued_at), holds: None, relayed: None }
    }

    fn by_warning(warning: &Warning, part: &Part, facts: &Facts) -> Self {
        let state = advisories::state(part, facts.now);
        let at = match state {
            AdvisoryState::InForce | AdvisoryState::Expired => part.expires,
            AdvisoryState::Upcoming => part.begins(),
            AdvisoryState::Ended => part.expires.min(warning.entry.issued_at),
        };
        let about = part.countries().into_iter().chain(part.area_names()).collect();
        let page = Target::Advisory { id: warning.entry.id.clone() };
        Self { holds: Some(Holds { state, at }), ..Self::by(Some(warning.entry), page, about) }
    }
}
