//! One connection that costs little: what is measured is the server.

use std::net::Ipv4Addr;

use tests::{Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

pub struct Client {
    stream: BufStream<TcpStream>,
    host: String,
    /// Whom a proxy would say it speaks for.
    pub address: Ipv4Addr,
}

impl Client {
    /// `url` is `http://HOST:PORT`.
    pub async fn connect(url: &str) -> Result<Self> {
        let host = url.strip_prefix("http://").ok_or("not a plain address")?.to_owned();
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufStream::new(stream), host, address: Ipv4Addr::LOCALHOST })
    }

    pub async fn get(&mut self, path: &str) -> Result<Vec<u8>> {
        self.ask(format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.host)).await
    }

    /// The answer comes when what was put is durable.
    pub async fn put(&mut self, path: &str, token: &str, body: &str) -> Result {
        let (host, length) = (&self.host, body.len());
        let head = format!("PUT {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n");
        let from = format!("x-forwarded-for: {}\r\n", self.address);
        let kind = format!("{from}content-type: application/json\r\ncontent-length: {length}\r\n\r\n");
        self.ask(format!("{head}{kind}{body}")).await.map(drop)
    }

    async fn ask(&mut self, request: String) -> Result<Vec<u8>> {
        self.stream.write_all(request.as_bytes()).await?;
        self.stream.flush().await?;
        let mut status = String::new();
        self.stream.read_line(&mut status).await?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await?;
            if line.trim_end().is_empty() {
                break;
            }
            if let Some((_, value)) =
                line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        ensure!(status.contains(" 200 "), "{} {}", status.trim_end(), String::from_utf8_lossy(&body));
        Ok(body)
    }
}
