//! The channels of Android's notifications. The traveller can hush each in the system's settings, so each has a name in
//! the app's language.

use companion::notices::Loudness;
use contract::words::Lang;

pub const ALL: [Loudness; 4] = [Loudness::Critical, Loudness::Normal, Loudness::Low, Loudness::Silent];

/// Kept by the system for as long as the app is installed: never renamed.
pub fn id(loudness: Loudness) -> &'static str {
    match loudness {
        Loudness::Critical => "critical",
        Loudness::Normal => "normal",
        Loudness::Low => "low",
        Loudness::Silent => "silent",
    }
}

pub fn name(loudness: Loudness, lang: Lang) -> &'static str {
    match (loudness, lang) {
        (Loudness::Critical, Lang::Kk) => "Шұғыл ескертулер",
        (Loudness::Critical, Lang::Ru) => "Срочные предупреждения",
        (Loudness::Critical, Lang::En) => "Urgent warnings",
        (Loudness::Normal, Lang::Kk) => "Ескертулер",
        (Loudness::Normal, Lang::Ru) => "Предупреждения",
        (Loudness::Normal, Lang::En) => "Warnings",
        (Loudness::Low, Lang::Kk) => "Мәліметтер",
        (Loudness::Low, Lang::Ru) => "Сведения",
        (Loudness::Low, Lang::En) => "Notes",
        (Loudness::Silent, Lang::Kk) => "Үнсіз ескертулер",
        (Loudness::Silent, Lang::Ru) => "Беззвучные предупреждения",
        (Loudness::Silent, Lang::En) => "Silent warnings",
    }
}

/// Makes them, or gives them their names in `lang`; the one that the plugin makes by itself goes.
#[cfg(target_os = "android")]
pub fn make(app: &tauri::AppHandle, lang: Lang) -> tauri_plugin_notification::Result<()> {
    use tauri_plugin_notification::{Channel, Importance, NotificationExt, Visibility};

    let notifications = app.notification();
    for loudness in ALL {
        let importance = match loudness {
            Loudness::Critical => Importance::High,
            Loudness::Normal => Importance::Default,
            // it vibrates once and makes no sound
            Loudness::Low | Loudness::Silent => Importance::Low,
        };
        let channel = Channel::builder(id(loudness), name(loudness, lang))
            .importance(importance)
            .vibration(loudness != Loudness::Low)
            .visibility(Visibility::Public)
            .build();
        notifications.create_channel(channel)?;
    }
    notifications.delete_channel("default")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_channel_has_an_id_and_a_name_of_its_own_in_each_language() {
        let ids: BTreeSet<&str> = ALL.into_iter().map(id).collect();
        let names: BTreeSet<&str> = ALL
            .into_iter()
            .flat_map(|loudness| [Lang::Kk, Lang::Ru, Lang::En].map(|lang| name(loudness, lang)))
            .collect();
        assert_eq!((ids.len(), names.len()), (4, 12));
    }
}
