//! Who answers at an address: whether anybody does, by what clock, under which certificate.

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header::DATE, tls::TlsInfo};
use url::Url;
use x509_parser::parse_x509_certificate;

use super::{Finding, Health, finding};
use crate::Clock;

const CERTIFICATE_LEFT: SignedDuration = SignedDuration::from_hours(24 * 14);
const CLOCK_OFF: SignedDuration = SignedDuration::from_secs(2);

/// What answers there: its clock beside ours, and how long its certificate holds.
pub async fn examine(url: &Url, clock: &Clock, http: &Client, found: &mut Vec<Finding>) {
    let address = format!("{}/healthz", url.as_str().trim_end_matches('/'));
    let before = clock();
    let answer = match http.get(&address).send().await {
        Ok(answer) => answer,
        Err(error) => {
            let reason = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            return found.push(finding(Health::Bad, format!("{url} does not answer: {reason}")));
        }
    };
    let after = clock();
    let said = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    if let Some(said) = said.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) {
        found.push(clock_beside(url, said.timestamp(), before, after));
    }
    let certificate = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
    if let Some(until) = certificate.and_then(valid_until) {
        found.push(certificate_of(url, until, after));
    }
}

fn certificate_of(url: &Url, until: Timestamp, now: Timestamp) -> Finding {
    let words = format!("the certificate of {url} holds until {until}");
    let left = until.duration_since(now);
    if left.is_negative() {
        finding(Health::Bad, words)
    } else if left < CERTIFICATE_LEFT {
        finding(Health::Warning, words)
    } else {
        finding(Health::Well, words)
    }
}

/// A date of HTTP has whole seconds: it stands for any moment of its second.
fn clock_beside(url: &Url, said: Timestamp, before: Timestamp, after: Timestamp) -> Finding {
    let ahead = before.duration_since(said) - SignedDuration::from_secs(1);
    let behind = said.duration_since(after);
    if ahead > CLOCK_OFF || behind > CLOCK_OFF {
        finding(Health::Warning, format!("the clock says {after}, and {url} says {said}"))
    } else {
        finding(Health::Well, format!("the clock agrees with {url}"))
    }
}

fn valid_until(certificate: &[u8]) -> Option<Timestamp> {
    let (_, read) = parse_x509_certificate(certificate).ok()?;
    Timestamp::from_second(read.validity().not_after.timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    /// Self-signed for front.example, until 2036-11-25.
    const CERTIFICATE: &str = "MIIBRDCB96ADAgECAhQx6kGvDxZ8fIAwQYpYV0EvCps1ITAFBgMrZXAwGDEWMBQGA1UEAwwNZnJvbnQuZXhhbXBs\
        ZTAeFw0yNjExMjgwMTMzMTRaFw0zNjExMjUwMTMzMTRaMBgxFjAUBgNVBAMMDWZyb250LmV4YW1wbGUwKjAFBgMrZXADIQD61TcrEBkF7gl5\
        VgltO7Yn6PVMoOc8dZnX8aypZQpiCqNTMFEwHQYDVR0OBBYEFMgFLdn8sqkKCM8ncf7Bs/W9/Dy6MB8GA1UdIwQYMBaAFMgFLdn8sqkKCM8n\
        cf7Bs/W9/Dy6MA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAomge9Wo5pEZR6Ma0g5QLn3YRhP5XvPNRpB58ce/bK4iGGDpQI/d4iFW7JWVu\
        Oka0VsMlFul+Nmj5QGG26cEmCA==";

    #[test]
    fn a_certificate_that_ends_within_two_weeks_is_to_be_looked_at() {
        let url: Url = "https://front.example".parse().unwrap();
        let bytes = STANDARD.decode(CERTIFICATE).unwrap();
        let until = valid_until(&bytes).unwrap();
        assert_eq!(until.to_string(), "2036-11-25T01:33:14Z");
        let health = |days: i64| certificate_of(&url, until, until - SignedDuration::from_hours(24 * days)).health;
        assert_eq!((health(15), health(13), health(-1)), (Health::Well, Health::Warning, Health::Bad));
        assert_eq!(valid_until(b"no certificate"), None);
    }
}
