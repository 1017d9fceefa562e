//! An alert through its life, by the real program: what is in force after its messages came in some order.

use std::collections::BTreeMap;

use contract::{
    entry::{
        Body, Entry,
        advisory::{MessageType, Severity},
        relayed_alert::RelayedAlert,
    },
    jws::Document,
};
use jiff::Timestamp;

use crate::{
    corpus::fault,
    support::{Ministry, Served, cap, said},
};

struct Desk {
    ministry: Ministry,
    served: Served,
}

impl Desk {
    fn new() -> Self {
        let ministry = Ministry::new();
        let served = ministry.serve();
        Self { ministry, served }
    }

    /// Hands in alerts one after another; what is said about them.
    fn hand_in(&self, alerts: &[String]) -> String {
        let files: Vec<_> =
            alerts.iter().enumerate().map(|(at, alert)| self.ministry.file(&format!("{at}.xml"), alert)).collect();
        let published =
            self.ministry.publish(&self.served.inside, &files.iter().map(AsRef::as_ref).collect::<Vec<_>>());
        assert!(published.status.success(), "{}", said(&published));
        said(&published)
    }

    /// What the newest version of every alert says.
    async fn alerts(&self) -> Vec<RelayedAlert> {
        let keys = self.served.keys(&self.ministry.profile()).await;
        let (watermark, head) = (self.served.watermark(&keys).await, self.served.head(&keys).await);
        let entries = self.served.entries(&self.ministry.profile()).await;
        let mut newest: BTreeMap<_, _> = entries.into_iter().map(|entry| (entry.id, entry.body)).collect();
        for frame in self.served.log(watermark.snapshot.seq + 1, head.seq).await {
            let entry = Entry::read(&frame.entry.payload).unwrap();
            newest.insert(entry.id, entry.body);
        }
        let alerts = newest
            .into_values()
            .filter_map(|body| if let Body::RelayedAlert(alert) = body { Some(alert) } else { None });
        alerts.collect()
    }

    async fn in_force(&self) -> Vec<String> {
        let now = Timestamp::now();
        let alerts = self.alerts().await;
        alerts.into_iter().filter(|alert| alert.in_force(now).next().is_some()).map(|alert| alert.identifier).collect()
    }
}

fn faults(names: &[&str]) -> Option<Vec<String>> {
    names.iter().map(|name| fault(name)).collect()
}

#[tokio::test]
async fn a_cancel_ends_what_it_names_whatever_it_lacks() {
    let desk = Desk::new();
    for (at, kind) in ["cancel-without-info", "cancel-without-area", "cancel-ending-as-sent"].iter().enumerate() {
        let Some(files) = faults(&[&format!("{kind}-1.xml"), &format!("{kind}-2.xml")]) else { return };
        let files: Vec<String> = files
            .iter()
            .map(|text| text.replace(",a,", &format!(",a{at},")).replace(">a<", &format!(">a{at}<")))
            .map(|text| text.replace(">c<", &format!(">c{at}<")))
            .collect();
        desk.hand_in(&files[..1]);
        assert_eq!(desk.in_force().await, [format!("a{at}")], "{kind}");
        desk.hand_in(&files[1..]);
        assert_eq!(desk.in_force().await, [""; 0], "{kind}");
    }
    for ending in desk.alerts().await {
        assert!(ending.is_ending() && ending.message_type == MessageType::Cancel);
        let part = &ending.parts[0];
        assert_eq!(part.severity, Severity::Severe, "as loud as the warning was");
        assert!(part.expires > Timestamp::now() && part.areas[0].has_shape() && !part.texts.is_empty());
    }
}

#[tokio::test]
async fn a_cancel_of_two_ends_both() {
    let Some(files) = faults(&["cancel-of-two-1.xml", "cancel-of-two-2.xml", "cancel-of-two-3.xml"]) else { return };
    let desk = Desk::new();
    desk.hand_in(&files[..2]);
    assert_eq!(desk.in_force().await.len(), 2);
    desk.hand_in(&files[2..]);
    assert_eq!(desk.in_force().await, [""; 0]);
}

