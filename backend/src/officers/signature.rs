//! Each request is signed by a key that its browser cannot give away: a stolen cookie alone does nothing.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, Method, Uri};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::hash::Hash;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

pub const TIME: &str = "desk-time";
pub const NONCE: &str = "desk-nonce";
pub const SIGNATURE: &str = "desk-signature";

/// How far the clock of a console may be from ours.
const WINDOW: SignedDuration = SignedDuration::from_mins(2);
/// Shorter ones could be guessed, longer ones only fill memory.
const NONCE_LETTERS: std::ops::RangeInclusive<usize> = 16..=64;

/// An uncompressed point of P-256.
pub fn public_key(text: &str) -> Option<Vec<u8>> {
    let bytes = B64.decode(text).ok()?;
    (bytes.len() == 65 && bytes.first() == Some(&4)).then_some(bytes)
}

/// The signed words of a request.
pub struct Signed {
    text: String,
    signature: Vec<u8>,
    at: Timestamp,
    nonce: String,
}

impl Signed {
    /// Reads what a request says of itself; `None` where a header is missing or is not what it should be.
    pub fn read(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let header = |name: &str| headers.get(name)?.to_str().ok();
        let (time, nonce) = (header(TIME)?, header(NONCE)?);
        let at = Timestamp::from_millisecond(time.parse().ok()?).ok()?;
        let signature = B64.decode(header(SIGNATURE)?).ok()?;
        let path = uri.path_and_query()?.as_str();
        let text = format!("saparlas desk 1\n{method}\n{path}\n{}\n{time}\n{nonce}", Hash::of(body));
        NONCE_LETTERS.contains(&nonce.len()).then(|| Self { text, signature, at, nonce: nonce.to_owned() })
    }

    fn is_by(&self, public_key: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public_key);
        key.verify(self.text.as_bytes(), &self.signature).is_ok()
    }
}

/// Which requests came already: none counts twice.
#[derive(Default)]
pub struct Seen(Mutex<HashMap<(String, String), Timestamp>>);

impl Seen {
    /// Whether a request of a session is signed by its key, now, and for the first time.
    pub fn takes(&self, signed: &Signed, session: &str, public_key: &[u8], now: Timestamp) -> bool {
        if signed.at.duration_since(now).abs() > WINDOW || !signed.is_by(public_key) {
            return false;
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // what is older than the window is refused by its time
        seen.retain(|_, at| now.duration_since(*at) <= WINDOW * 2);
        seen.insert((session.to_owned(), signed.nonce.clone()), now).is_none()
    }
}

#[cfg(test)]
mod tests {
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
    };

    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_772_000_000, 0);

    struct Console(EcdsaKeyPair);

    impl Console {
        fn new() -> Self {
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &SystemRandom::new());
            Self(pair.unwrap())
        }

        fn public(&self) -> &[u8] {
            self.0.public_key().as_ref()
        }

        fn headers(&self, method: &str, path: &str, body: &[u8], at: Timestamp, nonce: &str) -> HeaderMap {
            let time = at.as_millisecond().to_string();
            let text = format!("saparlas desk 1\n{method}\n{path}\n{}\n{time}\n{nonce}", Hash::of(body));
            let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
            let signature = B64.encode(signature.as_ref());
            let pairs = [(TIME, time.as_str()), (NONCE, nonce), (SIGNATURE, &signature)];
            pairs.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
        }
    }

    #[test]
    fn a_request_counts_as_it_was_signed_once_and_now() {
        let (console, thief) = (Console::new(), Console::new());
        let headers = console.headers("POST", "/v1/acts?x=1", b"{}", NOW, "0123456789abcdef");
        let takes = |method: &str, path: &str, body: &[u8], headers: &HeaderMap, now: Timestamp| {
            let signed = Signed::read(&method.parse().unwrap(), &path.parse().unwrap(), headers, body);
            signed.is_some_and(|signed| Seen::default().takes(&signed, "session", console.public(), now))
        };
        assert!(takes("POST", "/v1/acts?x=1", b"{}", &headers, NOW));
        assert!(!takes("PUT", "/v1/acts?x=1", b"{}", &headers, NOW));
        assert!(!takes("POST", "/v1/acts?x=2", b"{}", &headers, NOW));
        assert!(!takes("POST", "/v1/acts?x=1", b"{ }", &headers, NOW));
        for minutes in [-3, 3] {
            assert!(!takes("POST", "/v1/acts?x=1", b"{}", &headers, NOW + SignedDuration::from_mins(minutes)));
        }
        let forged = thief.headers("POST", "/v1/acts?x=1", b"{}", NOW, "0123456789abcdef");
        assert!(!takes("POST", "/v1/acts?x=1", b"{}", &forged, NOW));
        let short = console.headers("POST", "/v1/acts?x=1", b"{}", NOW, "0");
        assert!(!takes("POST", "/v1/acts?x=1", b"{}", &short, NOW));
        let seen = Seen::default();
        let signed = Signed::read(&Method::POST, &"/v1/acts?x=1".parse().unwrap(), &headers, b"{}").unwrap();
        assert!(seen.takes(&signed, "session", console.public(), NOW));
        assert!(!seen.takes(&signed, "session", console.public(), NOW + SignedDuration::from_mins(1)));
    }

    #[test]
    fn a_public_key_is_an_uncompressed_point() {
        assert_eq!(public_key(&B64.encode(Console::new().public())).map(|key| key.len()), Some(65));
        for other in ["", "BA", &B64.encode([2; 65]), &B64.encode([4; 64])] {
            assert_eq!(public_key(other), None, "{other}");
        }
    }
}
