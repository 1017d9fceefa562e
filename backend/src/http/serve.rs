//! A listener's connections: let in while there is room, ended when nothing moves, finished on stop.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::Request,
    response::{IntoResponse, Response},
};
use futures_util::TryFutureExt;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use super::{
    address,
    admission::{Admission, Purpose, Ticket},
    guard,
    idle::Watched,
    underway::{Begun, Holds, PIECE, Underway},
};

/// How long a request's head may take, and how long a connection may wait for its next request.
const HEAD: Duration = Duration::from_secs(30);
/// The same on a connection of the reserve, which has to be free again soon.
const HEAD_IN_RESERVE: Duration = Duration::from_secs(5);
/// How long a connection may be still. Streams say something more often.
const STILL: Duration = Duration::from_secs(60);
/// How long a reader may leave unread what it asked for.
const STALLED: Duration = Duration::from_secs(20);
/// How long a reader may take none of an answer: in HTTP/2 it may read the connection and let no answer through.
const UNREAD: Duration = Duration::from_secs(120);
/// How much of an answer is written ahead of its reader, as far as a kernel takes more.
const AHEAD: usize = 64 * 1024;
/// How long a stopping listener waits for requests that do not end.
const PATIENCE: Duration = Duration::from_secs(10);
/// After a failed accept: no file is free, or the system has a moment of its own.
const BREATH: Duration = Duration::from_millis(50);

/// The address of the one who asks, as far as it can be known behind proxies of our own.
#[derive(Debug, Clone, Copy)]
pub struct Client(pub IpAddr);

/// Serves until `stop`; then requests under way are finished. `hops` proxies of our own stand before it: what one of
/// their connections carries is of many readers, who would share the fate of an HTTP/2 connection.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    admission: Arc<Admission>,
    hops: usize,
    stop: impl Future<Output = ()>,
) {
    let connections = GracefulShutdown::new();
    let (anything, writes) = (builder(Purpose::Anything, hops), builder(Purpose::Writes, hops));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                if is_worth_a_word(&error) {
                    tracing::error!(%error, "a connection could not be taken in");
                    tokio::time::sleep(BREATH).await;
                }
                continue;
            }
        };
        // where there is no room, the connection ends here
        let Some(ticket) = admission.admit(peer.ip()) else { continue };
        let (builder, head) = match ticket.purpose {
            Purpose::Anything => (&anything, HEAD),
            Purpose::Writes => (&writes, HEAD_IN_RESERVE),
        };
        let underway = Underway::default();
        let io = TokioIo::new(Watched::new(without_delay(stream), STILL, STALLED));
        let service = service(router.clone(), peer, hops, admission.clone(), ticket.purpose, underway.clone());
        let connection = connections.watch(builder.serve_connection(io, service).into_owned());
        tokio::spawn(hold(ticket, connection, underway, head));
    }
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(PATIENCE) => {}
    }
}

/// Until the connection ends, or nothing was asked on it for so long, or an answer is not read: in HTTP/2 pings alone
/// would keep it.
async fn hold<C: Future>(ticket: Ticket, connection: C, underway: Underway, rests: Duration) {
    tokio::select! {
        // why one connection ended is nobody's concern but its own
        ended = connection => drop(ended),
        () = underway.none_for(rests) => {}
        () = underway.unread_for(UNREAD) => {}
    }
    drop(ticket);
}

fn builder(purpose: Purpose, hops: usize) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).max_buf_size(AHEAD);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(64).max_send_buf_size(AHEAD);
    match purpose {
        Purpose::Anything => {
            builder.http1().header_read_timeout(HEAD);
            if hops > 0 { builder.http1_only() } else { builder }
        }
        // one request, and the place is free again
        Purpose::Writes => {
            builder.http1().header_read_timeout(HEAD_IN_RESERVE).keep_alive(false);
            builder.http1_only()
        }
    }
}

/// The router, told where each request comes from.
fn service(
    router: Router,
    peer: SocketAddr,
    hops: usize,
    admission: Arc<Admission>,
    purpose: Purpose,
    underway: Underway,
) -> impl hyper::service::Service<
    hyper::Request<hyper::body::Incoming>,
    Response = Response,
    Error = std::convert::Infallible,
    Future = impl Future<Output = Result<Response, std::convert::Infallible>> + Send + 'static,
> + Clone
+ Send
+ 'static {
    hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(Body::new);
        let address = address::client(peer.ip(), request.headers(), hops);
        request.extensions_mut().insert(Client(address));
        request.extensions_mut().insert(purpose);
        let (begun, answer) = (underway.begin(), router.clone().oneshot(request));
        let admission = admission.clone();
        answer.map_ok(move |answer| until_sent(answer, begun, &admission, address))
    })
}

/// The answer with its place in memory; where there is none, that is the answer.
fn until_sent(answer: Response, begun: Begun, admission: &Arc<Admission>, address: IpAddr) -> Response {
    let length = answer.body().size_hint().exact().and_then(|length| usize::try_from(length).ok());
    let holds = answer.extensions().get::<Holds>().map(|holds| holds.0).or(length).unwrap_or(0);
    if holds <= PIECE {
        return answer.map(|body| begun.until_sent(body, None));
    }
    match admission.admit_unsent(address, holds) {
        Some(place) => answer.map(|body| begun.until_sent(body, Some(place))),
        None => guard::no_room().into_response().map(|body| begun.until_sent(body, None)),
    }
}

fn without_delay(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    stream
}

/// A connection that its client gave up before it was taken in is nothing to speak of.
fn is_worth_a_word(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    ![ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}
