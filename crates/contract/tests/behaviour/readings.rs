//! What a signed word means to whoever reads it.

use contract::{
    entry::{
        level::Level,
        line::{Line, LineKind, LineState},
    },
    hours::Hours,
    keys::{KeySet, NamedKey, Positions, Role},
    words::{Lang, Preference, Tag, Words},
};
use testkit::{Ministry, at, country, named, roots, signatory, words};

#[test]
fn a_level_outside_the_scale_is_read_as_the_nearest() {
    let shown =
        |level| Level { country: country("AE"), level, since: at("2026-02-28T09:00:00Z"), why: words("x") }.shown();
    assert_eq!([0, 1, 2, 3, 4, 5, 255].map(shown), [1, 1, 2, 3, 4, 4, 4]);
}

#[test]
fn a_line_is_dialled_where_somebody_answers() {
    let line = |state, moved_to: Option<&str>| Line {
        mission: None,
        kind: LineKind::Emergency,
        name: words("Line"),
        hours: Hours::Always,
        languages: Vec::new(),
        number: "+442079460100".parse().unwrap(),
        text: None,
        state,
        moved_to: moved_to.map(|number| number.parse().unwrap()),
        demo: true,
        verified_at: at("2026-02-28T09:00:00Z"),
    };
    let (own, new) = ("+442079460100", "+442079460199");
    for (state, expected) in [
        (LineState::Open, Some(own)),
        (LineState::Overloaded, Some(own)),
        (LineState::Other, Some(own)),
        (LineState::Moved, Some(new)),
        (LineState::Closed, None),
    ] {
        let line = line(state, Some(new));
        assert_eq!(line.answers_at().map(|number| number.as_str()), expected, "{state:?}");
    }
    assert_eq!(line(LineState::Moved, None).answers_at(), None);
}

#[test]
fn the_key_in_use_is_the_newest_that_is_open_or_else_the_newest() {
    let key =
        |kid: &str, role, until| NamedKey { kid: kid.parse().unwrap(), ..named(&signatory(kid, 4), role, 0, until) };
    let in_use = |keys: Vec<NamedKey>| {
        let set = KeySet { number: 1, roots: roots(1, &[signatory("root-1", 1)]), keys };
        set.in_use(Role::Head).map(|key| key.kid.to_string())
    };
    let (old, new) = (|until| key("old", Role::Head, until), |until| key("new", Role::Head, until));
    assert_eq!(in_use(vec![old(None), new(None)]).as_deref(), Some("new"));
    assert_eq!(in_use(vec![old(None), new(Some(9))]).as_deref(), Some("old"));
    assert_eq!(in_use(vec![old(Some(5)), new(Some(9))]).as_deref(), Some("new"));
    let void = NamedKey { void: vec![Positions { from: 3, until: Some(3) }], ..new(None) };
    assert_eq!(in_use(vec![old(None), void]).as_deref(), Some("old"));
    assert_eq!(in_use(vec![key("publish", Role::Publish, None)]), None);
}

#[test]
fn a_profile_prefers_the_reader_then_the_ministrys_order() {
    let profile = Ministry::new(1).profile();
    assert_eq!(profile.preference(Lang::En), Preference::new(Lang::En, &Lang::ALL.map(Tag::from)));
    let texts: Words =
        [("en", "E"), ("ru", "R")].into_iter().map(|(tag, text)| (tag.parse().unwrap(), text.into())).collect();
    assert_eq!(texts.shown(&profile.preference(Lang::Kk)), "R");
    assert_eq!(texts.shown(&profile.preference(Lang::En)), "E");
}

#[test]
fn a_fingerprint_is_of_the_root_keys_in_any_order_and_of_their_threshold() {
    let of = |threshold, seeds: [u8; 2]| {
        let keys = seeds.map(|seed| signatory(&format!("root-{seed}"), seed));
        contract::profile::Profile { roots: roots(threshold, &keys), ..Ministry::new(1).profile() }.fingerprint()
    };
    assert_eq!(of(1, [1, 2]), of(1, [2, 1]));
    assert_ne!(of(1, [1, 2]), of(2, [1, 2]));
    assert_ne!(of(1, [1, 2]), of(1, [1, 3]));
}
