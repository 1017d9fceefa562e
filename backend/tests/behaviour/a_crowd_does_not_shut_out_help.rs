use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::Duration,
};

use axum::body::Body;
use contract::ids::CheckInId;
use hyper::{
    Request,
    client::conn::http2::{self, SendRequest},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use jiff::Timestamp;
use serde_json::json;

use crate::support::{App, Ministry, Served};

/// Longer than a place of the reserve may be held, and shorter than a connection may be still.
const PATIENCE: Duration = Duration::from_secs(20);

/// The front where it may have so many files open and no more.
fn serve_with_files(ministry: &Ministry, files: u32) -> Served {
    let mut command = Command::new("sh");
    let limited = format!("ulimit -n {files} && exec \"$0\" \"$@\"");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_ministry")]);
    Served::run(command, ministry.outside.path(), &[])
}

#[tokio::test]
async fn more_idle_readers_than_there_are_files_leave_room_for_a_device_and_its_word() {
    let ministry = Ministry::new();
    let served = serve_with_files(&ministry, 320);
    let address = served.url.strip_prefix("http://").unwrap();
    let crowd: Vec<_> = (0..400)
        .map(|_| {
            let mut reader = TcpStream::connect(address).unwrap();
            // one that is turned away may be gone already
            drop(reader.write_all(b"GET /v1/bulletin/stream HTTP/1.1\r\nhost: x\r\n\r\n"));
            reader
        })
        .collect();
    let app = App::register(&served).await;
    let cry = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    app.put(&served, &format!("/v1/check-ins/{}", CheckInId::random(&mut rand::rng())), &cry).await;
    drop(crowd);
    assert_eq!(served.text("/healthz").await, "ok\n");
}

#[tokio::test]
async fn half_a_request_from_everybody_leaves_room_too() {
    let ministry = Ministry::new();
    let served = serve_with_files(&ministry, 320);
    let address = served.url.strip_prefix("http://").unwrap();
    // as many as one address is given, and no more: what it sends then comes in by the reserve
    let _half: Vec<_> = (0..70)
        .map(|_| {
            let mut reader = TcpStream::connect(address).unwrap();
            reader.write_all(b"PUT /v1/trips/half HTTP/1.1\r\nhost: x\r\ncontent-le").unwrap();
            reader
        })
        .collect();
    App::register(&served).await;
    // and whoever only says in HTTP/2 that more will come is turned away from it
    let mut greeting = TcpStream::connect(address).unwrap();
    greeting.set_read_timeout(Some(PATIENCE)).unwrap();
    greeting.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    greeting.read_to_end(&mut Vec::new()).expect("the place in the reserve is free again");
    let answer = served.get("/v1/bulletin/head").send().await.unwrap();
    assert_eq!(answer.status(), 503, "the reserve is for writes");
    assert!(answer.headers().contains_key("retry-after"));
}

/// By HTTP/2, with a reader who lets nothing through.
async fn connect(served: &Served) -> SendRequest<Body> {
    let address = served.url.strip_prefix("http://").unwrap();
    let stream = TokioIo::new(tokio::net::TcpStream::connect(address).await.unwrap());
    let mut closed = http2::Builder::new(TokioExecutor::new());
    let (http, connection) = closed.initial_stream_window_size(0).handshake(stream).await.unwrap();
    tokio::spawn(connection);
    http
}

/// One connection of a proxy is of many readers: where it could be HTTP/2, one who reads nothing would end it for all.
#[tokio::test]
async fn a_front_behind_a_proxy_speaks_http_1_and_nothing_else() {
    let ministry = Ministry::new();
    let command = Command::new(env!("CARGO_BIN_EXE_ministry"));
    let served = Served::run(command, ministry.outside.path(), &["--hops", "1"]);
    assert_eq!(served.get("/v1/bulletin/head").send().await.unwrap().status(), 200);
    let mut http = connect(&served).await;
    let head = Request::get(format!("{}/v1/bulletin/head", served.url)).body(Body::empty()).unwrap();
    assert!(http.send_request(head).await.is_err());
}

/// In HTTP/2 a reader may ask for much and let nothing through.
#[tokio::test]
async fn answers_that_nobody_reads_take_so_much_memory_and_no_more() {
    let ministry = Ministry::new();
    let served = serve_with_files(&ministry, 320);
    let app = App::register(&served).await;
    let ask = async |http: &mut SendRequest<Body>| {
        let request = Request::get(format!("{}/v1/devices/self/export", served.url))
            .header("authorization", format!("Bearer {}", app.token))
            .body(Body::empty())
            .unwrap();
        http.send_request(request).await.unwrap()
    };
    let (mut unread, mut others) = (Vec::new(), Vec::new());
    let mut http = connect(&served).await;
    let refused = loop {
        let answer = ask(&mut http).await;
        if answer.status() != 200 {
            break answer;
        }
        unread.push(answer);
        assert!(unread.len() < 1_000, "every one of them was taken on");
        // as many as go over one connection
        if unread.len() % 60 == 0 {
            others.push(std::mem::replace(&mut http, connect(&served).await));
        }
    };
    assert!(unread.len() > 120, "each is weighed by what it takes, and not by the most that there could be");
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    // whoever asks for little is answered
    assert_eq!(served.get("/v1/bulletin/head").send().await.unwrap().status(), 200);
    App::register(&served).await;
    // one that is given up makes room
    unread.pop();
    let again = loop {
        let answer = ask(&mut http).await;
        if answer.status() == 200 {
            break answer;
        }
    };
    drop(again);
}
