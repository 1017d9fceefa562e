//! Which country an alert's codes mean: its area codes, and the one that its issuer is of.

use contract::place::CountryCode;

/// Scheme, what tells the country.
const SCHEMES: &str = include_str!("../../data/area-schemes.tsv");
/// Number, letters, country, name.
const US_AREAS: &str = include_str!("../../data/us-areas.tsv");
/// Endings of addresses that belong to countries and are sold to anybody.
const SOLD: [&str; 14] = ["ac", "ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "sh", "to", "tv", "ws"];

/// What an area code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    pub country: CountryCode,
    /// Of the state or the waters, in English, where it is known.
    pub region: Option<&'static str>,
}

/// What the code `value` of `scheme` says, where both are known.
pub fn area(scheme: &str, value: &str) -> Option<Coded> {
    let scheme: String = scheme.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let value = value.trim().to_ascii_uppercase();
    let how = rows(SCHEMES).find_map(|[known, how]: [&str; 2]| {
        let fits = match known.strip_suffix('*') {
            Some(beginning) => scheme.starts_with(beginning),
            None => scheme == known,
        };
        fits.then_some(how)
    })?;
    match how {
        "iso" => Some(Coded { country: by_iso(&value)?, region: None }),
        "prefix" => Some(Coded { country: by_letters(&value)?, region: None }),
        "same" => by_us_number(&value),
        "ugc" => by_us_letters(value.get(..2)?),
        country => Some(Coded { country: country.parse().ok()?, region: None }),
    }
}

/// `AE`, `398` or `KZ-ALM`; three letters are another standard's.
fn by_iso(value: &str) -> Option<CountryCode> {
    match value.split_once('-') {
        Some((letters, _part)) => known(letters),
        None if value.len() == 3 => by_number(value),
        None => known(value),
    }
}

fn by_number(number: &str) -> Option<CountryCode> {
    let numeric: u16 = number.parse().ok().filter(|_| number.len() == 3)?;
    atlas::countries().iter().find(|country| country.numeric == numeric).map(|country| country.code)
}

/// `DE001`, `UKI3`: the first two letters.
fn by_letters(value: &str) -> Option<CountryCode> {
    let letters = match value.get(..2)? {
        // the Union's own for two of its own
        "EL" => "GR",
        "UK" => "GB",
        letters => letters,
    };
    known(letters)
}

fn by_us_number(value: &str) -> Option<Coded> {
    if !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // a part of a county, state, county; in older alerts state and county alone
    let state = match value.len() {
        6 => value.get(1..3)?,
        5 => value.get(..2)?,
        _no_code => return None,
    };
    if state == "00" {
        return Some(Coded { country: known("US")?, region: None });
    }
    us_area(|number, _| number == state)
}

fn by_us_letters(letters: &str) -> Option<Coded> {
    us_area(|_, known| known == letters)
}

fn us_area(fits: impl Fn(&str, &str) -> bool) -> Option<Coded> {
    let mut rows = rows(US_AREAS);
    let [_, _, country, name] = rows.find(|[number, letters, ..]: &[&str; 4]| fits(number, letters))?;
    Some(Coded { country: known(country)?, region: Some(name) })
}

/// The country in WMO's object identifier `2.49.0.{0 or 1}.{country}`, which an authority's identifiers begin with.
pub fn issuer(identifier: &str) -> Option<CountryCode> {
    let identifier = identifier.strip_prefix("urn:oid:").unwrap_or(identifier);
    let arc = identifier.strip_prefix("2.49.0.")?;
    let number = arc.strip_prefix("0.").or(arc.strip_prefix("1."))?.split(['.', '-']).next()?;
    by_number(number)
}

/// The country of a sender's address, `duty@meteo.kz`: good enough where nothing better tells it.
pub fn by_address(sender: &str) -> Option<CountryCode> {
    let address = sender.rsplit_once("://").map_or(sender, |(_, address)| address);
    let host = address.split('/').next()?.rsplit('@').next()?.trim_end_matches('.');
    let (_, ending) = host.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    if SOLD.contains(&ending.as_str()) {
        return None;
    }
    match ending.as_str() {
        "uk" => known("GB"),
        // the United States' own alone
        "gov" | "mil" => known("US"),
        country => known(&country.to_ascii_uppercase()),
    }
}

