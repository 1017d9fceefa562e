//! The network between the app and the front: a real one, with a switch that makes it lie or fall silent.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::log::Frame;
use futures_util::{StreamExt, stream};
use reqwest::Client;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

use crate::{Result, forge, ports, waiting::PATIENCE};

/// What the wire does with what passes through it.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    Pass,
    /// No connection is taken.
    Cut,
    /// Connections are taken, and nothing is ever answered.
    Silent,
    /// A Wi-Fi network that wants a sign-in answers with its own page.
    Portal,
    /// The same, by sending to another address.
    Redirect,
    /// The front's machine answers that it is broken.
    Broken,
    /// What is sent arrives, and the answer to it is lost half-way.
    LoseAnswers,
    /// What the bulletin says is changed on its way.
    Lie(Lie),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Lie {
    /// One character of every signed entry is another.
    FlippedByte,
    /// The stream carries one more frame.
    Frame(Frame),
    /// Another head is given for the newest.
    Head(String),
}

/// A request that reached the front.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub status: StatusCode,
}

pub struct Wire {
    port: u16,
    wanted: watch::Sender<(u64, Mode)>,
    done: watch::Receiver<u64>,
    inner: Arc<Inner>,
}

struct Inner {
    http: Client,
    front: Mutex<String>,
    mode: watch::Receiver<(u64, Mode)>,
    seen: Mutex<Vec<Seen>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire {
    /// Lays the wire, cut, with nothing at its other end yet.
    pub async fn lay() -> Result<Self> {
        // an error means that the provider is there, which is as well
        drop(rustls::crypto::ring::default_provider().install_default());
        let (wanted, mode) = watch::channel((0, Mode::Cut));
        let (tell, done) = watch::channel(0);
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_zstd().build()?;
        let inner = Arc::new(Inner { http, front: Mutex::default(), mode: mode.clone(), seen: Mutex::default() });
        let within = TcpListener::bind("127.0.0.1:0").await?;
        let address = within.local_addr()?;
        let router = Router::new().fallback(answer).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(within, router).await });
        let port = ports::free()?;
        tokio::spawn(async move { carry(port, address, mode, tell).await });
        Ok(Self { port, wanted, done, inner })
    }

    /// Where the app finds it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Leads it to the front.
    pub fn lead_to(&self, front: &str) {
        front.clone_into(&mut lock(&self.inner.front));
    }

    /// Sets the mode; when this returns, every connection of the mode before is closed.
    pub async fn set(&self, mode: Mode) -> Result {
        let number = self.wanted.borrow().0 + 1;
        self.wanted.send_replace((number, mode));
        let mut done = self.done.clone();
        let reached = tokio::time::timeout(PATIENCE, done.wait_for(|done| *done >= number)).await;
        reached.map_err(|_| "the wire does not change")??;
        Ok(())
    }

    /// What reached the front and was answered, in order.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.inner.seen).clone()
    }

    pub fn forget(&self) {
        lock(&self.inner.seen).clear();
    }

    /// Asks the front something as the wire does.
    pub async fn fetch(&self, path: &str) -> Result<String> {
        let url = lock(&self.inner.front).clone() + path;
        Ok(self.inner.http.get(url).send().await?.error_for_status()?.text().await?)
    }

    /// Sends a request again, word for word, as a network that lost the answer makes an app do.
    pub async fn repeat(&self, seen: &Seen) -> Result<StatusCode> {
        let url = lock(&self.inner.front).clone() + &seen.path;
        let request = self.inner.http.request(seen.method.clone(), url);
        let answer = request.headers(seen.headers.clone()).body(seen.body.clone()).send().await?;
        Ok(answer.status())
    }
}

/// The cable: takes connections, joins them with the box, and cuts all of them when the mode changes.
async fn carry(
    port: u16,
    to: std::net::SocketAddr,
    mut mode: watch::Receiver<(u64, Mode)>,
    done: watch::Sender<u64>,
) -> std::io::Result<()> {
    loop {
        let (number, now) = mode.borrow_and_update().clone();
        if now == Mode::Cut {
            done.send_replace(number);
            if mode.changed().await.is_err() {
                return Ok(());
            }
            continue;
        }
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        done.send_replace(number);
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                changed = mode.changed() => {
                    if changed.is_err() {
                        return Ok(());
                    }
                    break;
                }
                taken = listener.accept() => {
                    let (connection, _) = taken?;
                    connections.spawn(join(connection, to, now == Mode::Silent));
                }
            }
        }
        drop(listener);
        connections.shutdown().await;
    }
}

