//! Where a browser takes pushes, and the keys that close them to it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::hash::Hash;
use serde::{Deserialize, Serialize};
use url::{Host, Url};
use web_push_native::{Auth, p256::PublicKey};

use crate::desk::front_client::is_this_machine;

/// Every push service's is far shorter.
const LONGEST_ENDPOINT: usize = 1024;
const AUTH: usize = 16;

/// As a browser says it (`PushSubscription.toJSON`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Given {
    /// Where its push service takes them: whoever knows it could send there.
    pub endpoint: String,
    /// P-256, uncompressed, base64url.
    pub p256dh: String,
    /// 16 bytes, base64url.
    pub auth: String,
}

impl Given {
    /// Which browser it is. It says nothing of where that takes pushes.
    pub fn browser(&self) -> Hash {
        Hash::of(self.endpoint.as_bytes())
    }
}

/// One that a push can be sealed to.
#[derive(Debug, Clone)]
pub struct Subscription {
    pub endpoint: Url,
    key: PublicKey,
    auth: Auth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidSubscription {
    Endpoint,
    Key,
    Auth,
}

impl InvalidSubscription {
    /// The field that is wrong, as a JSON pointer.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::Endpoint => "/endpoint",
            Self::Key => "/p256dh",
            Self::Auth => "/auth",
        }
    }

    /// What it must be.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Endpoint => "https, by the name of a push service",
            Self::Key => "a point of P-256, uncompressed, base64url",
            Self::Auth => "16 bytes, base64url",
        }
    }
}

impl TryFrom<&Given> for Subscription {
    type Error = InvalidSubscription;

    fn try_from(given: &Given) -> Result<Self, InvalidSubscription> {
        let endpoint = endpoint(&given.endpoint).ok_or(InvalidSubscription::Endpoint)?;
        let point = B64.decode(given.p256dh.trim_end_matches('=')).map_err(|_| InvalidSubscription::Key)?;
        let key = PublicKey::from_sec1_bytes(&point).map_err(|_| InvalidSubscription::Key)?;
        let auth = B64.decode(given.auth.trim_end_matches('=')).map_err(|_| InvalidSubscription::Auth)?;
        let auth: [u8; AUTH] = auth.try_into().map_err(|_| InvalidSubscription::Auth)?;
        Ok(Self { endpoint, key, auth: auth.into() })
    }
}

impl Subscription {
    /// What only its browser reads.
    ///
    /// # Errors
    /// Never in practice: it is short.
    pub fn close(&self, words: &[u8]) -> Result<Vec<u8>, web_push_native::Error> {
        web_push_native::encrypt(words.to_vec(), &self.key, &self.auth)
    }
}

/// A push service has a name and TLS: an address in numbers is somebody's own machine. This very one may be tried by.
fn endpoint(said: &str) -> Option<Url> {
    let url = Url::parse(said).ok().filter(|_| said.len() <= LONGEST_ENDPOINT)?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_service = url.scheme() == "https" && matches!(url.host(), Some(Host::Domain(_)));
    let is_here = url.scheme() == "http" && is_this_machine(&url);
    (is_plain && (is_service || is_here)).then_some(url)
}

#[cfg(test)]
mod tests {
    use web_push_native::{decrypt, p256::SecretKey};

    use super::*;

    // RFC 8291, appendix A and section 5
    const ENDPOINT: &str = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV";
    const PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const CLOSED: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
        AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    fn given() -> Given {
        Given { endpoint: ENDPOINT.into(), p256dh: PUBLIC.into(), auth: SECRET.into() }
    }

    fn private() -> SecretKey {
        SecretKey::from_slice(&B64.decode(PRIVATE).unwrap()).unwrap()
    }

    #[test]
    fn what_the_standard_closed_is_opened_and_what_is_closed_here_too() {
        let subscription = Subscription::try_from(&given()).unwrap();
        let opened = decrypt(B64.decode(CLOSED).unwrap(), &private(), &subscription.auth).unwrap();
        assert_eq!(opened, b"When I grow up, I want to be a watermelon");
        let closed = subscription.close(b"life").unwrap();
        assert_eq!(decrypt(closed.clone(), &private(), &subscription.auth).unwrap(), b"life");
        assert_ne!(subscription.close(b"life").unwrap(), closed, "each is closed anew");
    }

    #[test]
    fn a_push_service_has_a_name_and_its_browser_keys() {
        let wrong = |given: Given| Subscription::try_from(&given).err();
        for endpoint in [
            "",
            "push.example.net",
            "http://push.example.net/x",
            "https://10.0.0.1/x",
            "https://[::1]/x",
            "https://0x7f000001/x",
            "https://me:secret@push.example.net/x",
            "https://push.example.net/x#y",
            "file:///etc/passwd",
        ] {
            let given = Given { endpoint: endpoint.into(), ..given() };
            assert_eq!(wrong(given), Some(InvalidSubscription::Endpoint), "{endpoint}");
        }
        let long = format!("{ENDPOINT}{}", "x".repeat(LONGEST_ENDPOINT));
        assert_eq!(wrong(Given { endpoint: long, ..given() }), Some(InvalidSubscription::Endpoint));
        for p256dh in ["", "!", SECRET, &PUBLIC.replace("BCVx", "BCVy")] {
            let given = Given { p256dh: p256dh.into(), ..given() };
            assert_eq!(wrong(given), Some(InvalidSubscription::Key), "{p256dh}");
        }
        for auth in ["", PRIVATE, "BTBZMqHH6r4Tts7J_aSI"] {
            assert_eq!(wrong(Given { auth: auth.into(), ..given() }), Some(InvalidSubscription::Auth), "{auth}");
        }
        assert_eq!(wrong(given()), None);
    }
}
