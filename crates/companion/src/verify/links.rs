//! Addresses on the web in a text, and which of them are one and the same page.

use url::{Url, form_urlencoded};

use super::reading::QUOTES;

/// An address on the web, with or without its scheme.
pub fn link(word: &str) -> Option<Url> {
    let word = bare(word);
    let address = match word.split_once("://") {
        Some((scheme, _)) if scheme.chars().all(|letter| letter.is_ascii_alphabetic()) => word.to_owned(),
        Some(_) => return None,
        None => {
            let host = word.split(['/', '?', '#']).next().unwrap_or_default();
            let (name, end) = host.rsplit_once('.')?;
            let is_host = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic) && !name.is_empty();
            let is_mail = word.contains('@');
            if !is_host || is_mail {
                return None;
            }
            format!("https://{word}")
        }
    };
    Url::parse(&address).ok().filter(Url::has_host)
}

/// The letters of a host that are none of its alphabet, which its end tells: one of another passes for its like.
pub fn false_letters(word: &str) -> String {
    let word = bare(word);
    let address = word.split_once("://").map_or(word, |(_, address)| address);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let names = host.strip_prefix("www.").unwrap_or(host);
    let is_latin = |letter: char| letter.is_ascii_alphabetic();
    let is_of_latin = names.rsplit('.').next().is_some_and(|end| end.contains(is_latin));
    let is_mixed = names.contains(is_latin);
    let is_false = |letter: &char| letter.is_alphabetic() && is_mixed && is_latin(*letter) != is_of_latin;
    let mut letters: Vec<char> = names.chars().filter(is_false).collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// "@name", somebody's channel on a messenger.
pub fn handle(word: &str) -> Option<&str> {
    let word = bare(word);
    let name = word.strip_prefix(['@', '＠'])?;
    let is_name = name.chars().any(char::is_alphanumeric);
    is_name.then_some(word)
}

/// Without the marks that stand around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| QUOTES.contains(&letter) || "()[]<>,;:!?".contains(letter)).trim_end_matches('.')
}

/// The same for two addresses of one page: "www.", a last slash, a place on the page and the language asked for make no
/// other. `None` for what is not read over TLS from the site itself.
pub fn page(url: &Url) -> Option<String> {
    let site = site(url).filter(|_| url.scheme() == "https")?;
    let asked = url.query_pairs().filter(|(name, _)| name != LANGUAGE);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
    Some(format!("{site}{}?{query}", url.path().trim_end_matches('/')))
}

/// The pages that a sentence names.
pub fn pages_in(sentence: &[String]) -> Vec<String> {
    let addresses = sentence.iter().filter(|word| word.contains("://"));
    addresses.filter_map(|word| Url::parse(word).ok()).filter_map(|url| page(&url)).collect()
}

/// The site that an address is on: letter for letter its host, and nothing that only looks like one.
pub fn site(url: &Url) -> Option<&str> {
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let host = url.host_str().filter(|_| is_plain && matches!(url.scheme(), "http" | "https"))?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// Which language a page of the state is asked for in.
const LANGUAGE: &str = "lang";
