//! An officer's browser: a passkey, a key that signs each request, a cookie; and the desk that it asks.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::hash::Hash;
use futures_util::StreamExt;
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder, Response};
use ring::{
    rand::{SecureRandom, SystemRandom},
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair,
    },
};
use serde_json::{Value, json};

use crate::support::{Ministry, Served, client, run, said};

/// The desk as a process.
pub struct Desk {
    pub child: Child,
    pub url: String,
    pub origin: String,
}

impl Desk {
    pub fn start(ministry: &Ministry, front: &Served, more: &[&str]) -> Self {
        Self::at(ministry, &front.inside, more)
    }

    /// With a front at `inside`, be there one or not.
    pub fn at(ministry: &Ministry, inside: &str, more: &[&str]) -> Self {
        let data = ministry.inside.path();
        let log = std::fs::File::create(data.join("desk.log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ministry"))
            .args(["desk", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0", "--inside", inside])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (url, origin) = line.trim().strip_prefix("desk on ").expect(&line).split_once(", open ").unwrap();
        Self { url: url.to_owned(), origin: origin.to_owned(), child }
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.url))
    }

    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.ask(Method::POST, path).header("origin", &self.origin).json(body)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // it may have ended already
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn pair(algorithm: &'static EcdsaSigningAlgorithm) -> EcdsaKeyPair {
    let rng = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &rng).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &rng).unwrap()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}

/// A passkey, by the words of WebAuthn and with no library of it.
pub struct Passkey {
    key: EcdsaKeyPair,
    id: [u8; 16],
}

impl Passkey {
    pub fn new() -> Self {
        Self { key: pair(&ECDSA_P256_SHA256_ASN1_SIGNING), id: random() }
    }

    /// Of localhost, with the user present and verified.
    fn data(&self, flags: u8) -> Vec<u8> {
        let host = hash("localhost".as_bytes());
        [&host[..], &[flags], &[0; 4]].concat()
    }

    /// What `navigator.credentials.create` gives.
    pub fn made(&self, options: &Value, origin: &str) -> Value {
        let client = client_data("webauthn.create", &options["publicKey"]["challenge"], origin);
        let point = self.key.public_key().as_ref();
        // COSE: EC2, ES256, P-256, x, y
        let cose =
            [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], &point[1..33], &[0x22, 0x58, 32], &point[33..]];
        let data = [&self.data(0x45)[..], &[0; 16], &[0, 16], &self.id, &cose.concat()].concat();
        // CBOR: fmt none, attStmt empty, authData
        let head = [&[0xa3, 0x63][..], b"fmt", &[0x64], b"none", &[0x67], b"attStmt", &[0xa0, 0x68], b"authData"];
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let object = [&head.concat()[..], &[0x59], &length, &data].concat();
        json!({
            "id": B64.encode(self.id), "rawId": B64.encode(self.id), "type": "public-key", "extensions": {},
            "response": { "attestationObject": B64.encode(object), "clientDataJSON": B64.encode(client) },
        })
    }

    /// What `navigator.credentials.get` gives.
    pub fn used(&self, options: &Value, origin: &str) -> Value {
        let client = client_data("webauthn.get", &options["publicKey"]["challenge"], origin);
        let data = self.data(0x05);
        let signature = self.key.sign(&SystemRandom::new(), &[&data[..], &hash(client.as_bytes())].concat()).unwrap();
        json!({
            "id": B64.encode(self.id), "rawId": B64.encode(self.id), "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": B64.encode(data), "clientDataJSON": B64.encode(client),
                "signature": B64.encode(signature.as_ref()), "userHandle": null,
            },
        })
    }
}

fn client_data(kind: &str, challenge: &Value, origin: &str) -> String {
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    B64.decode(Hash::of(bytes).to_string()).unwrap().try_into().unwrap()
}

/// A browser in which an officer is signed in.
pub struct Console {
    pub url: String,
    pub origin: String,
    pub cookie: String,
    key: EcdsaKeyPair,
}

pub fn link(ministry: &Ministry, name: &str, role: &str, origin: &str) -> String {
    let data = ministry.inside.path().to_str().unwrap();
    let made = run(&["officer", "add", "--data", data, name, "--role", role, "--origin", origin]);
    assert!(made.status.success(), "{}", said(&made));
    let said = String::from_utf8(made.stdout).unwrap();
    said.trim().strip_prefix(&format!("{origin}/#enrol=")).expect(&said).to_owned()
}

