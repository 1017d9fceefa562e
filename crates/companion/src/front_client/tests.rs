//! Whatever answers in the front's place is told apart, and nothing it says is more than an answer.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use contract::record::{Call, CallOutcome};
use jiff::Timestamp;

use super::*;
use crate::testing::http;

/// A front for one request, and what was asked of it.
struct Once {
    front: FrontClient,
    asked: thread::JoinHandle<Vec<String>>,
}

fn serve(answer: impl FnOnce(&mut TcpStream) + Send + 'static) -> Once {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let head: Vec<String> =
            reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        // what is left unread when a stream closes resets it
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        reader.read_exact(&mut vec![0; length]).unwrap();
        answer(&mut stream);
        head
    });
    Once { front: FrontClient::new(Arc::new(http()), base), asked }
}

/// Answers with these bytes and closes.
fn says(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Once {
    let body = body.as_ref().to_vec();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    serve(move |stream| {
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
    })
}

async fn head_of(once: Once) -> Result<WithEpoch<Tagged>, FrontError> {
    let answer = once.front.head(None).await;
    // the client must be free to hang up meanwhile
    tokio::task::spawn_blocking(|| once.asked.join().unwrap()).await.unwrap();
    answer
}

fn call() -> Call {
    Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: Timestamp::UNIX_EPOCH }
}

async fn put_to(once: Once) -> Result<WithEpoch<Accepted>, FrontError> {
    let answer = once.front.put("1", Some("token"), &call()).await;
    once.asked.join().unwrap();
    answer
}

const HTML: &str = "content-type: text/html; charset=utf-8\r\n";
const PROBLEM: &str = "content-type: application/problem+json\r\n";

#[tokio::test]
async fn a_page_in_the_fronts_place_is_a_captive_portal() {
    for (status, headers) in [
        ("200 OK", HTML),
        ("200 OK", "content-type: TEXT/HTML\r\n"),
        ("302 Found", "location: http://wifi.example/\r\n"),
        ("307 Temporary Redirect", "location: https://wifi.example/\r\n"),
        ("511 Network Authentication Required", HTML),
    ] {
        let answer = head_of(says(status, headers, "<html>Sign in</html>")).await;
        assert!(matches!(answer, Err(FrontError::CaptivePortal)), "{status}");
        let answer = put_to(says(status, headers, "<html>Sign in</html>")).await;
        assert!(matches!(answer, Err(FrontError::CaptivePortal)), "{status}");
    }
}

