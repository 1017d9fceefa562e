use contract::log::Frame;
use futures_util::StreamExt;
use reqwest::Response;

use crate::support::{Ministry, Served, advisory};

/// Reads events as they come: name, id, data.
struct Events {
    body: futures_util::stream::BoxStream<'static, Vec<u8>>,
    read: String,
}

#[derive(Debug, PartialEq)]
struct Event {
    name: String,
    id: String,
    data: String,
}

impl Events {
    async fn open(served: &Served, last: Option<u64>) -> Self {
        let request = served.get("/v1/bulletin/stream");
        let request = last.into_iter().fold(request, |request, last| request.header("last-event-id", last));
        let response: Response = request.send().await.unwrap().error_for_status().unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.bytes_stream().map(|chunk| chunk.map(|bytes| bytes.to_vec()).unwrap_or_default());
        Self { body: body.boxed(), read: String::new() }
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    let line = block.lines().find_map(|line| line.strip_prefix(name));
                    line.unwrap_or_default().trim().to_owned()
                };
                let event = Event { name: field("event:"), id: field("id:"), data: field("data:") };
                self.read = rest.to_owned();
                return Some(event);
            }
            self.read += &String::from_utf8(self.body.next().await?).unwrap();
        }
    }
}

/// Two frames after the newest snapshot.
fn two_more(ministry: &Ministry, served: &Served) {
    for id in ["advisory.one", "advisory.two"] {
        let file = ministry.file("one.json", advisory(id, None, "Leave").to_string());
        assert!(ministry.publish(&served.inside, &[&file]).status.success());
    }
}

#[tokio::test]
async fn a_subscriber_gets_what_it_missed_then_head_and_watermark_then_what_is_new() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    two_more(&ministry, &served);
    let keys = served.keys(&ministry.profile()).await;
    let seq = served.head(&keys).await.seq;
    let mut events = Events::open(&served, Some(seq - 2)).await;
    for expected in [seq - 1, seq] {
        let event = events.next().await.unwrap();
        assert_eq!((event.name.as_str(), event.id.clone()), ("frame", expected.to_string()));
        assert_eq!(serde_json::from_str::<Frame>(&event.data).unwrap().seq, expected);
    }
    let head = events.next().await.unwrap();
    assert_eq!(head.name, "head");
    assert_eq!(keys.head(&head.data).unwrap().seq, seq);
    let watermark = events.next().await.unwrap();
    assert_eq!(watermark.name, "watermark");
    assert_eq!(keys.watermark(&watermark.data).unwrap().seq, seq);

    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let frame = events.next().await.unwrap();
    assert_eq!((frame.name.as_str(), frame.id), ("frame", (seq + 1).to_string()));
    let head = events.next().await.unwrap();
    assert_eq!(keys.head(&head.data).unwrap().seq, seq + 1);
    let watermark = events.next().await.unwrap();
    assert_eq!(keys.watermark(&watermark.data).unwrap().seq, seq + 1, "confirmed with the publish");
}

/// One who reads zstd gets whole frames of it; one who does not gets the text. Both hear the same.
#[tokio::test]
async fn a_stream_says_the_same_compressed_in_fewer_bytes() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let http = reqwest::Client::builder().no_zstd().build().unwrap();
    let open = async |accepted: &str| {
        let request = http.get(format!("{}/v1/bulletin/stream", served.url)).header("accept-encoding", accepted);
        request.send().await.unwrap()
    };
    let (mut plain, mut coded) = (open("gzip").await, open("gzip, zstd").await);
    assert_eq!(plain.headers().get("content-encoding"), None);
    assert_eq!(coded.headers()["content-encoding"], "zstd");
    two_more(&ministry, &served);
    let (mut text, mut bytes) = (Vec::new(), Vec::new());
    while String::from_utf8_lossy(&text).matches("event: watermark").count() < 3 {
        text.extend(plain.chunk().await.unwrap().unwrap());
    }
    while zstd::decode_all(&*bytes).ok().as_ref() != Some(&text) {
        bytes.extend(coded.chunk().await.unwrap().unwrap());
        assert!(bytes.len() < text.len(), "what came is not what the other heard");
    }
}

#[tokio::test]
async fn a_subscriber_that_names_no_last_event_or_one_no_longer_served_gets_the_head_first() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    two_more(&ministry, &served);
    for last in [None, Some(0), Some(5)] {
        let mut events = Events::open(&served, last).await;
        assert_eq!(events.next().await.unwrap().name, "head", "{last:?}");
        assert_eq!(events.next().await.unwrap().name, "watermark", "{last:?}");
    }
}

#[tokio::test]
async fn the_stream_hints_at_the_registers_epoch() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let epoch = async |path: &str| {
        let answer = served.get(path).send().await.unwrap();
        answer.headers().get("register-epoch").cloned()
    };
    let head = epoch("/v1/bulletin/head").await;
    assert!(head.is_some());
    assert_eq!(epoch("/v1/bulletin/stream").await, head);
    for kept in ["/v1/bulletin/keys/1", "/v1/bulletin/frames/362-362", "/v1/bulletin/watermark"] {
        assert_eq!(epoch(kept).await, None, "a cache may keep {kept}");
    }
}

#[tokio::test]
async fn a_subscriber_gets_frames_across_pages() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let keys = served.keys(&ministry.profile()).await;
    let begin = served.head(&keys).await.seq;
    let files: Vec<_> = (0..70)
        .map(|n| ministry.file(&format!("{n}.json"), advisory(&format!("advisory.{n}"), None, "Leave").to_string()))
        .collect();
    let paths: Vec<_> = files.iter().map(|path| path.as_path()).collect();
    assert!(ministry.publish(&served.inside, &paths).status.success());
    let seq = served.head(&keys).await.seq;
    assert_eq!(seq, begin + 70);
    let mut events = Events::open(&served, Some(begin)).await;
    for expected in begin + 1..=seq {
        assert_eq!(events.next().await.unwrap().id, expected.to_string());
    }
    assert_eq!(events.next().await.unwrap().name, "head");
}

#[tokio::test]
async fn open_streams_end_when_the_front_is_told_to_stop() {
    let ministry = Ministry::new();
    let mut served = ministry.serve();
    let mut events = Events::open(&served, None).await;
    assert_eq!(events.next().await.unwrap().name, "head");
    assert_eq!(events.next().await.unwrap().name, "watermark");
    assert!(served.terminate());
    assert_eq!(events.next().await, None);
}

#[tokio::test]
async fn a_last_event_that_is_no_number_is_refused() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let answer = served.get("/v1/bulletin/stream").header("last-event-id", "yesterday").send().await.unwrap();
    assert_eq!(answer.status(), 422);
}
