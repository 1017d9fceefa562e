use contract::{advisory::MessageType, words::Words};
use jiff::Timestamp;
use ministry::cap::{
    read,
    write::{Issuer, alert_xml},
};

use crate::support::{Ministry, advisory, cap};

#[tokio::test]
async fn live_advisories_are_listed_and_each_is_an_alert_marked_as_an_exercise() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let first = ministry.file("a.json", advisory("advisory.ae", None, "Leave <now> & quietly").to_string());
    assert!(ministry.publish(&served.url, &[&first]).status.success());
    let second = ministry.file("a.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.url, &[&second]).status.success());
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

#[test]
fn what_goes_out_is_read_back_the_same() {
    let came = read::read(cap("KZ.1", "Alert", "", "Гололёд &lt; 5 мм &amp; ветер").as_bytes()).unwrap();
    let entry = contract::entry::Entry {
        id: "advisory.x".parse().unwrap(),
        version: 3,
        issued_at: Timestamp::now(),
        body: contract::entry::Body::Advisory(came.advisory.clone()),
    };
    let name = Words::new("а", "б", "c");
    let issuer = Issuer { sender: "duty@mfa.example", name: &name, demo: false };
    let again = read::read(&alert_xml(&entry, &came.advisory, None, &issuer).unwrap()).unwrap();
    assert_eq!(again.identifier, "advisory.x.3");
    let (mut back, came) = (again.advisory, came.advisory);
    assert_eq!(back.message_type, MessageType::Alert);
    back.relayed = came.relayed.clone();
    assert_eq!(back, came);
}
