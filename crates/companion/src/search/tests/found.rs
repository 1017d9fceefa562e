//! What stands where among the answers, and in which language.

use super::*;

fn found(typed: &str, lang: Lang) -> Vec<Hit> {
    search(&demo_index(), typed, &reader(lang))
}

fn first(typed: &str, count: usize) -> Vec<String> {
    found(typed, Lang::Ru).iter().take(count).map(|hit| said(&hit.target)).collect()
}

#[test]
fn what_is_found_in_one_language_is_told_in_the_readers() {
    for (typed, lang) in [("сирена", Lang::En), ("siren", Lang::Ru), ("виза", Lang::Ru), ("посольство", Lang::Kk)]
    {
        let hits = found(typed, lang);
        assert!(!hits.is_empty());
        for hit in hits {
            assert_eq!(hit.lang, lang, "{typed}: {:?}", hit.title);
        }
    }
}

#[test]
fn a_number_that_helps_is_first_as_it_is_dialled_here() {
    assert_eq!(first("112", 1), ["number:112"]);
    assert_eq!(first("998", 1), ["number:998"]);
    // at home it calls an ambulance; here it calls nobody
    assert_eq!(first("103", 4), ["number:112", "number:999", "number:998", "number:997"]);
    for typed in ["скорая", "скорую помощь", "вызвать скорую", "жедел жәрдем", "ambulance number"]
    {
        assert_eq!(first(typed, 1), ["number:998"], "{typed}");
    }
    assert_eq!(first("полиция", 1), ["number:999"]);
    assert_eq!(first("пожарные", 1), ["number:997"]);
}

#[test]
fn a_city_that_only_begins_as_a_text_is_named_stands_behind_it() {
    for (typed, lang) in [("visa", Lang::En), ("fire", Lang::En), ("виза", Lang::Ru), ("виза", Lang::Kk)] {
        let first = found(typed, lang).iter().map(|hit| said(&hit.target)).next().unwrap();
        assert!(!first.starts_with("country:") && !first.starts_with("airport:"), "{typed}: {first}");
    }
    assert_eq!(first("visal", 1), ["airport:VIS"]);
}

#[test]
fn of_a_citys_airports_the_one_that_is_called_by_the_city_alone_comes_first() {
    for typed in ["дубай аэропорт", "dubai airport", "дубай әуежайы"] {
        let airports = first(typed, 12).into_iter().filter(|hit| hit.starts_with("airport:")).collect::<Vec<_>>();
        assert_eq!(airports, ["airport:DXB", "airport:DWC"], "{typed}");
    }
}

#[test]
fn what_the_weather_is_called_leads_to_what_to_do() {
    for (topic, typed) in [
        ("ice", ["гололёд", "көктайғақ", "black ice", "застрял в снегу", "боран"]),
        ("fog", ["туман", "қою тұман", "dense fog", "ничего не видно", "рейс задержан из-за тумана"]),
        ("wind", ["сильный ветер", "қатты жел", "typhoon", "ураган", "упало дерево"]),
    ] {
        for typed in typed {
            assert!(first(typed, 3).contains(&format!("topic:{topic}")), "{typed}: {:?}", first(typed, 3));
        }
    }
}

#[test]
fn a_question_about_what_happened_is_no_call_for_a_number() {
    for typed in ["пожар в отеле", "полиция требует паспорт", "1", "2026", "777 рейс", ""]
    {
        assert!(!first(typed, 1).iter().any(|hit| hit.starts_with("number:")), "{typed}");
    }
}

#[test]
fn beside_what_was_typed_nothing_stands_that_only_looks_like_it() {
    let index = demo_index();
    for typed in ["катар", "дубай", "доха", "паспорт"] {
        let prefix = atlas::typing::fold(typed);
        for hit in search(&index, typed, &reader(Lang::Ru)) {
            let whole = [&hit.title, &hit.detail].map(|pieces| pieces.iter().any(|piece| piece.hit));
            let named = index.find(&[vec![prefix.clone()]], Lang::Ru);
            let named = named.texts.chain(named.places).any(|told| told.document.target == hit.target);
            assert!(named || whole.contains(&true), "{typed}: {:?}", hit.target);
        }
    }
}