fn known(letters: &str) -> Option<CountryCode> {
    letters.parse().ok().filter(|code| atlas::country(*code).is_some())
}

/// The cells of each line but the comments.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn country(scheme: &str, value: &str) -> Option<String> {
        area(scheme, value).map(|coded| coded.country.to_string())
    }

    #[test]
    fn each_scheme_tells_its_country() {
        for (scheme, value, expected) in [
            ("EMMA_ID", "KZ001", "KZ"),
            ("EMMA_ID", "UK030", "GB"),
            ("emma id", "gr007", "GR"),
            ("ISO 3166-2", "KZ-ALM", "KZ"),
            ("ISO3166-1", "AE", "AE"),
            ("iso3166", "qa", "QA"),
            ("ISO 3166-1", "398", "KZ"),
            ("NUTS3", "EL301", "GR"),
            ("SAME", "006109", "US"),
            ("SAME", "000000", "US"),
            ("SAME", "072001", "PR"),
            ("FIPS6", "048201", "US"),
            ("FIPS5", "48201", "US"),
            ("UGC", "MDZ024", "US"),
            ("UGC", "GUZ001", "GU"),
            ("profile:CAP-CP:Location:0.3", "3537001", "CA"),
            ("WARNCELLID", "105315000", "DE"),
        ] {
            assert_eq!(country(scheme, value).as_deref(), Some(expected), "{scheme} {value}");
        }
        assert_eq!(area("SAME", "024047").unwrap().region, Some("Maryland"));
        assert_eq!(area("UGC", "GMZ130").unwrap().region, Some("Gulf of Mexico"));
    }

    #[test]
    fn what_is_not_certain_tells_none() {
        for (scheme, value) in [
            ("FIPS6", "AE"),
            ("ISO 3166-1", "ARE"),
            ("ISO 3166-2", "X-1"),
            ("SAME", "099001"),
            ("EMMA_ID", "XX1"),
            ("EMMA_ID", ""),
            ("UGC", "ә"),
            ("zip", "AE"),
            ("", "KZ"),
        ] {
            assert_eq!(country(scheme, value), None, "{scheme} {value}");
        }
    }

    #[test]
    fn an_issuer_is_known_by_its_object_identifier() {
        let issuer = |identifier: &str| issuer(identifier).map(|code| code.to_string());
        assert_eq!(issuer("urn:oid:2.49.0.1.398.0.2026").as_deref(), Some("KZ"));
        assert_eq!(issuer("2.49.0.0.398.0-2025").as_deref(), Some("KZ"));
        for none in ["2.49.0.0.999.0", "2.49.0.0.39.8", "2.49.0.2.398.0", "KZ.1", ""] {
            assert_eq!(issuer(none), None, "{none}");
        }
    }

    #[test]
    fn an_address_tells_its_country_unless_it_is_sold_to_anybody() {
        let by_address = |sender: &str| by_address(sender).map(|code| code.to_string());
        assert_eq!(by_address("duty@meteo.kz").as_deref(), Some("KZ"));
        assert_eq!(by_address("https://www.metoffice.gov.uk/warnings").as_deref(), Some("GB"));
        assert_eq!(by_address("KARO@CLETS.DOJ.CA.GOV").as_deref(), Some("US"));
        for none in ["alerts@example.org", "x@y.tv", "sender", "", "a@b."] {
            assert_eq!(by_address(none), None, "{none}");
        }
    }

    #[test]
    fn the_tables_are_whole() {
        let all = |table: &'static str| table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows::<2>(SCHEMES).count(), all(SCHEMES));
        assert_eq!(rows::<4>(US_AREAS).count(), all(US_AREAS));
        assert!(rows::<4>(US_AREAS).all(|[number, letters, country, _]| {
            number.len() == 2 && letters.len() == 2 && known(country).is_some()
        }));
    }

    proptest! {
        #[test]
        fn any_code_is_known_or_not(scheme in "\\PC{0,12}", value in "\\PC{0,12}") {
            for scheme in [scheme.as_str(), "SAME", "UGC", "EMMA_ID"] {
                area(scheme, &value);
            }
            issuer(&value);
            by_address(&value);
        }
    }
}