async fn join(mut connection: TcpStream, to: std::net::SocketAddr, silent: bool) -> std::io::Result<()> {
    if silent {
        return std::future::pending().await;
    }
    let mut inner = TcpStream::connect(to).await?;
    copy_bidirectional(&mut connection, &mut inner).await?;
    Ok(())
}

/// The box: answers by itself, or passes on.
async fn answer(State(wire): State<Arc<Inner>>, request: Request) -> Response {
    let mode = wire.mode.borrow().1.clone();
    match mode {
        Mode::Portal => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], "<h1>Hotel Wi-Fi</h1>").into_response(),
        Mode::Redirect => (StatusCode::FOUND, [(header::LOCATION, "http://wifi.invalid/sign-in")]).into_response(),
        Mode::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "the database is away").into_response(),
        Mode::Pass | Mode::Cut | Mode::Silent => said(pass_on(&wire, request).await),
        Mode::LoseAnswers if request.method() == Method::PUT => {
            let lost = pass_on(&wire, request).await.map(|answer| answer.status());
            let torn = stream::once(async move { Err::<Bytes, _>(std::io::Error::other(format!("lost: {lost:?}"))) });
            Body::from_stream(torn).into_response()
        }
        Mode::LoseAnswers => said(pass_on(&wire, request).await),
        Mode::Lie(lie) => said(tell_lie(&wire, request, lie).await),
    }
}

fn said(answer: Result<Response>) -> Response {
    answer.unwrap_or_else(|error| (StatusCode::BAD_GATEWAY, error.to_string()).into_response())
}

async fn pass_on(wire: &Inner, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let mut headers = parts.headers;
    for hop in [header::HOST, header::CONNECTION, header::CONTENT_LENGTH] {
        headers.remove(hop);
    }
    let body = to_bytes(body, usize::MAX).await?;
    let url = lock(&wire.front).clone() + &path;
    let sent = wire.http.request(parts.method.clone(), url).headers(headers.clone()).body(body.clone()).send().await?;
    let status = sent.status();
    lock(&wire.seen).push(Seen { method: parts.method, path, headers, body, status });
    let mut response = Response::builder().status(status);
    for (name, value) in sent.headers() {
        if *name != header::TRANSFER_ENCODING && *name != header::CONNECTION {
            response = response.header(name, value);
        }
    }
    Ok(response.body(Body::from_stream(sent.bytes_stream()))?)
}

async fn tell_lie(wire: &Inner, mut request: Request, lie: Lie) -> Result<Response> {
    let path = request.uri().path().to_owned();
    match lie {
        Lie::FlippedByte if path.starts_with("/v1/bulletin/frames/") => {
            request.headers_mut().remove(header::ACCEPT_ENCODING);
            let (parts, body) = pass_on(wire, request).await?.into_parts();
            let text = String::from_utf8(to_bytes(body, usize::MAX).await?.to_vec())?;
            let flipped = text.lines().map(forge::flip).collect::<Result<Vec<_>>>()?;
            Ok((parts.status, [(header::CONTENT_TYPE, "application/x-ndjson")], flipped.join("\n")).into_response())
        }
        // the truth would come by the stream
        Lie::FlippedByte if path == "/v1/bulletin/stream" => Ok(endless(String::new())),
        Lie::Frame(frame) if path == "/v1/bulletin/stream" => {
            let event = format!("event: frame\nid: {}\ndata: {}\n\n", frame.seq, serde_json::to_string(&frame)?);
            Ok(endless(event))
        }
        Lie::Head(jws) if path == "/v1/bulletin/head" => {
            Ok(([(header::CONTENT_TYPE, "application/jose")], jws).into_response())
        }
        Lie::Head(jws) if path == "/v1/bulletin/stream" => Ok(endless(format!("event: head\ndata: {jws}\n\n"))),
        Lie::FlippedByte | Lie::Frame(_) | Lie::Head(_) => pass_on(wire, request).await,
    }
}

/// An event stream that says one thing and then stays open.
fn endless(event: String) -> Response {
    let said = stream::once(async move { Ok::<_, std::convert::Infallible>(Bytes::from(event)) });
    let events = said.chain(stream::pending());
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(events)).into_response()
}
