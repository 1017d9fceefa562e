//! A key in other hands is voided: what it signed leaves the screen, and what stood before it comes back with the
//! desk's next word.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use contract::keys::{NamedKey, Positions};
use testkit::{Ministry, advisory_entry};

use super::*;

const EARLY: &str = "2026-03-01T06:00:00Z";

/// What a ministry serves before and after it voids the key that signed the log's last entry.
struct Voided {
    first_keys: String,
    early: String,
    snapshot: String,
    lie: contract::log::Frame,
    void: String,
    head: String,
    watermark: String,
}

impl Voided {
    fn new() -> Self {
        let mut ministry = Ministry::new(1);
        let first_keys = ministry.key_set();
        ministry.publish(&advisory_entry("advisory.ae", 2, "AE"));
        let (early, snapshot) = (ministry.watermark(EARLY), ministry.snapshot());
        let lie = ministry.publish(&advisory_entry("advisory.ae", 3, "AE"));
        let mut keys = ministry.named_keys();
        keys[0] = NamedKey { void: vec![Positions { from: lie.seq, until: Some(lie.seq) }], ..keys[0].clone() };
        ministry.keys = 2;
        let (void, head) = (ministry.key_set_of(2, keys), ministry.head(NOW));
        let watermark = ministry.watermark_of(ministry.position, 1, &snapshot, NOW);
        Self { first_keys, early, snapshot, lie, void, head, watermark }
    }

    fn answer(&self, asked: &Asked) -> Reply {
        let text = match asked {
            _ if asked.is("GET /v1/bulletin/head") => &self.head,
            _ if asked.is("GET /v1/bulletin/keys/2") => &self.void,
            _ if asked.is("GET /v1/bulletin/snapshot") => &self.snapshot,
            _ => return problem(404, "not_found"),
        };
        Reply::Answer(200, Vec::new(), text.clone())
    }

    /// A phone that shows the lie.
    fn believed(&self, front: Arc<Front>) -> Device {
        let device = Device::behind(front, NOW);
        let session = device.session();
        let mut bulletin = session.bulletin();
        bulletin.accept_key_set(&session.store, &session.profile, &self.first_keys).unwrap();
        bulletin.accept_watermark(&session.store, &self.early, session.now()).unwrap();
        bulletin.accept_snapshot(&session.store, &self.snapshot).unwrap();
        bulletin.accept_frame(&session.store, &self.lie).unwrap();
        drop(bulletin);
        assert_eq!(shown(&device), [3]);
        device
    }
}

fn shown(device: &Device) -> Vec<u32> {
    device.session().bulletin().advisories().map(|(entry, _)| entry.version).collect()
}

#[tokio::test(start_paused = true)]
async fn a_void_heard_on_the_stream_brings_the_desk_s_word_and_the_version_before_the_lie() {
    let (voided, has_spoken) = (Arc::new(Voided::new()), AtomicBool::new(false));
    let served = voided.clone();
    let front = Front::new(move |asked| match asked {
        _ if asked.is("GET /v1/bulletin/stream") => {
            has_spoken.store(true, Relaxed);
            Reply::Stream(format!("event: head\ndata: {}\n\n", served.head), Duration::from_secs(3600))
        }
        _ if !has_spoken.load(Relaxed) => Reply::Answer(304, Vec::new(), String::new()),
        _ if asked.is("GET /v1/bulletin/watermark") => Reply::Answer(200, Vec::new(), served.watermark.clone()),
        _ => served.answer(asked),
    });
    let device = voided.believed(front);
    run_for(&device, Duration::from_secs(30)).await;
    assert_eq!(shown(&device), [2]);
    assert!(!device.view().contact.may_be_stale);
}

#[tokio::test(start_paused = true)]
async fn where_the_desk_has_not_spoken_since_the_void_the_lie_is_gone_and_the_run_ends() {
    let (voided, times) = (Arc::new(Voided::new()), AtomicUsize::new(0));
    let served = voided.clone();
    let front = Front::new(move |asked| match asked {
        _ if asked.is("GET /v1/bulletin/watermark") => {
            assert!(times.fetch_add(1, Relaxed) < 10, "the desk's word is asked for without end");
            Reply::Answer(200, Vec::new(), served.early.clone())
        }
        _ => served.answer(asked),
    });
    let device = voided.believed(front);
    catch_up(device.session()).await.unwrap();
    assert!(shown(&device).is_empty());
}