#[tokio::test]
async fn a_server_in_trouble_is_tried_again_when_it_says() {
    for (status, headers, after) in [
        ("500 Internal Server Error", "", None),
        ("502 Bad Gateway", HTML, None),
        ("503 Service Unavailable", "retry-after: 7\r\n", Some(7)),
        ("429 Too Many Requests", "retry-after: 9\r\ncontent-type: application/problem+json\r\n", Some(9)),
        ("408 Request Timeout", PROBLEM, None),
        ("503 Service Unavailable", "retry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\n", None),
    ] {
        let answer = put_to(says(status, headers, "")).await;
        let Err(FrontError::Trouble { status: told, retry_after }) = answer else { panic!("{status}") };
        assert!(status.starts_with(told.as_str()));
        assert_eq!(retry_after, after.map(Duration::from_secs), "{status}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_front_is_final_and_names_its_code() {
    let problem = Problem { status: 422, code: Code::FieldInvalid, title: "no".into(), pointer: Some("/legs".into()) };
    let answer = put_to(says("422 Unprocessable", PROBLEM, serde_json::to_vec(&problem).unwrap())).await;
    assert!(matches!(answer, Err(FrontError::Refused { code: Code::FieldInvalid, .. })));
}

#[tokio::test]
async fn a_refusal_that_is_not_the_fronts_own_is_not_final() {
    // a proxy's own, and a problem nobody can read
    let problems = [
        "{",
        r#"{"status":409}"#,
        r#"{"status":409,"code":409,"title":""}"#,
        r#"{"status":409,"code":"newer","title":""}"#,
    ];
    let said = [(HTML, "not here"), ("", "")].into_iter().chain(problems.map(|body| (PROBLEM, body)));
    for (headers, body) in said {
        for (line, told) in [("404 Not Found", StatusCode::NOT_FOUND), ("409 Conflict", StatusCode::CONFLICT)] {
            let answer = put_to(says(line, headers, body)).await;
            assert!(matches!(answer, Err(FrontError::Trouble { status, .. }) if status == told), "{line} {body}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_not_of_the_contract_is_not_understood() {
    for body in ["", "garbage", "[]", r#"{"version":"one"}"#, "{\"version\":1}"] {
        let answer = put_to(says("200 OK", "content-type: application/json\r\n", body)).await;
        assert!(matches!(answer, Err(FrontError::NotUnderstood)), "{body}");
    }
    let answer = put_to(says("200 OK", "", [0xff, 0xfe, 0x00])).await;
    assert!(matches!(answer, Err(FrontError::NotUnderstood)));
    let frames = says("200 OK", "", "{\"seq\":1}\n");
    assert!(matches!(frames.front.frames(1, 1).await, Err(FrontError::NotUnderstood)));
}

#[tokio::test]
async fn where_nothing_speaks_http_nothing_answers() {
    let closed = serve(|stream| stream.shutdown(std::net::Shutdown::Both).unwrap());
    assert!(matches!(head_of(closed).await, Err(FrontError::Unreachable(_))));
    let garbage = serve(|stream| stream.write_all(b"\x16\x03\x01 what?\r\n\r\n").unwrap());
    assert!(matches!(head_of(garbage).await, Err(FrontError::Unreachable(_))));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let front = FrontClient::new(Arc::new(http()), Url::parse(&format!("http://{nobody}")).unwrap());
    assert!(matches!(front.head(None).await, Err(FrontError::Unreachable(_))));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let torn = serve(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf").unwrap());
    assert!(matches!(head_of(torn).await, Err(FrontError::Unreachable(_))));
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let endless = serve(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").unwrap();
        let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
        let mut sent = 0_usize;
        while stream.write_all(&chunk).is_ok() {
            sent += chunk.len();
            assert!(sent < 8 * MAX_ANSWER, "nobody stops reading");
        }
    });
    assert!(matches!(head_of(endless).await, Err(FrontError::NotUnderstood)));
}

#[tokio::test]
async fn a_head_comes_with_its_tag_and_is_asked_for_by_it() {
    let once = says("200 OK", "content-type: application/jose\r\netag: \"7\"\r\n", "a.b.c");
    let Tagged::New { compact, tag } = once.front.head(None).await.unwrap().body else { panic!("not new") };
    assert_eq!((compact.as_str(), tag.as_deref()), ("a.b.c", Some("\"7\"")));
    assert!(!once.asked.join().unwrap().iter().any(|line| line.starts_with("if-none-match")));
    let once = says("304 Not Modified", "", "");
    assert!(matches!(once.front.head(Some("\"7\"")).await.unwrap().body, Tagged::NotModified));
    assert!(once.asked.join().unwrap().contains(&"if-none-match: \"7\"".to_owned()));
}

#[tokio::test]
async fn a_record_goes_with_the_devices_token_and_comes_back_with_the_epoch() {
    let body = r#"{"version":2,"received_at":"2026-03-01T06:00:00Z"}"#;
    let once = says("200 OK", "content-type: application/json\r\nregister-epoch: one\r\n", body);
    let answer = once.front.put("1", Some("token"), &call()).await.unwrap();
    assert_eq!((answer.body.version, answer.epoch.as_deref()), (2, Some("one")));
    let asked = once.asked.join().unwrap();
    assert_eq!(asked[0], "PUT /v1/calls/1 HTTP/1.1");
    assert!(asked.contains(&"authorization: Bearer token".to_owned()));
    let once = says("200 OK", "", body);
    once.front.delete(Kind::Trip, "1", 3, "token", None).await.unwrap();
    assert_eq!(once.asked.join().unwrap()[0], "DELETE /v1/trips/1?version=3 HTTP/1.1");
}

mod causes;
