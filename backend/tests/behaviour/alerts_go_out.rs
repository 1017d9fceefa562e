use crate::support::{Ministry, advisory};

#[tokio::test]
async fn live_advisories_are_listed_and_each_is_an_alert_marked_as_an_exercise() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let first = ministry.file("a.json", advisory("advisory.ae", None, "Leave <now> & quietly").to_string());
    assert!(ministry.publish(&served.inside, &[&first]).status.success());
    let second = ministry.file("a.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&second]).status.success());
    let feed = served.text("/cap/atom.xml").await;
    assert!(feed.contains("href=\"/cap/advisory.ae.xml\""), "{feed}");
    let alert = served.text("/cap/advisory.ae.xml").await;
    assert!(alert.contains("<status>Exercise</status>") && alert.contains("<msgType>Update</msgType>"), "{alert}");
    assert!(alert.contains("<references>duty-officer@mfa.example,advisory.ae.1,"), "{alert}");
    assert_eq!(alert.matches("<info>").count(), 3);
    for gone in ["/cap/level.ae.xml", "/cap/nothing.xml", "/cap/advisory.ae"] {
        assert_eq!(served.get(gone).send().await.unwrap().status(), 404, "{gone}");
    }
}
