//! How things stand between this device and the front, and what a connection that failed says about it.

use std::{
    error::Error,
    io::{self, ErrorKind},
    iter::successors,
};

use rustls::{CertificateError, Error as TlsError};
use serde::Serialize;
use tokio::time::error::Elapsed;
use ts_rs::TS;

/// How things stand between this device and the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Not tried yet, or no ministry is set.
    #[default]
    Idle,
    Connected,
    /// No network: no route, or nobody who knows the address.
    Unreachable,
    /// Something else answers in the ministry's place: a Wi-Fi page to sign in to.
    CaptivePortal,
    /// The ministry's machine does not answer, or answers with an error.
    ServerTrouble,
}

impl Link {
    /// By the causes of a failure, the outermost first. A name that nobody could look up, or an address without a
    /// route, is no network.
    pub fn of_failure(error: &(dyn Error + 'static)) -> Self {
        causes(Some(error)).find_map(of_cause).unwrap_or(Self::Unreachable)
    }
}

/// An I/O error hides what it is made of from those who ask for its source.
fn causes<'a>(outermost: Option<&'a (dyn Error + 'static)>) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(outermost, |&error| match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(within) => Some(within),
        None => error.source(),
    })
}

/// `None` where the cause beneath says more.
fn of_cause(cause: &(dyn Error + 'static)) -> Option<Link> {
    if cause.is::<Elapsed>() {
        return Some(Link::ServerTrouble);
    }
    if let Some(error) = cause.downcast_ref::<TlsError>() {
        return Some(if is_anothers(error) { Link::CaptivePortal } else { Link::ServerTrouble });
    }
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return of_kind(error.kind());
    }
    let error = cause.downcast_ref::<reqwest::Error>()?;
    // whoever broke off in the middle was there, unless the network itself went
    let was_there = error.is_timeout() || !error.is_connect();
    let beneath = causes(error.source()).find_map(of_cause);
    beneath.or(was_there.then_some(Link::ServerTrouble))
}

fn of_kind(kind: ErrorKind) -> Option<Link> {
    use ErrorKind::{
        AddrNotAvailable, BrokenPipe, ConnectionAborted, ConnectionRefused, ConnectionReset, HostUnreachable,
        NetworkDown, NetworkUnreachable, TimedOut, UnexpectedEof,
    };
    let no_way = [NetworkDown, NetworkUnreachable, HostUnreachable, AddrNotAvailable];
    let broken_off = [ConnectionRefused, ConnectionReset, ConnectionAborted, BrokenPipe, UnexpectedEof, TimedOut];
    if no_way.contains(&kind) {
        Some(Link::Unreachable)
    } else if broken_off.contains(&kind) {
        Some(Link::ServerTrouble)
    } else {
        None
    }
}

/// The certificate is somebody else's: a Wi-Fi that answers in the ministry's place has no better one.
fn is_anothers(error: &TlsError) -> bool {
    matches!(
        error,
        TlsError::InvalidCertificate(
            CertificateError::UnknownIssuer
                | CertificateError::NotValidForName
                | CertificateError::NotValidForNameContext { .. }
        )
    )
}
