//! An operator's SMS centre, by npm smpp, and `ministry sms` between it and the desk.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::support::Ministry;

/// An SMS centre that is not ours.
pub struct Operator {
    child: Child,
    stdin: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Operator {
    pub fn start() -> (Self, u64) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/console/tests/smsc.mjs");
        let mut command = Command::new("node");
        command.args([script, "ministry", "secret"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdin, said) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut operator = Self { child, stdin, said };
        let port = operator.next()["port"].as_u64().unwrap();
        (operator, port)
    }

    pub fn next(&mut self) -> Value {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    pub fn hand_over(&mut self, sms: &Value) {
        writeln!(self.stdin, "{sms}").unwrap();
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `ministry sms`, until it is dropped.
pub struct Relay(Child);

impl Relay {
    pub fn start(ministry: &Ministry, desk: &str, port: u64, password: &str) -> Self {
        let credential = ministry.desk().join("sms.credential");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ministry"));
        command.args(["sms", "--credential", credential.to_str().unwrap(), "--desk", desk]);
        command.args(["--smpp", &format!("127.0.0.1:{port}"), "--system-id", "ministry"]);
        command.env("MINISTRY_SMPP_PASSWORD", password).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