#[tokio::test]
async fn the_order_of_arrival_does_not_matter_and_the_same_file_twice_rings_nobody() {
    let names = [
        "alert-again-after-its-cancel-1.xml",
        "alert-again-after-its-cancel-2.xml",
        "alert-again-after-its-cancel-3.xml",
    ];
    let Some(files) = faults(&names) else { return };
    let desk = Desk::new();
    desk.hand_in(&files);
    assert_eq!(desk.in_force().await, [""; 0]);
    let versions = desk.alerts().await;
    assert!(desk.hand_in(&files).contains("it was passed on before"));
    assert_eq!(desk.alerts().await, versions);
    let first_the_cancel = Desk::new();
    assert!(first_the_cancel.hand_in(&files[1..2]).contains("is remembered"));
    assert!(first_the_cancel.hand_in(&files[..1]).contains("it was ended by a message that came before it"));
    assert_eq!(first_the_cancel.in_force().await, [""; 0]);
}

#[tokio::test]
async fn an_all_clear_ends_the_warning_as_loudly_as_it_was() {
    let Some(files) = faults(&["all-clear-update-1.xml", "all-clear-update-2.xml"]) else { return };
    let desk = Desk::new();
    desk.hand_in(&files);
    assert_eq!(desk.in_force().await, [""; 0]);
    let [ending] = desk.alerts().await.try_into().unwrap();
    assert!(ending.is_ending());
    let part = &ending.parts[0];
    assert_eq!(
        (part.severity, part.texts.get("en").unwrap().headline.as_str()),
        (Severity::Severe, "The flood is over")
    );
}

#[tokio::test]
async fn an_update_of_nothing_is_passed_on_with_a_note_and_of_several_it_ends_the_others() {
    let desk = Desk::new();
    if let Some(files) = faults(&["update-of-nothing.xml"]) {
        assert!(desk.hand_in(&files).contains("it replaces nothing"));
        assert_eq!(desk.in_force().await, ["u"]);
    }
    let desk = Desk::new();
    let by = |identifier: &str| format!("duty@weather.example,{identifier},2026-01-01T00:00:00-00:00");
    let both = cap("KZ.3", "Update", &format!("{} {}", by("KZ.1"), by("KZ.2")), "c");
    desk.hand_in(&[cap("KZ.1", "Alert", "", "a"), cap("KZ.2", "Alert", "", "b"), both]);
    assert_eq!(desk.in_force().await, ["KZ.3"]);
    let other = cap("KZ.9", "Cancel", &by("KZ.3").replace("duty@", "other@"), "x").replace("duty@", "other@");
    desk.hand_in(&[other.replace("<references>other@", "<references>duty@")]);
    assert_eq!(desk.in_force().await, ["KZ.3"], "what another sender says of it does not count");
}

#[tokio::test]
async fn one_bad_entry_spoils_no_feed_and_what_is_served_fits_the_schema() {
    let names = [
        "noncharacter-fffe-1.xml",
        "noncharacter-fffe-2.xml",
        "language-of-ten-letters.xml",
        "midnight-as-24.xml",
        "mild-area-becomes-extreme.xml",
    ];
    let Some(files) = faults(&names) else { return };
    let files: Vec<String> = files
        .iter()
        .enumerate()
        .map(|(at, text)| text.replace("<identifier>a<", &format!("<identifier>a{at}<")))
        .collect();
    let desk = Desk::new();
    desk.hand_in(&files);
    let feed = desk.served.text("/cap/atom.xml").await;
    roxmltree::Document::parse(&feed).unwrap();
    let links: Vec<&str> = feed.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links.len(), 5, "{feed}");
    for link in links {
        let alert = desk.served.text(link).await;
        let path = desk.ministry.file("out.xml", &alert);
        crate::alerts_go_out::fits_the_schema(&path);
        if alert.contains("Mind your hat") {
            assert_eq!(alert.matches("<info>").count(), 2, "one for each part");
            let south = alert.split("<info>").find(|info| info.contains("Mind your hat")).unwrap();
            assert!(
                south.contains("<severity>Minor") && south.contains("South") && !south.contains("North"),
                "{south}"
            );
        }
    }
}
