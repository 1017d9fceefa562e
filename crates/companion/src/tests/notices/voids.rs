//! What was shown and was never the ministry's word.

use super::*;

/// The ministry withdraws what its key signed at one place of the log.
fn void(device: &mut Device, seq: u64) {
    let mut keys = device.ministry.named_keys();
    let void = vec![Positions { from: seq, until: Some(seq) }];
    keys[0] = NamedKey { valid: vec![Positions::ALL], void, ..keys[0].clone() };
    device.ministry.keys += 1;
    let set = device.ministry.key_set_of(device.ministry.keys, keys);
    device.session().accept_key_set(&set).unwrap();
}

#[test]
fn those_who_were_shown_what_was_void_are_told_once_and_see_it_until_they_put_it_away() {
    for (lang, title, body) in [
        (
            Lang::Kk,
            "Орындамаңыз: Headline kk",
            "Бұл ескерту (көрсетілген күні: 1 наурыз) — министрліктің сөзі емес: оған қол қойған кілт қайтарып алынған. \
             Қазір не күшінде екені қолданбада.",
        ),
        (
            Lang::Ru,
            "Не выполняйте: Headline ru",
            "Это предупреждение (показано 1 марта) — не слово министерства: ключ, которым оно подписано, отозван. \
             Что действует сейчас, показано в приложении.",
        ),
        (
            Lang::En,
            "Do not follow: Headline en",
            "This warning (shown on 1 March) was not the ministry’s word: the key that signed it was withdrawn. \
             What holds now is in the app.",
        ),
    ] {
        let mut device = travelling();
        device.companion.set_language(lang).unwrap();
        device.hear(&advisory_entry("advisory.lie", 1, "AE"));
        void(&mut device, 1);
        let notice = last(&device);
        assert_eq!((notice.title.as_str(), notice.body.as_str()), (title, body));
        assert_eq!(notice.loudness, Loudness::Critical, "as loudly as the lie");
        let view = device.view();
        assert!(view.advisories.is_empty());
        assert_eq!((view.voids.len(), view.voids[0].shown_at), (1, at(NOW)));
        let device = device.reopened();
        device.pass_to("2026-03-02T12:00:00Z");
        assert!(shown(&device).is_empty(), "not again after a restart");
        device.session().dismiss_voids().unwrap();
        assert!(device.view().voids.is_empty());
    }
}

#[test]
fn of_what_was_void_nobody_is_told_who_was_not_shown_it() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "OM"));
    void(&mut device, 1);
    assert!(shown(&device).is_empty() && device.view().voids.is_empty());
    // who opened it was shown it
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "OM"));
    device.session().advisory_read(&"advisory.lie".parse().unwrap(), 1).unwrap();
    void(&mut device, 1);
    assert_eq!(device.window.titles(), ["Do not follow: Headline en"]);
    // one that was not shown is told later
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "AE"));
    *device.window.shows_nothing.lock().unwrap() = true;
    void(&mut device, 1);
    *device.window.shows_nothing.lock().unwrap() = false;
    device.pass_to("2026-03-01T12:02:00Z");
    assert_eq!(last(&device).title, "Do not follow: Headline en");
}
