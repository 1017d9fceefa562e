//! What is published reaches the app and its traveller: real files, the real program, a real front, the real app but for
//! its window.

use std::sync::{Arc, Mutex};

use companion::{
    ChosenPlace, Companion, Session,
    advisories::AdvisoryState,
    host::{Host, Shown, Window},
    notices::{Loudness, Notice},
    sync,
    view::View,
};
use contract::{entry::advisory::Severity, words::Lang};
use jiff::Timestamp;
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    corpus::fault,
    support::{Ministry, Served, client, said},
};

/// A window that shows whatever it is given.
#[derive(Default)]
struct Shows(Mutex<Vec<Notice>>);

impl Window for Shows {
    fn changed(&self, _: u64) {}

    fn notify(&self, notice: Notice, shown: Shown) {
        self.0.lock().unwrap().push(notice);
        shown(Ok(()));
    }
}

/// A traveller in Almaty, and the desk that warns him.
struct Scene {
    ministry: Ministry,
    served: Served,
    companion: Companion,
    window: Arc<Shows>,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn new(lang: Lang, place: Option<ChosenPlace>) -> Self {
        let (ministry, folder, window) = (Ministry::new(), tempfile::tempdir().unwrap(), Arc::new(Shows::default()));
        let served = ministry.serve();
        let mut profile = ministry.profile();
        profile.front.clone_from(&served.url);
        let host = Host {
            clock: Arc::new(Timestamp::now),
            rng: StdRng::seed_from_u64(1),
            http: Arc::new(client()),
            window: window.clone(),
            keychain: Arc::new(companion::host::NoKeychain("none".into())),
            lang,
        };
        let companion = Companion::open(folder.path(), Ok(Some(profile)), host);
        let scene = Self { ministry, served, companion, window, _folder: folder };
        scene.hear().await;
        scene.session().choose_place(place).unwrap();
        scene.window.0.lock().unwrap().clear();
        scene
    }

    async fn in_almaty() -> Self {
        Self::new(Lang::En, Some(ChosenPlace::City { key: "kz-almaty".into() })).await
    }

    fn session(&self) -> &Session {
        self.companion.session().unwrap()
    }

    async fn hear(&self) {
        sync::catch_up(self.session()).await.unwrap();
    }

    /// Hands a file in; what is notified of it. `None` where there is no corpus.
    async fn hand_in(&self, name: &str) -> Option<Vec<Notice>> {
        let file = self.ministry.file(name, fault(name)?);
        let published = self.ministry.publish(&self.served.inside, &[&file]);
        assert!(published.status.success(), "{name}: {}", said(&published));
        self.hear().await;
        Some(std::mem::take(&mut *self.window.0.lock().unwrap()))
    }

    fn view(&self) -> View {
        self.companion.view().unwrap()
    }
}

/// A file, and what is notified of it, by the end of its title.
type Step = (&'static str, &'static [&'static str]);

const FLOOD: &[&str] = &["Flood warning"];
const ENDED: &[&str] = &["arning ended. Flood warning"];

const LIVES: &[&[Step]] = &[
    &[("all-clear-update-1.xml", FLOOD), ("all-clear-update-2.xml", &["arning ended. The flood is over"])],
    &[("cancel-without-info-1.xml", FLOOD), ("cancel-without-info-2.xml", ENDED)],
    &[("cancel-without-area-1.xml", FLOOD), ("cancel-without-area-2.xml", ENDED)],
    &[("cancel-ending-as-sent-1.xml", FLOOD), ("cancel-ending-as-sent-2.xml", ENDED)],
    &[
        ("cancel-of-two-1.xml", FLOOD),
        ("cancel-of-two-2.xml", FLOOD),
        ("cancel-of-two-3.xml", &["arning ended. Flood warning", "arning ended. Flood warning"]),
    ],
    &[
        ("alert-again-after-its-cancel-1.xml", FLOOD),
        ("alert-again-after-its-cancel-2.xml", ENDED),
        ("alert-again-after-its-cancel-3.xml", &[]),
        ("alert-again-after-its-cancel-1.xml", &[]),
    ],
    &[("do-not-becomes-do.xml", &["Do not drink tap water"])],
    &[("minus-forty-becomes-forty.xml", &["-40 °C tonight"])],
    &[("area-of-emma-code-only.xml", FLOOD)],
    &[("update-of-nothing.xml", FLOOD)],
    &[("one-bad-ring-of-two.xml", FLOOD)],
    &[("midnight-as-24.xml", FLOOD)],
    &[("says-utf-16.xml", FLOOD)],
    &[("nul-in-headline.xml", &["NUL headline"])],
];

#[tokio::test]
async fn each_is_notified_as_it_should_be_and_an_ending_as_loudly_as_the_warning() {
    for life in LIVES {
        let scene = Scene::in_almaty().await;
        for (file, wanted) in *life {
            let Some(notices) = scene.hand_in(file).await else { return };
            let titles: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
            let fits =
                titles.len() == wanted.len() && titles.iter().zip(*wanted).all(|(title, end)| title.ends_with(end));
            assert!(fits, "{file}: {titles:?}");
            for notice in &notices {
                assert_eq!(notice.loudness, Loudness::Critical, "{file}");
                let is_end = notice.title.contains("arning ended");
                assert!(!(is_end && notice.body.contains("higher ground")), "{file}: {}", notice.body);
            }
        }
        let ended = life.iter().any(|(_, wanted)| wanted.iter().any(|title| title.contains("ended")));
        let states: Vec<_> = scene.view().advisories.iter().map(|advisory| advisory.main_part.state).collect();
        let state = if ended { AdvisoryState::Ended } else { AdvisoryState::InForce };
        assert!(!states.is_empty() && states.iter().all(|one| *one == state), "{:?}: {states:?}", life[0].0);
    }
}

#[tokio::test]
async fn each_area_is_told_its_own() {
    let scene = Scene::in_almaty().await;
    let Some(notices) = scene.hand_in("mild-area-becomes-extreme.xml").await else { return };
    assert!(notices.len() == 1 && notices[0].title.ends_with("Red: hurricane"), "{notices:?}");
    let view = scene.view().advisories.remove(0);
    assert_eq!((view.main_part.severity, view.others[0].severity), (Severity::Extreme, Severity::Minor));
    assert_eq!(view.others[0].texts[0].steps, ["Mind your hat."]);
    assert_eq!(view.main_part.texts[0].sender, "Example Met");
}

#[tokio::test]
async fn what_starts_in_three_days_is_told_once_with_its_beginning() {
    let scene = Scene::in_almaty().await;
    let Some(notices) = scene.hand_in("no-expires-onset-in-three-days.xml").await else { return };
    assert!(notices.len() == 1 && notices[0].body.starts_with("Begins "), "{notices:?}");
    let part = scene.view().advisories.remove(0).main_part;
    assert_eq!(part.state, AdvisoryState::Upcoming);
    assert_eq!(part.expires.duration_since(part.begins).as_hours(), 24);
}

#[tokio::test]
async fn at_home_the_whole_country_s_warning_rings_and_a_shaped_one_is_only_shown() {
    let scene = Scene::new(Lang::En, None).await;
    let Some(notices) = scene.hand_in("app-no-warnings-at-home.xml").await else { return };
    assert!(notices.len() == 1 && notices[0].title.ends_with("Country-wide emergency"), "{notices:?}");
    assert_eq!(scene.hand_in("cancel-without-info-1.xml").await, Some(Vec::new()));
    assert_eq!(scene.view().advisories.len(), 2);
    assert_eq!(scene.hand_in("cancel-without-info-2.xml").await, Some(Vec::new()), "nor is its end");
}
