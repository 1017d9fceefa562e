//! Where officers open the console: one origin, and no other page may ask.

use axum::http::{HeaderMap, Method, header};
use url::Url;

use super::fault::{Code, Fault};

#[derive(Debug, thiserror::Error)]
pub enum OriginError {
    #[error("{0} is no origin: give https://HOST, or http://localhost:PORT")]
    NoOrigin(String),
    #[error("{0} is not safe: passkeys work over https, or on localhost")]
    Plain(Url),
}

/// As it stands in the header `Origin`.
#[derive(Debug, Clone)]
pub struct Origin {
    pub url: Url,
    text: String,
}

impl Origin {
    /// # Errors
    /// It is none, or one on which passkeys do not work.
    pub fn read(said: &str) -> Result<Self, OriginError> {
        let no_origin = || OriginError::NoOrigin(said.to_owned());
        let url = Url::parse(said).map_err(|_| no_origin())?;
        let text = url.origin().ascii_serialization();
        if text != said.trim_end_matches('/') || url.host().is_none() {
            return Err(no_origin());
        }
        if url.scheme() != "https" && url.domain() != Some("localhost") {
            return Err(OriginError::Plain(url));
        }
        Ok(Self { url, text })
    }

    /// Beneath which passkeys are made.
    pub fn host(&self) -> &str {
        self.url.domain().unwrap_or_default()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The name of the cookie: with this prefix a browser takes it from this very host alone.
    pub fn cookie(&self) -> &'static str {
        if self.is_https() { "__Host-desk" } else { "desk" }
    }

    /// The link by which an officer enrols. What follows the # is sent to nobody, and stands in no log.
    pub fn link(&self, token: &str) -> String {
        format!("{}/#enrol={token}", self.text)
    }

    /// # Errors
    /// Another page asks.
    pub fn check(&self, method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
        let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let wrong = || Err(Fault::new(Code::WrongOrigin, "another page asks"));
        match said(header::ORIGIN.as_str()) {
            Some(origin) if origin != self.text => return wrong(),
            None if method != Method::GET && method != Method::HEAD => return wrong(),
            Some(_) | None => {}
        }
        match said("sec-fetch-site") {
            // typed by hand, or this page
            None | Some("same-origin" | "none") => Ok(()),
            Some(_) => wrong(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_or_this_very_machine() {
        for good in ["https://desk.example.kz", "http://localhost:8789", "https://desk.example.kz:444/"] {
            assert!(Origin::read(good).is_ok(), "{good}");
        }
        for bad in ["http://desk.example.kz", "http://127.0.0.1:8789", "https://x/y", "desk", "file:///x", "https://"] {
            assert!(Origin::read(bad).is_err(), "{bad}");
        }
    }
}
