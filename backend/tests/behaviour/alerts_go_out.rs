use std::{path::Path, process::Command};

use contract::{
    entry::{
        Body, Entry,
        advisory::{MessageType, Urgency},
    },
    words::{Lang, Preference, Words},
};
use jiff::Timestamp;
use ministry::cap::write::{Issuer, alert_xml};

use crate::{
    corpus,
    corpus::read,
    support::{Ministry, advisory, cap},
};

/// By OASIS's own schema, where it and a validator are.
pub fn fits_the_schema(alert: &Path) {
    if corpus::file("cap/schema/cap12.xsd").is_none() {
        return;
    }
    let folder =
        std::env::var("SAPARLAS_CORPORA").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").into());
    let validated = Command::new("xmllint")
        .args(["--noout", "--schema"])
        .arg(format!("{folder}/cap/schema/cap12.xsd"))
        .arg(alert)
        .output();
    match validated {
        Ok(said) => assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr)),
        Err(_) => eprintln!("skipped: no xmllint"),
    }
}

fn out(entry: &Entry) -> String {
    let name = Words::new("а", "б", "c");
    let issuer =
        Issuer { sender: "duty@mfa.example", name: &name, languages: Preference::new(Lang::En, &[]), demo: false };
    String::from_utf8(alert_xml(entry, None, &issuer).unwrap().unwrap()).unwrap()
}

fn entry(body: Body) -> Entry {
    Entry { id: "advisory.x".parse().unwrap(), version: 3, issued_at: Timestamp::now(), body }
}

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
    fits_the_schema(&ministry.file("out.xml", &alert));
    for gone in ["/cap/level.ae.xml", "/cap/nothing.xml", "/cap/advisory.ae"] {
        assert_eq!(served.get(gone).send().await.unwrap().status(), 404, "{gone}");
    }
}

#[test]
fn what_goes_out_is_read_back_the_same() {
    let came = read(&cap("KZ.1", "Alert", "", "Гололёд &lt; 5 мм &amp; ветер")).unwrap().alert;
    let again = read(&out(&entry(Body::RelayedAlert(came.clone())))).unwrap().alert;
    assert_eq!(again.identifier, "advisory.x.3");
    assert_eq!(again.message_type, MessageType::Alert);
    let mut parts = again.parts;
    for part in &mut parts {
        let texts = part.texts.iter().map(|(tag, text)| {
            let mut text = text.clone();
            text.sender_name.clear();
            (tag.clone(), text)
        });
        part.texts = texts.collect();
    }
    assert_eq!(parts.len(), came.parts.len());
    assert_eq!((&parts[0].areas, &parts[0].texts), (&came.parts[0].areas, &came.parts[0].texts));
    assert_eq!((parts[0].severity, parts[0].expires), (came.parts[0].severity, came.parts[0].expires));
}

#[test]
fn a_part_that_is_over_says_all_clear() {
    let mut alert = read(&cap("KZ.1", "Alert", "", "Гололёд")).unwrap().alert;
    let mut over = alert.parts[0].clone();
    over.urgency = Urgency::Past;
    alert.parts.push(over);
    let said = out(&entry(Body::RelayedAlert(alert)));
    let infos: Vec<&str> = said.split("<info>").skip(1).collect();
    assert!(!infos[0].contains("AllClear") && infos[1].contains("<responseType>AllClear</responseType>"), "{said}");
}
