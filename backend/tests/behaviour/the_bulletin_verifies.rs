use std::collections::HashSet;

use contract::{
    entry::{
        Body, Entry,
        line::LineKind,
        mission::{Mission, MissionKind},
    },
    ids::EntryId,
    log::{PAGE, check_head},
};
use jiff::Timestamp;
use reqwest::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH};

use crate::support::{Ministry, advisory, said};

#[tokio::test]
async fn what_is_published_chains_from_the_shipped_watermark_to_the_head_with_the_desk_away() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let profile = ministry.profile();
    let keys = served.keys(&profile).await;
    let shipped = keys.watermark(&profile.shipped.unwrap().watermark).unwrap();
    let before = served.head(&keys).await;
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(published.status.success(), "{published:?}");
    let line = format!("advisory.ae 1 {}\n", before.seq + 1);
    assert_eq!(String::from_utf8(published.stdout).unwrap(), line);

    let head = served.head(&keys).await;
    let watermark = served.watermark(&keys).await;
    check_head(Some(&before), Some(&watermark), &head, Timestamp::now()).unwrap();
    assert_eq!((head.seq, head.keys), (before.seq + 1, 1));
    assert_eq!(served.follow(&shipped, &head).await, head.position());
    assert_eq!(watermark.position(), head.position(), "confirmed with the publish");
    let newest = served.log(head.seq, head.seq).await.pop().unwrap();
    let entry = keys.entry_at(head.seq, &newest.entry).unwrap();
    assert!(matches!(&entry.body, Body::Advisory(advisory) if advisory.texts.len() == 3));
}

#[tokio::test]
async fn the_first_entries_give_each_mission_a_line_that_says_demo() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let entries = served.entries(&ministry.profile()).await;
    let lines: Vec<_> =
        entries.iter().filter_map(|entry| if let Body::Line(line) = &entry.body { Some(line) } else { None }).collect();
    assert!(lines.iter().all(|line| line.demo && line.number.as_str().starts_with("+442079460")));
    let numbers: HashSet<_> = lines.iter().map(|line| &line.number).collect();
    assert_eq!(numbers.len(), lines.len(), "a number for each");
    for (id, mission) in missions(&entries) {
        let of_it = |kind| lines.iter().any(|line| line.mission.as_ref() == Some(id) && line.kind == kind);
        let honorary = mission.kind == MissionKind::HonoraryConsulate;
        assert!(honorary || of_it(LineKind::Emergency), "{id}");
        assert!(!mission.sources.is_empty() && mission.serves.contains(&mission.country), "{id}");
    }
}

/// The countries of the ten-country timeline, but home, and those with direct flights from Kazakhstan in 2024 to 2026.
const MET: &str = "BH IR IL JO KW QA SA TR AE \
    AM AZ BY CN CZ DE EG GB GE GR HU IN IT KG KR LK ME MN MV MY NL OM PK PL RU TH TJ TM UZ VN CY";

#[tokio::test]
async fn every_country_people_fly_to_has_a_mission_that_serves_it() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let entries = served.entries(&ministry.profile()).await;
    assert!(missions(&entries).count() >= 44);
    for country in MET.split_whitespace() {
        let code = country.parse().unwrap();
        assert!(missions(&entries).any(|(_, mission)| mission.serves.contains(&code)), "{country}");
    }
}

fn missions(entries: &[Entry]) -> impl Iterator<Item = (&EntryId, &Mission)> {
    entries
        .iter()
        .filter_map(|entry| if let Body::Mission(mission) = &entry.body { Some((&entry.id, mission)) } else { None })
}

#[tokio::test]
async fn a_head_already_seen_is_answered_with_304() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let first = served.get("/v1/bulletin/head").send().await.unwrap();
    let etag = first.headers()[ETAG].clone();
    let again = served.get("/v1/bulletin/head").header(IF_NONE_MATCH, &etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.headers()[ETAG], etag);
    let other = served.get("/v1/bulletin/head").header(IF_NONE_MATCH, "\"other\"").send().await.unwrap();
    assert_eq!(other.status(), 200);
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let newer = served.get("/v1/bulletin/head").header(IF_NONE_MATCH, &etag).send().await.unwrap();
    assert_eq!(newer.status(), 200);
}

