//! A push service, by npm http_ece, and `ministry push` between it and the desk.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::support::Ministry;

/// A push service that is not ours, and the browsers behind it.
pub struct PushService {
    child: Child,
    stdin: ChildStdin,
    said: BufReader<ChildStdout>,
    pub origin: String,
}

impl PushService {
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/console/tests/push-service.mjs");
        let mut command = Command::new("node");
        let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (stdin, said) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut service = Self { child, stdin, said, origin: String::new() };
        service.origin = format!("http://127.0.0.1:{}", service.next()["port"]);
        service
    }

    pub fn next(&mut self) -> Value {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// What a browser of this name gives its page.
    pub fn subscribe(&mut self, name: &str) -> Value {
        self.say(&json!({ "subscribe": name }));
        self.next()
    }

    /// How the next push to a browser is answered.
    pub fn answer(&mut self, name: &str, status: u16, retry_after: Option<&str>) {
        self.say(&json!({ "name": name, "status": status, "retry_after": retry_after }));
    }

    /// How many pushes came.
    pub fn count(&mut self) -> Value {
        self.say(&json!({ "count": true }));
        self.next()["count"].clone()
    }

    fn say(&mut self, what: &Value) {
        writeln!(self.stdin, "{what}").unwrap();
    }
}

impl Drop for PushService {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `ministry push`, until it is dropped.
pub struct Rounds(Child);

impl Rounds {
    pub fn start(ministry: &Ministry, desk: &str, more: &[&str]) -> Self {
        let credential = ministry.desk().join("push.credential");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ministry"));
        command.args(["push", "--credential", credential.to_str().unwrap(), "--desk", desk]).args(more);
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Rounds {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
