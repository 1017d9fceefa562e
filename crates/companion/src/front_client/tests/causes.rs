//! Each way in which nothing comes back, by what caused it.

use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivatePkcs8KeyDer};

use super::*;

/// A certificate for `wifi.example`, issued by itself.
const CERTIFICATE: &[u8] = include_bytes!("wifi.example.crt.der");
const KEY: &[u8] = include_bytes!("wifi.example.key.der");

/// What asking for the head says, by the error alone.
async fn link_of(client: Client, base: &str) -> Link {
    match FrontClient::new(Arc::new(client), base.parse().unwrap()).head(None).await {
        Ok(_) => Link::Connected,
        Err(error) => error.link(),
    }
}

/// Takes one connection and does this with it; its port.
fn listens(then: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || then(listener.accept().unwrap().0));
    port
}

/// Speaks TLS with its own certificate, and says that it has nothing.
fn wifi() -> u16 {
    let _first = http();
    let key = PrivatePkcs8KeyDer::from(KEY).into();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![CERTIFICATE.into()], key).unwrap();
    listens(move |stream| {
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream);
        // whoever does not trust the certificate hangs up in the middle
        let _asked = stream.read(&mut [0; 4096]);
        let _said = stream.write_all(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    })
}

fn trusting(certificate: &[u8]) -> reqwest::ClientBuilder {
    let _first = http();
    let certificate = reqwest::Certificate::from_der(certificate).unwrap();
    reqwest::Client::builder().no_proxy().tls_certs_only([certificate])
}

fn at_home(client: reqwest::ClientBuilder, name: &str, port: u16) -> (Client, String) {
    let client = client.resolve(name, ([127, 0, 0, 1], port).into()).build().unwrap();
    (client, format!("https://{name}:{port}"))
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_no_network() {
    assert_eq!(link_of(http(), "http://front.invalid").await, Link::Unreachable);
}

#[tokio::test]
async fn an_address_without_a_route_is_no_network() {
    // a multicast address is reached by no connection
    assert_eq!(link_of(http(), "http://224.0.0.1").await, Link::Unreachable);
}

#[tokio::test]
async fn a_machine_on_which_nothing_listens_is_a_ministry_that_does_not_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(link_of(http(), &base).await, Link::ServerTrouble);
}

#[tokio::test]
async fn one_that_hangs_up_is_a_ministry_that_does_not_answer() {
    let port = listens(drop);
    assert_eq!(link_of(http(), &format!("http://127.0.0.1:{port}")).await, Link::ServerTrouble);
    let port = listens(|mut stream| stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").unwrap());
    assert_eq!(link_of(http(), &format!("http://127.0.0.1:{port}")).await, Link::ServerTrouble);
}

#[tokio::test]
async fn one_that_takes_its_time_is_a_ministry_that_does_not_answer() {
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    let port = listens(move |_stream| {
        let _let_go = held.recv();
    });
    let hasty = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(50)).build().unwrap();
    assert_eq!(link_of(hasty, &format!("http://127.0.0.1:{port}")).await, Link::ServerTrouble);
    drop(let_go);
}

#[tokio::test(start_paused = true)]
async fn nor_does_one_for_whose_answer_the_app_stops_waiting() {
    struct Silent;
    impl Transport for Silent {
        fn carry(&self, _: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
            Box::pin(std::future::pending())
        }
    }
    let front = FrontClient::new(Arc::new(Silent), "http://127.0.0.1".parse().unwrap());
    let Err(error) = front.head(None).await else { panic!("nothing was said") };
    assert_eq!(error.link(), Link::ServerTrouble);
}

#[tokio::test]
async fn tls_that_fails_on_a_machine_that_is_the_ministry_s_is_its_trouble() {
    // a fatal alert: the handshake failed
    let port = listens(|mut stream| {
        let _hello = stream.read(&mut [0; 4096]);
        stream.write_all(&[0x15, 3, 3, 0, 2, 2, 40]).unwrap();
    });
    let (client, base) = at_home(trusting(CERTIFICATE), "wifi.example", port);
    assert_eq!(link_of(client, &base).await, Link::ServerTrouble);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_a_wifi_that_wants_a_sign_in() {
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]);
    let (client, base) = at_home(client, "wifi.example", wifi());
    assert_eq!(link_of(client, &base).await, Link::CaptivePortal);
}

#[tokio::test]
async fn a_certificate_with_another_s_name_is_a_wifi_that_wants_a_sign_in() {
    let (client, base) = at_home(trusting(CERTIFICATE), "front.example", wifi());
    assert_eq!(link_of(client, &base).await, Link::CaptivePortal);
    let (client, base) = at_home(trusting(CERTIFICATE), "wifi.example", wifi());
    assert_eq!(link_of(client, &base).await, Link::ServerTrouble, "with its own name it is heard");
}
