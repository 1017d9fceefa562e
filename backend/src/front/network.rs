//! From which network a device was made: so the desk tells one that floods it from many people. An address is never written:
//! its name is made under a key that nobody keeps, and that ends with the front.

use std::net::IpAddr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use rand::CryptoRng;
use ring::hmac;

use crate::{files, http::admission::neighbourhood};

/// How much of the code is a name: enough to tell networks apart.
const NAME: usize = 9;

pub struct Networks(hmac::Key);

impl Networks {
    pub fn new(rng: &mut impl CryptoRng) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, &*files::secret(rng)))
    }

    pub fn name(&self, address: IpAddr) -> String {
        let code = hmac::sign(&self.0, neighbourhood(address).to_string().as_bytes());
        B64.encode(code.as_ref().get(..NAME).unwrap_or_default())
    }
}