impl Console {
    /// Enrols a new officer by a link.
    pub async fn of(ministry: &Ministry, desk: &Desk, name: &str, role: &str) -> Self {
        Self::enrol(desk, &link(ministry, name, role, &desk.origin), &Passkey::new()).await
    }

    pub async fn enrol(desk: &Desk, token: &str, passkey: &Passkey) -> Self {
        let begun = desk.post("/v1/enrolment/options", &json!({ "token": token })).send().await.unwrap();
        assert_eq!(begun.status(), 200);
        let begun: Value = begun.json().await.unwrap();
        let credential = passkey.made(&begun["options"], &desk.origin);
        let key = pair(&ECDSA_P256_SHA256_FIXED_SIGNING);
        let public = B64.encode(key.public_key().as_ref());
        let body = json!({ "token": token, "credential": credential, "key": public });
        let answer = desk.post("/v1/enrolment", &body).send().await.unwrap();
        Self::signed_in(desk, answer, key).await
    }

    pub async fn sign_in(desk: &Desk, name: &str, passkey: &Passkey) -> Result<Self, u16> {
        let begun = desk.post("/v1/sign-in/options", &json!({ "name": name })).send().await.unwrap();
        if begun.status() != 200 {
            return Err(begun.status().as_u16());
        }
        let begun: Value = begun.json().await.unwrap();
        let key = pair(&ECDSA_P256_SHA256_FIXED_SIGNING);
        let body = json!({
            "ceremony": begun["ceremony"], "credential": passkey.used(&begun["options"], &desk.origin),
            "key": B64.encode(key.public_key().as_ref()),
        });
        let answer = desk.post("/v1/sign-in", &body).send().await.unwrap();
        if answer.status() != 200 {
            return Err(answer.status().as_u16());
        }
        Ok(Self::signed_in(desk, answer, key).await)
    }

    async fn signed_in(desk: &Desk, answer: Response, key: EcdsaKeyPair) -> Self {
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let (url, origin) = (desk.url.clone(), desk.origin.clone());
        Self { url, origin, cookie, key }
    }

    /// The same browser before another desk.
    pub fn at(self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self }
    }

    /// A request as this browser signs it.
    pub fn request(&self, method: Method, path: &str, body: Option<&Value>) -> RequestBuilder {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let (time, nonce) = (Timestamp::now().as_millisecond().to_string(), B64.encode(random::<16>()));
        let text = format!("saparlas desk 1\n{method}\n{path}\n{}\n{time}\n{nonce}", Hash::of(body.as_bytes()));
        let signature = self.key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        let request = client()
            .request(method, format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .header("origin", &self.origin)
            .header("desk-time", time)
            .header("desk-nonce", nonce)
            .header("desk-signature", B64.encode(signature.as_ref()));
        if body.is_empty() { request } else { request.header("content-type", "application/json").body(body) }
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.request(Method::GET, path, None).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    pub async fn status(&self, path: &str) -> u16 {
        self.request(Method::GET, path, None).send().await.unwrap().status().as_u16()
    }

    /// The status, and what was answered.
    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.request(Method::POST, path, Some(body)).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// Does something to a case, and answers it as it is then.
    pub async fn act(&self, case: &Value, act: Value) -> Value {
        let (status, answer) = self.try_to(case, act).await;
        assert_eq!(status, 200, "{answer}");
        answer["row"].clone()
    }

    pub async fn try_to(&self, case: &Value, mut act: Value) -> (u16, Value) {
        act["version"] = case["version"].clone();
        self.post(&format!("/v1/cases/{}/acts", case["number"]), &act).await
    }

    /// Waits, told by the desk of each change, until the board is as `holds` says.
    pub async fn until(&self, holds: impl Fn(&Value) -> bool) -> Value {
        self.until_at("/v1/board", holds).await
    }

    /// The same for another page.
    pub async fn until_at(&self, path: &str, holds: impl Fn(&Value) -> bool) -> Value {
        self.when(async || Some(self.get(path).await).filter(&holds)).await
    }

    /// The same, until `look` sees it.
    pub async fn when<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let events = self.request(Method::GET, "/v1/events", None).send().await.unwrap();
        assert_eq!(events.status(), 200);
        let mut events = events.bytes_stream();
        loop {
            events.next().await.expect("the stream ended").unwrap();
            if let Some(seen) = look().await {
                return seen;
            }
        }
    }

    /// Waits until the desk has read the register to its end.
    pub async fn until_read(&self) {
        let asked = json!({ "country": "AE" });
        self.when(async || (self.post("/v1/messages/receivers", &asked).await.0 == 200).then_some(())).await;
    }
}