/// Nothing of it is in memory twice: who reads slowly keeps one piece there, and the whole is never made for one reader.
#[tokio::test]
async fn a_long_part_of_a_page_comes_in_pieces_and_is_the_same_in_both_forms() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let from = served.head(&served.keys(&ministry.profile()).await).await.seq + 1;
    let files: Vec<_> = (0..8)
        .map(|n| {
            let mut draft = advisory(&format!("advisory.{n}"), None, "Leave");
            for tag in ["kk", "ru", "en"] {
                draft["body"]["texts"][tag]["why"] = "The airspace is closed. ".repeat(150).trim().into();
            }
            ministry.file(&format!("{n}.json"), draft.to_string())
        })
        .collect();
    let paths: Vec<_> = files.iter().map(|path| path.as_path()).collect();
    let published = ministry.publish(&served.inside, &paths);
    assert!(published.status.success(), "{}", said(&published));
    let to = from + 7;
    let mut one_by_one = String::new();
    for seq in from..=to {
        one_by_one += &served.text(&format!("/v1/bulletin/frames/{seq}-{seq}")).await;
    }
    assert!(one_by_one.len() > 64 * 1024, "it is a long one");
    let path = format!("{}/v1/bulletin/frames/{from}-{to}", served.url);
    let undecoding = reqwest::Client::builder().no_proxy().no_zstd().build().unwrap();
    let plain = undecoding.get(&path).send().await.unwrap();
    assert_eq!(plain.content_length(), None, "its length is not known before it is read");
    assert_eq!(plain.text().await.unwrap(), one_by_one);
    let coded = undecoding.get(&path).header("accept-encoding", "zstd").send().await.unwrap().bytes().await.unwrap();
    assert!(coded.len() < one_by_one.len() / 4);
    assert_eq!(zstd::decode_all(&*coded).unwrap(), one_by_one.as_bytes());
    assert_eq!(served.text(&format!("/v1/bulletin/frames/{from}-{to}")).await, one_by_one, "as apps read it");
}

#[tokio::test]
async fn pages_are_immutable_and_compressed_and_end_at_the_newest_frame() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let head = served.head(&served.keys(&ministry.profile()).await).await;
    let files: Vec<_> = (0..3)
        .map(|n| ministry.file(&format!("{n}.json"), advisory(&format!("advisory.{n}"), None, "Leave").to_string()))
        .collect();
    let paths: Vec<_> = files.iter().map(|path| path.as_path()).collect();
    assert!(ministry.publish(&served.inside, &paths).status.success());
    let gone = head.seq;
    let head = served.head(&served.keys(&ministry.profile()).await).await;
    let path = format!("/v1/bulletin/frames/{}-{}", gone + 1, head.seq);
    let undecoding = reqwest::Client::builder().no_proxy().no_zstd().build().unwrap();
    for (accepted, expected) in [("gzip, zstd", Some("zstd")), ("gzip", None)] {
        let page =
            undecoding.get(format!("{}{path}", served.url)).header("accept-encoding", accepted).send().await.unwrap();
        assert_eq!(page.headers().get(CONTENT_ENCODING).map(|coding| coding.to_str().unwrap()), expected);
        assert!(page.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    }
    let status = async |path: String| served.get(&path).send().await.unwrap().status().as_u16();
    assert_eq!((gone + 1 - 1) / PAGE, head.seq / PAGE, "one page, for the sake of this test");
    assert_eq!(status(path.clone()).await, 200);
    assert_eq!(status(format!("/v1/bulletin/frames/{}-{}", gone + 1, head.seq + 1)).await, 404);
    assert_eq!(status(format!("/v1/bulletin/frames/{gone}-{gone}")).await, 410, "below the oldest snapshot");
    assert_eq!(status("/v1/bulletin/frames/1-64".into()).await, 410);
    assert_eq!(status("/v1/bulletin/frames/60-70".into()).await, 400);
    assert_eq!(status("/v1/bulletin/frames/0-1".into()).await, 400);
    assert_eq!(status("/v1/bulletin/frames/2-1".into()).await, 400);
    assert_eq!(status("/v1/bulletin/frames/1".into()).await, 404);
    assert_eq!(status(format!("/v1/bulletin/snapshot/{}", contract::hash::Hash::ZERO)).await, 404);
    assert_eq!(status("/v1/bulletin/snapshot/1".into()).await, 404);
    assert_eq!(status("/v1/bulletin/keys/2".into()).await, 404);
    assert_eq!(served.get("/v1/bulletin/keys/1").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_log_of_more_than_one_page_is_read_page_by_page() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let keys = served.keys(&ministry.profile()).await;
    let shipped = keys.watermark(&ministry.profile().shipped.unwrap().watermark).unwrap();
    let files: Vec<_> = (0..70)
        .map(|n| ministry.file(&format!("{n}.json"), advisory(&format!("advisory.{n}"), None, "Leave").to_string()))
        .collect();
    let paths: Vec<_> = files.iter().map(|path| path.as_path()).collect();
    assert!(ministry.publish(&served.inside, &paths).status.success());
    let head = served.head(&keys).await;
    assert_eq!(head.seq, shipped.seq + 70);
    assert_eq!(served.follow(&shipped, &head).await, head.position());
}
